import { causeText } from '#domain/cause-text.ts';
import { lookDays } from '#domain/look-days.ts';
import { counted, whenLabel } from '../messages.ts';
import type { Services } from '../services.ts';
import type { Finding, Words } from './findings.ts';

/** Doubt that lasts longer is not a network's passing whim. */
const lastsTooLong = 2 * 24 * 3_600_000;

interface Suspects {
  pages: number;
  since: string;
  cause: string;
  url: string;
}

/**
 * Pages whose newest answer was suspect: how many, since when (of the one doubted longest), with its cause and address.
 * Looks that got no answer leave a doubt as it is. Worth a look; bad when it has lasted for more than two days. Nothing without
 * such a page.
 */
export async function checkSuspect(
  services: Pick<Services, 'observations' | 'clock' | 'settings'>,
  words: Words,
): Promise<Finding[]> {
  const { observations, clock, settings } = services;
  const { tables } = observations;
  const now = clock.now();
  const [found] = await observations.rows<Suspects>(
    `
    -- checkSuspect
    SELECT toUInt32(count()) AS pages, min(began) AS since, argMin(newest.2, began) AS cause, argMin(url, began) AS url
    FROM (
      SELECT page_id, argMax((outcome, cause), slot) AS newest, maxIf(slot, outcome != 'suspect') AS believed,
             arrayMin(arrayFilter(each -> each > believed, groupArrayIf(slot, outcome = 'suspect'))) AS began
      FROM ${tables.outcomes} FINAL
      WHERE slot >= {earliest: DateTime64(3, 'UTC')} AND outcome IN ('ok', 'empty', 'closed', 'gone', 'suspect')
      GROUP BY page_id
      HAVING newest.1 = 'suspect'
    ) AS look
    INNER JOIN (SELECT page_id, url FROM ${tables.pages} FINAL WHERE is_deleted = 0) AS page
      ON page.page_id = look.page_id`,
    { earliest: new Date(now.getTime() - lookDays * 24 * 3_600_000) },
  );
  if (!found || found.pages === 0) return [];
  const since = new Date(found.since);
  const when = whenLabel(since, settings.TIMEZONE, settings.LOCALE);
  const { pages, url } = found;
  const cause = causeText(found.cause, settings.LOCALE);
  const number = counted(pages, 'page', settings.LOCALE);
  const isLong = now.getTime() - since.getTime() > lastsTooLong;
  const said = words(
    `Сомнительные ответы сети: ${number}, с ${when}, например ${url} (${cause}). По таким ответам ничего не удаляется, страницы читаются снова.`,
    `Suspect answers of a network: ${number}, since ${when}, as of ${url} (${cause}). Nothing is deleted by such answers, and the pages are read again.`,
  );
  const advice = words(
    ' Это длится больше двух дней: откройте страницу и сравните её с тем, что собрано.',
    ' This has lasted for more than two days: open the page, and compare it with what was collected.',
  );
  const gist = words(`сомнительные ответы (${number})`, `suspect answers (${number})`);
  return [{ level: isLong ? 'bad' : 'look', text: isLong ? `${said}${advice}` : said, gist }];
}
