import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { getSetting, setSetting } from '#schema/operations/settings.ts';
import type { Aggregation } from './aggregation.ts';

/** What went wrong with the last run, or with counting it. */
export interface RunTrouble {
  /** ISO 8601, UTC. */
  at: string;
  what: 'run' | 'counting';
  message: string;
}

/** What follows a run, however it ended: what it has written is counted, and trouble is remembered until a run is well. */
export interface RunEnds {
  ended(): Promise<void>;
  /** Never rejects: what cannot be counted now is owed. */
  failed(error: unknown): Promise<void>;
  /** The trouble of the last run, of this process or an earlier one; `null` when it went well. */
  trouble(): Promise<RunTrouble | null>;
}

const troubleKey = 'collection.trouble';

/** Makes what follows the runs of a process. */
export function createRunEnds(context: {
  operations: Operations;
  aggregation: Pick<Aggregation, 'count'>;
  clock: Clock;
  log: Logger;
}): RunEnds {
  const { operations, aggregation, clock, log } = context;
  /** Beside the store, which may be what is in trouble. */
  let known: RunTrouble | null = null;

  const remember = async (what: RunTrouble['what'], error: unknown): Promise<void> => {
    const message = error instanceof Error ? error.message : String(error);
    known = { at: clock.now().toISOString(), what, message };
    await setSetting(operations, troubleKey, known).catch((reason: unknown) => {
      log.error({ err: reason }, 'The trouble of a run could not be kept');
    });
  };
  const count = async (): Promise<void> => {
    try {
      await aggregation.count();
    } catch (error) {
      await remember('counting', error);
      throw error;
    }
  };

  return {
    ended: async () => {
      await count();
      known = null;
      await setSetting(operations, troubleKey, undefined);
    },
    failed: async (error) => {
      await count().catch((reason: unknown) => {
        log.error({ err: reason }, 'What the run had written is not counted yet: it is owed');
      });
      await remember('run', error);
    },
    trouble: async () => known ?? (await getSetting<RunTrouble>(operations, troubleKey)) ?? null,
  };
}
