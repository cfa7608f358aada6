import type { Observations } from '#schema/observations/connect.ts';
import { allPages, listOwedDays } from '#schema/operations/owed-days.ts';
import { findMissingPosts, type MissingPosts } from '#schema/stored-posts.ts';
import { lastLoss } from '../mending.ts';
import { counted, whenLabel } from '../messages.ts';
import type { Services } from '../services.ts';
import type { Finding, Words } from './findings.ts';

const hour = 3_600_000;
/** Days may be owed for so long before it counts as trouble: a first run that reads long histories counts at its end. */
const owedQuietly = 3 * hour;
/** A loss that was mended is told of for so long: by then what the networks still have has been read. */
const lossTold = 14 * 24 * hour;

/** That posts are missing, of what, and what reads them again. */
export function missingText(found: MissingPosts, words: Words): string {
  const { missing, stored, pages, unseen } = found;
  const what =
    missing > 0
      ? words(
          `В базе наблюдений нет публикаций, которые в ней были: ${missing} из ${stored}, страниц ${pages}.`,
          `Posts that were stored are missing in the observations: ${missing} of ${stored}, on ${pages} pages.`,
        )
      : words(
          `В базе наблюдений нет ничего о страницах, которые уже читались: ${unseen}.`,
          `The observations hold nothing of pages that were read already: ${unseen}.`,
        );
  return `${what} ${words(
    'Их прочитает заново запуск npm start или npm run profpulse -- collect. Прежнюю численность подписчиков сети не отдают: если есть резервная копия, сначала восстановите её.',
    'npm start, or npm run profpulse -- collect, reads them again. Networks do not give the subscribers of the past: when there is a backup, restore that first.',
  )}`;
}

/** Whether what was stored is still there, and what was lost lately. */
export async function checkStored(services: Services, words: Words): Promise<Finding[]> {
  const { operations, observations, clock, settings } = services;
  const findings: Finding[] = [];
  const found = await findMissingPosts(operations, observations);
  if (found.pages > 0) {
    const gist = words('в базе не хватает публикаций', 'posts are missing in the store');
    findings.push({ level: 'bad', text: missingText(found, words), gist });
  }
  const loss = await lastLoss(operations);
  if (loss && clock.now().getTime() - new Date(loss.at).getTime() < lossTold) {
    const at = whenLabel(new Date(loss.at), settings.TIMEZONE, settings.LOCALE);
    findings.push({
      level: 'look',
      gist: words('недавно пропадали публикации', 'posts were missing lately'),
      text: words(
        `${at} в базе наблюдений не нашлось публикаций: ${loss.missing} из ${loss.stored}. Страницы (${loss.pages}) читаются заново; то, чего сети уже не показывают, есть только в резервной копии.`,
        `On ${at} posts were missing in the observations: ${loss.missing} of ${loss.stored}. Their ${loss.pages} pages are read again; what networks show no more is in a backup only.`,
      ),
    });
  }
  const broken = await brokenParts(observations);
  if (broken.length > 0) {
    const list = broken.map(({ table, parts }) => `${table}: ${parts}`).join(', ');
    findings.push({
      level: found.pages > 0 ? 'bad' : 'look',
      gist: words('повреждены части базы', 'parts of the store are broken'),
      text: words(
        `ClickHouse отложил повреждённые части таблиц (${list}). Проверьте диск; если есть резервная копия, восстановите её. Отложенное лежит в папках detached, когда всё в порядке, его можно удалить.`,
        `ClickHouse set broken parts of tables aside (${list}). Look at the disk, and restore a backup when there is one. They lie in the folders "detached", and can be removed once all is well.`,
      ),
    });
  }
  return findings;
}

/** Parts that the engine found broken and set aside, by table. */
async function brokenParts({ rows, database }: Observations): Promise<{ table: string; parts: number }[]> {
  return await rows(
    `-- brokenParts
       SELECT table, toUInt32(count()) AS parts FROM system.detached_parts
     WHERE database = {database: String} AND (startsWith(ifNull(reason, ''), 'broken') OR ifNull(reason, '') = '')
     GROUP BY table ORDER BY table`,
    { database },
  );
}

/** Whether runs are well, and what they write is counted. */
export async function checkRuns(services: Services, words: Words): Promise<Finding[]> {
  const { operations, clock, settings } = services;
  const when = (instant: Date): string => whenLabel(instant, settings.TIMEZONE, settings.LOCALE);
  const findings: Finding[] = [];
  const trouble = await services.runEnds.trouble();
  if (trouble) {
    const at = when(new Date(trouble.at));
    const message = trouble.message.trim().replace(/[.!]?$/, '.');
    findings.push({
      level: 'bad',
      gist:
        trouble.what === 'run'
          ? words('последний сбор прервался', 'the last collection failed')
          : words('собранное не подсчитано', 'what was collected is not counted'),
      text:
        trouble.what === 'run'
          ? words(
              `Последний сбор прервался (${at}): ${message} То, что он успел записать, не пропало; остальное прочитает следующий.`,
              `The last collection failed (${at}): ${message} What it wrote is kept; the next one reads the rest.`,
            )
          : words(
              `Собранное не подсчитано (${at}): ${message} Подсчёт повторит следующий сбор.`,
              `What was collected is not counted (${at}): ${message} The next collection counts it.`,
            ),
    });
  }
  const owed = await listOwedDays(operations);
  const since = owed.reduce<Date | null>(
    (oldest, each) => (oldest === null || each.since < oldest ? each.since : oldest),
    null,
  );
  if (since === null) return findings;
  const isLong = clock.now().getTime() - since.getTime() >= owedQuietly;
  const at = when(since);
  const isAll = owed.some(({ pageId }) => pageId === allPages);
  const pages = isAll ? words('все страницы', 'all pages') : counted(owed.length, 'page', settings.LOCALE);
  findings.push({
    level: isLong ? 'bad' : 'look',
    gist: words('публикации ждут подсчёта', 'posts wait to be counted'),
    text: words(
      `С ${at} ждут подсчёта публикации (${pages}): показатели и места по ним устарели. Их подсчитает npm start или npm run profpulse -- collect.`,
      `Since ${at} posts wait to be counted (${pages}): measures and places are out of date. npm start, or npm run profpulse -- collect, counts them.`,
    ),
  });
  return findings;
}
