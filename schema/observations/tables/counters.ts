import type { Counter, Precision } from '#domain/vocabulary.ts';
import { nullable, unsigned32, nullableEnumText } from '../codecs.ts';
import type { Column } from '../table.ts';
import { column } from '../table.ts';

/** Counters as a network showed them: `null` is "not said", which is not 0. */
export type CounterFields = Record<Counter, number | null>;

/** How well each counter is known; `null` where the counter is. */
export interface PrecisionFields {
  viewsPrecision: Precision | null;
  likesPrecision: Precision | null;
  commentsPrecision: Precision | null;
  repostsPrecision: Precision | null;
}

/** The eight columns of counters and their precisions, for the tables that have them. */
export function counterColumns<Row extends CounterFields & PrecisionFields>(): Column<Row>[] {
  const columns: Column<CounterFields & PrecisionFields>[] = [
    column('views', 'views', nullable(unsigned32)),
    column('likes', 'likes', nullable(unsigned32)),
    column('comments', 'comments', nullable(unsigned32)),
    column('reposts', 'reposts', nullable(unsigned32)),
    column('views_precision', 'viewsPrecision', nullableEnumText<Precision>()),
    column('likes_precision', 'likesPrecision', nullableEnumText<Precision>()),
    column('comments_precision', 'commentsPrecision', nullableEnumText<Precision>()),
    column('reposts_precision', 'repostsPrecision', nullableEnumText<Precision>()),
  ];
  return columns as unknown as Column<Row>[];
}
