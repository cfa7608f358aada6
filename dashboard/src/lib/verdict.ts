import type { Overview } from '../../../analytics/overview-types.ts';

/** What keeps the morning from being in order; the words are the screen's. */
export type Concern = 'collection_silent' | 'nothing_read' | 'other' | 'unread' | 'silent';

/** The first sentence of the overview. */
export interface Verdict {
  kind: 'waiting' | 'first' | 'unfinished' | 'fine' | 'attention' | 'trouble';
  concerns: Concern[];
}

/**
 * Whether everything is in order: the first collection has not begun, runs, or was cut short; collection is broken (`reasons`: the codes of what is
 * not well); something needs attention; or all is fine.
 */
export function verdictOf(
  view: {
    collection: { coverage: Pick<Overview['collection']['coverage'], 'slot' | 'pages' | 'read'> };
    silent: Pick<Overview['silent'], 'fresh'>;
  },
  reasons: readonly string[],
  isCollecting: boolean,
): Verdict {
  const { coverage } = view.collection;
  const broken = reasons.map((code): Concern =>
    code === 'collection_silent' || code === 'nothing_read' ? code : 'other',
  );
  if (broken.length > 0) return { kind: 'trouble', concerns: [...new Set(broken)] };
  if (coverage.slot === null) {
    const stopped = coverage.pages > 0 ? 'unfinished' : 'waiting';
    return { kind: isCollecting ? 'first' : stopped, concerns: [] };
  }
  const concerns: Concern[] = [];
  if (coverage.read < coverage.pages) concerns.push('unread');
  if (view.silent.fresh > 0) concerns.push('silent');
  return { kind: concerns.length > 0 ? 'attention' : 'fine', concerns };
}
