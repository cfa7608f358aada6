import { SaidError } from '#domain/said.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { takeLease } from '#schema/operations/held-lease.ts';
import { heldLeases } from '#schema/operations/leases.ts';
import type { CollectionContext } from './context.ts';

/** The leases of runs begin so; the slot follows, in ISO 8601. */
export const runLeases = 'run:';
/**
 * Shorter than the collector's lease by as much as that is renewed in: when a worker has died and another may lead, the
 * run that was cut short may be closed.
 */
const leaseTimes = { lasts: 2 / 3, renewed: 1 / 6 };
const askEvery = 1_000;

/** A slot that a run of this process has. */
export interface HeldSlot {
  /** To be called before anything is written. Rejects with `RunTakenOver` when another process has closed the run. */
  confirm(): Promise<void>;
  release(): Promise<void>;
}

/** Which runs are under way in one pair of stores. */
export interface RunsUnderWay {
  /** Takes a slot for a run, or to close one that was cut short; `null` when a run of it is under way. */
  take(slot: Date): Promise<HeldSlot | null>;
  /** Resolves when it is worth trying again to take the slot. */
  wait(slot: Date, signal: AbortSignal | undefined): Promise<void>;
  /** The slots of all but that of `slot`. */
  others(slot: Date): Promise<Date[]>;
}

/** What a run is told of its slot, and of the other runs. */
export interface SlotOfRun {
  confirm: HeldSlot['confirm'];
  runs: RunsUnderWay;
}

/** This process stood still, or was cut off, for so long that another one has recorded as missed what its run left. */
export class RunTakenOver extends SaidError {
  override readonly name = 'RunTakenOver';

  constructor(slot: Date) {
    const at = slot.toISOString();
    super({
      ru: `Сбор за ${at} закрыл другой процесс: этот слишком долго не подавал признаков жизни. Прочитанное до этого сохранено, остальное записано как пропущенное.`,
      en: `Another process closed the run of ${at}: this one gave no sign of life for too long. What it had read is kept, the rest is recorded as missed.`,
    });
  }
}

/**
 * The embedded engine's directory is one process's, so a run that is not under way in this process has ended with its own.
 * A served one is shared: there a run has a lease in the operations store.
 */
function runsUnderWay(
  context: Pick<CollectionContext, 'observations' | 'operations' | 'clock'>,
): RunsUnderWay {
  return context.observations.embedded ? inThisProcess(context.observations) : byLease(context);
}

const held = new WeakMap<Observations, Map<number, Promise<null>>>();

function inThisProcess(observations: Observations): RunsUnderWay {
  const slots = held.get(observations) ?? new Map<number, Promise<null>>();
  held.set(observations, slots);
  return {
    take: (slot) => {
      const key = slot.getTime();
      if (slots.has(key)) return Promise.resolve(null);
      const ended = Promise.withResolvers<null>();
      slots.set(key, ended.promise);
      const release = (): Promise<void> => {
        slots.delete(key);
        ended.resolve(null);
        return Promise.resolve();
      };
      return Promise.resolve({ confirm: () => Promise.resolve(), release });
    },
    wait: async (slot) => void (await slots.get(slot.getTime())),
    others: (slot) =>
      Promise.resolve([...slots.keys()].filter((key) => key !== slot.getTime()).map((key) => new Date(key))),
  };
}

function byLease(context: Pick<CollectionContext, 'operations' | 'clock'>): RunsUnderWay {
  const { operations, clock } = context;
  const nameOf = (slot: Date): string => `${runLeases}${slot.toISOString()}`;
  return {
    take: async (slot) => {
      const lease = await takeLease(context, nameOf(slot), leaseTimes);
      if (!lease) return null;
      const confirm = async (): Promise<void> => {
        if (!(await lease.isOurs())) throw new RunTakenOver(slot);
      };
      return { confirm, release: () => lease.release() };
    },
    wait: async (_, signal) => await clock.sleep(askEvery, signal),
    others: async (slot) =>
      (await heldLeases(operations, runLeases, clock.now()))
        .filter((name) => name !== nameOf(slot))
        .map((name) => new Date(name.slice(runLeases.length))),
  };
}

/**
 * Does the work of a run while its slot is this run's alone; waits for another run of the same slot to end.
 */
export async function withSlot<Result>(
  context: CollectionContext,
  slot: Date,
  work: (mine: SlotOfRun) => Promise<Result>,
): Promise<Result> {
  const runs = runsUnderWay(context);
  let mine = await runs.take(slot);
  if (!mine) context.log.info({ slot }, 'Another run of the same slot is under way: this one waits for it');
  while (!mine) {
    context.signal?.throwIfAborted();
    await runs.wait(slot, context.signal);
    mine = await runs.take(slot);
  }
  try {
    return await work({ confirm: mine.confirm, runs });
  } finally {
    await mine.release();
  }
}
