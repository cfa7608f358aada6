import type { Overview } from '#analytics/overview/types.ts';
import type { PageSummary } from '#analytics/types.ts';
import { causeInWords } from '#domain/cause-words.ts';
import type { Locale } from '#wording/locale.ts';

/** An overview whose causes of unread pages are in the words of a locale. */
export function withCauseWords(view: Overview, locale: Locale): Overview {
  const unread = view.collection.unread.map((page) => ({
    ...page,
    cause: causeInWords(page.cause, locale),
  }));
  return { ...view, collection: { ...view.collection, unread } };
}

/** Pages whose last causes are in the words of a locale. */
export function withLastCauseWords(pages: readonly PageSummary[], locale: Locale): PageSummary[] {
  return pages.map((page) => ({ ...page, lastCause: causeInWords(page.lastCause, locale) }));
}
