import type { RunSummary } from '#collector/context.ts';
import { causeText } from '#domain/cause-text.ts';
import type { Said } from '#domain/said.ts';
import { outcomes, type Outcome } from '#domain/vocabulary.ts';
import { counted, whenLabel, type Locale } from './messages.ts';
import type { Services } from './services.ts';

/** What became of so many pages: the number stands after the words in Russian, before them in English. */
const words: Record<Outcome, Said> = {
  ok: { ru: 'прочитано', en: 'read' },
  empty: { ru: 'прочитано, публикаций нет', en: 'read and without a post' },
  closed: { ru: 'закрыто для чтения', en: 'closed' },
  gone: { ru: 'удалено, заблокировано или не найдено', en: 'deleted, blocked or not found' },
  rate_limited: { ru: 'отложено по просьбе сети', en: 'put off as the network wants' },
  error: { ru: 'прочитать не удалось', en: 'could not be read' },
  missed: { ru: 'пропущено', en: 'missed' },
  suspect: { ru: 'ответ сети сомнителен', en: 'answered in a way that is doubted' },
};

/** A run in one sentence: when, how many pages, and what became of them. */
export function runText({ slot, pages, outcomes: ended }: RunSummary, zone: string, locale: Locale): string {
  const at = whenLabel(slot, zone, locale);
  const when = locale === 'ru' ? `Сбор ${at}` : `Collection of ${at}`;
  if (pages === 0) {
    return locale === 'ru' ? `${when}: читать нечего.` : `${when}: there is nothing to read.`;
  }
  const parts = outcomes.flatMap((outcome) => {
    const count = ended[outcome] ?? 0;
    if (count === 0) return [];
    return [locale === 'ru' ? `${words[outcome].ru} — ${count}` : `${count} ${words[outcome].en}`];
  });
  const all = counted(pages, 'page', locale);
  return parts.length > 0 ? `${when}: ${all}; ${parts.join(', ')}.` : `${when}: ${all}.`;
}

/** How far a run is. */
export function progressText(done: number, total: number, locale: Locale): string {
  return locale === 'ru' ? `Проверено страниц: ${done} из ${total}` : `Pages looked at: ${done} of ${total}`;
}

/** Outcomes that somebody can do something about. */
const troubling: readonly Outcome[] = ['gone', 'rate_limited', 'error', 'suspect'];
const mostCauses = 10;

interface Trouble {
  outcome: Outcome;
  cause: string;
  pages: number;
  url: string;
}

/** Why pages of a run were not read, a line for each cause, the most frequent first. */
export async function troubleLines(
  { observations, settings }: Pick<Services, 'observations' | 'settings'>,
  slot: Date,
): Promise<string[]> {
  const { tables } = observations;
  const found = await observations.rows<Trouble>(
    `-- troubleLines
       SELECT look.outcome AS outcome, look.cause AS cause, toUInt32(count()) AS pages, min(page.url) AS url
     FROM ${tables.outcomes} AS look FINAL
     INNER JOIN (SELECT page_id, url FROM ${tables.pages} FINAL) AS page ON page.page_id = look.page_id
     WHERE look.slot = {slot: DateTime64(3, 'UTC')} AND look.outcome IN {troubling: Array(String)} AND look.cause != ''
     GROUP BY outcome, cause ORDER BY pages DESC, cause LIMIT {most: UInt32}`,
    { slot, troubling, most: mostCauses },
  );
  const locale = settings.LOCALE;
  return found.map(({ outcome, cause, pages, url }) => {
    const which =
      pages === 1
        ? url
        : locale === 'ru'
          ? `${counted(pages, 'page', locale)}, например ${url}`
          : `${counted(pages, 'page', locale)}, such as ${url}`;
    return `  ${which}: ${words[outcome][locale]} (${causeText(cause, locale)})`;
  });
}
