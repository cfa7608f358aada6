import type { Coverage } from '#analytics/types.ts';
import type { PagesWithoutKey } from '#domain/networks/without-key.ts';
import { failedPages, waitingPages } from '#wording/coverage-labels.ts';

/** What keeps the morning from being in order; the words are the screen's. */
export type Concern =
  | 'collection_silent'
  | 'nothing_read'
  | 'other'
  | 'no_key'
  | 'no_pages'
  | 'failed'
  | 'never'
  | 'waiting'
  | 'silent';

/** The first sentence of the overview. */
export interface Verdict {
  kind: 'waiting' | 'first' | 'unfinished' | 'fine' | 'attention' | 'trouble';
  concerns: Concern[];
}

/** What the verdict is made from. */
export interface VerdictFacts {
  coverage: Pick<Coverage, 'slot' | 'pages' | 'read' | 'waiting' | 'registered'>;
  /** How many organisations fell silent within a week. */
  fresh: number;
  /** The codes of what is not well with the collection. */
  reasons: readonly string[];
  isCollecting: boolean;
  /** Pages that are not read because the key of their network is not set. */
  withoutKey: readonly PagesWithoutKey[];
}

/**
 * Whether everything is in order: the first collection has not begun, runs, or was cut short; collection is broken; something
 * needs attention; or all is fine. A missing key is named whatever else there is.
 */
export function verdictOf({ coverage, fresh, reasons, isCollecting, withoutKey }: VerdictFacts): Verdict {
  const noKey: Concern[] = withoutKey.length > 0 ? ['no_key'] : [];
  const broken = reasons.map((code): Concern =>
    code === 'collection_silent' || code === 'nothing_read' ? code : 'other',
  );
  if (broken.length > 0) return { kind: 'trouble', concerns: [...new Set(broken), ...noKey] };
  if (coverage.slot === null) {
    const stopped = coverage.pages > 0 ? 'unfinished' : 'waiting';
    return { kind: isCollecting ? 'first' : stopped, concerns: noKey };
  }
  const concerns = [...noKey];
  if (coverage.pages + coverage.waiting === 0) concerns.push('no_pages');
  if (failedPages(coverage) > 0) concerns.push('failed');
  const { never, longAgo } = waitingPages(coverage, withoutKey);
  if (never > 0) concerns.push('never');
  if (longAgo > 0) concerns.push('waiting');
  if (fresh > 0) concerns.push('silent');
  return { kind: concerns.length > 0 ? 'attention' : 'fine', concerns };
}
