import type { Overview } from '#analytics/overview/types.ts';
import type { PageSummary } from '#analytics/types.ts';
import { causeText } from '#domain/cause-text.ts';
import type { Locale } from '#wording/locale.ts';

/** An overview whose causes of unread pages are in the words of a locale. */
export function withCauseText(view: Overview, locale: Locale): Overview {
  const unread = view.collection.unread.map((page) => ({
    ...page,
    cause: causeText(page.cause, locale),
  }));
  return { ...view, collection: { ...view.collection, unread } };
}

/** Pages whose last causes are in the words of a locale. */
export function withLastCauseText(pages: readonly PageSummary[], locale: Locale): PageSummary[] {
  return pages.map((page) => ({ ...page, lastCause: causeText(page.lastCause, locale) }));
}
