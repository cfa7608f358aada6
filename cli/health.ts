import { slotsBetween } from '../collector/missed-slots.ts';
import type { Health } from '../dashboard/src/lib/server/services.ts';
import { causeInWords } from '../domain/cause-words.ts';
import { networkDefinition } from '../domain/networks.ts';
import { listPages, type Page } from '../schema/operations/pages.ts';
import { keyWords } from './commands/key-words.ts';
import { counted, whenWords } from './messages.ts';
import type { Services } from './services.ts';
import { attempt, storeReasons, type HealthReason } from './store-reasons.ts';

type Reason = HealthReason;

/** Planned slots that may pass without a run before collection counts as silent. */
const slotsBeforeSilent = 3;

/** Whether the data are there and both stores answer: the process can serve. Never rejects, and answers in bounded time. */
export async function readiness(services: Services): Promise<Health> {
  return healthOf(await storeReasons(services));
}

/**
 * Whether all is well. Beside the stores: a network is lost when all of its keys or accounts are laid aside; collection is silent when three planned slots have passed since the last run
 * that looked at anything (or had nothing to look at), and a network is useless when none of its pages was read in any
 * run of the last day.
 * Without networks to read, or pages to read, nothing is expected. `since`: when this process, or another, began.
 * Never rejects: a check that cannot be made is a reason itself.
 */
export async function wellness(services: Services, since: Date): Promise<Health> {
  return healthOf(await healthReasons(services, since));
}

/** The reasons of `wellness`, for people in either language. */
export async function healthReasons(services: Services, since: Date): Promise<HealthReason[]> {
  const reasons = await storeReasons(services);
  if (reasons.length > 0) return reasons;
  return await attempt('check_failed', async () => await collectionReasons(services, since));
}

async function collectionReasons(services: Services, since: Date): Promise<Reason[]> {
  const networks = new Set<string>(services.sources.map((source) => source.network));
  const pages = (await listPages(services.operations)).filter((page) => networks.has(page.network));
  if (pages.length === 0) return [];
  return [
    ...nothingToReadBy(services, pages),
    ...(await silence(services, since, pages)),
    ...(await nothingRead(services)),
  ];
}

function healthOf(reasons: Reason[]): Health {
  return { ok: reasons.length === 0, reasons: reasons.map(({ code, said }) => ({ code, detail: said.en })) };
}

/** Networks that have pages, and not one key or account that is not laid aside. */
function nothingToReadBy({ sources, settings }: Services, pages: readonly Page[]): Reason[] {
  return sources.flatMap(({ network, keys, parked }) => {
    const laidAside = (parked?.() ?? []).filter(({ partly }) => !partly);
    const lost = new Set(laidAside.map(({ what }) => what));
    const isRead = pages.some((page) => page.network === network);
    if (!isRead || keys === undefined || keys === 0 || lost.size < keys) return [];
    const each = (locale: 'ru' | 'en'): string =>
      laidAside
        .map(({ what, cause, until }) => {
          const at = until && whenWords(until, settings.TIMEZONE, locale);
          const again = locale === 'ru' ? `; следующая попытка: ${at}` : `; tried again at ${at}`;
          return `${keyWords(what, locale)}: ${causeInWords(cause, locale)}${at === null ? '' : again}`;
        })
        .join('. ');
    const { ru, en } = networkDefinition(network).label;
    return [
      {
        code: 'keys_parked',
        said: {
          ru: `${ru} сейчас не прочитать: ни один ключ не действует. ${each('ru')}.`,
          en: `Nothing of ${en} can be read, as all it is read by is laid aside. ${each('en')}.`,
        },
        gist: { ru: `${ru} сейчас не прочитать`, en: `nothing of ${en} can be read` },
      },
    ];
  });
}

async function silence(services: Services, since: Date, pages: readonly Page[]): Promise<Reason[]> {
  const { observations, clock, settings } = services;
  // What lies ahead was written by a clock that was wrong, and would hide that nothing is collected.
  const [row] = await observations.rows<{ last: string | null }>(
    `
    SELECT maxOrNull(finished) AS last
    FROM ${observations.tables.runs} FINAL
    WHERE finished IS NOT NULL AND finished <= {now: DateTime64(3, 'UTC')}
      AND (empty(planned) OR slot IN (SELECT slot FROM ${observations.tables.outcomes} WHERE outcome != 'missed'))`,
    { now: clock.now() },
  );
  const firstPage = Math.min(...pages.map((page) => page.addedAt.getTime()));
  const last = row?.last ? new Date(row.last).getTime() : 0;
  const from = new Date(Math.max(last, firstPage, since.getTime()));
  const slots = slotsBetween(settings.COLLECT_CRON, settings.TIMEZONE, from, clock.now());
  if (slots.length < slotsBeforeSilent) return [];
  const at = (locale: 'ru' | 'en'): string =>
    row?.last ? whenWords(new Date(row.last), settings.TIMEZONE, locale) : '';
  const missed = (locale: 'ru' | 'en'): string => counted(slots.length, 'slot', locale);
  return [
    {
      code: 'collection_silent',
      said: {
        ru: row?.last
          ? `С ${at('ru')} не закончен ни один сбор, прошло: ${missed('ru')}. Причина в журнале; запустите npm start.`
          : `Ещё не закончен ни один сбор, прошло: ${missed('ru')}. Причина в журнале; запустите npm start.`,
        en: row?.last
          ? `No collection has finished since ${at('en')}: ${missed('en')} passed. The log has the cause; run "npm start".`
          : `No collection has finished at all: ${missed('en')} passed. The log has the cause; run "npm start".`,
      },
      gist: { ru: 'сборы не идут', en: 'nothing is collected' },
    },
  ];
}

async function nothingRead({ observations, clock, sources }: Services): Promise<Reason[]> {
  const now = clock.now();
  const day = new Date(now.getTime() - 24 * 3_600_000);
  const reasons: Reason[] = [];
  for (const { network } of sources) {
    const [row] = await observations.rows<{ slots: number; read: number; cause: string }>(
      `
      SELECT
        toUInt32(uniqExact(slot)) AS slots,
        toUInt32(countIf(outcome IN ('ok', 'empty', 'closed', 'gone'))) AS read,
        anyLast(cause) AS cause
      FROM ${observations.tables.outcomes} FINAL
      WHERE finished > {day: DateTime64(3, 'UTC')} AND finished <= {now: DateTime64(3, 'UTC')} AND page_id IN (
        SELECT page_id FROM ${observations.tables.pages} FINAL WHERE network = {network: String} AND is_deleted = 0)`,
      { day, now, network },
    );
    if (!row || row.slots < slotsBeforeSilent || row.read > 0) continue;
    const { ru, en } = networkDefinition(network).label;
    reasons.push({
      code: 'nothing_read',
      said: {
        ru: `${ru}: за сутки ни одной страницы прочитать не удалось (${counted(row.slots, 'run', 'ru')}); одна из причин: ${causeInWords(row.cause, 'ru')}.`,
        en: `No page of ${en} could be read in ${row.slots} runs of the last 24 hours; one cause: ${causeInWords(row.cause, 'en')}.`,
      },
      gist: { ru: `${ru} не читается`, en: `no page of ${en} is read` },
    });
  }
  return reasons;
}
