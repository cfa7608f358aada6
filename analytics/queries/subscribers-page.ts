import type { Precision } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { askedPages } from './registered-pages.ts';

/** One observation of a page's subscribers; `count` is `null` when the network did not say it. */
export interface SubscribersObservation {
  pageId: number;
  slot: string;
  observed: string;
  count: number | null;
  precision: Precision | '';
}

/** Observations made from `from` (inclusive) to `to` (exclusive), after the position `after`, by slot and page. */
export async function querySubscribersPage(
  observations: Observations,
  question: {
    /** `null`: all registered pages. */
    pageIds: number[] | null;
    from: Date;
    to: Date;
    after: { slot: Date; pageId: number } | null;
    limit: number;
  },
): Promise<SubscribersObservation[]> {
  const { after, pageIds, ...parameters } = question;
  const asked = askedPages(observations, pageIds);
  return observations.rows<SubscribersObservation>(
    `
    -- querySubscribersPage
    SELECT page_id AS pageId, slot, observed, subscribers.count AS count, precision
    FROM ${observations.tables.subscribers} AS subscribers FINAL
    WHERE ${asked.condition}
      AND observed >= {from: DateTime64(3, 'UTC')} AND observed < {to: DateTime64(3, 'UTC')}
      AND (slot, page_id) > ({afterSlot: DateTime64(3, 'UTC')}, {afterPage: UInt32})
    ORDER BY slot, page_id
    LIMIT {limit: UInt32}`,
    {
      ...parameters,
      ...asked.parameters,
      afterSlot: after?.slot ?? new Date('1970-01-01T00:00:00Z'),
      afterPage: after?.pageId ?? 0,
    },
  );
}
