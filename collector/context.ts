import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import type { Day } from '#domain/period.ts';
import type { Outcome } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import type { RunKind } from '#schema/observations/tables/runs.ts';
import type { Operations } from '#schema/operations/connect.ts';
import type { Source } from './source.ts';

/** How far a run is: pages with their outcome, of those planned; `posts` counts those read, histories included. */
export interface RunProgress {
  slot: Date;
  done: number;
  total: number;
  posts: number;
}

/** What a run works with. */
export interface CollectionContext {
  sources: readonly Source[];
  observations: Observations;
  operations: Operations;
  clock: Clock;
  settings: {
    /** The federation's zone. */
    zone: string;
    /** The first local day of the wanted history. */
    historyFrom: Day;
    /** A run begun more milliseconds after its slot is late (posts only); 15 minutes when left out. */
    lateAfter?: number;
  };
  log: Logger;
  onProgress?: (progress: RunProgress) => void;
  signal?: AbortSignal | undefined;
  /** Before some pages are asked for: what is written of them holds against what another run wrote until then. */
  beginBatch?: () => Promise<void>;
}

/** What to collect: the pages due by the plan, all of them, or one. A page with an outcome in the slot is left alone. */
export interface CollectionRequest {
  slot: Date;
  kind: RunKind;
  pages: 'due' | 'all' | { pageId: number };
}

export interface RunSummary {
  slot: Date;
  /** Pages planned in this slot. */
  pages: number;
  outcomes: Record<Outcome, number>;
}

/** The request cannot be carried out as it is. */
export class CollectionRefused extends Error {
  override readonly name = 'CollectionRefused';
}
