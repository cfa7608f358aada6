import type { Logger as CronLogger, ScheduledTask, TaskContext } from 'node-cron';
import { schedule } from 'node-cron';
import type { RunKind } from '#schema/observations/tables/runs.ts';
import type { CollectionContext, RunProgress, RunSummary } from './context.ts';
import { lastSlot, missedCauses } from './ledger.ts';
import { longestLookBack, recordMissedSlots, slotsBetween } from './missed-slots.ts';
import { serialize } from '#domain/mutex.ts';
import { runCollection } from './run.ts';

export interface ScheduleOptions {
  /** `COLLECT_CRON`, in the federation's zone. */
  cron: string;
  /** Why nothing ran in the slots since the last run; that nothing was running, when left out. */
  missedCause?: string;
  /** What is done with each run's summary: rollups, rankings. Its failure is logged and ends nothing. */
  onRun?: (summary: RunSummary) => Promise<void>;
  /** What is done when a run failed by what the stores throw: what it has written is there. As `onRun` otherwise. */
  onFailure?: (error: unknown, slot: Date) => Promise<void>;
}

/** A running schedule. */
export interface Schedule {
  /** The next planned slot. */
  next(): Date | null;
  /** How far the run under way is; `null` when none is. */
  progress(): RunProgress | null;
  /** Collects what is due, above all pages never seen, as soon as the run under way has ended. */
  collectDue(): void;
  /** Resolves when no run of the schedule is under way. */
  idle(): Promise<void>;
  /** Takes no new slot, lets the batch of pages under way end, and records the rest as missed. */
  stop(): Promise<void>;
}

/** A slot is what the schedule planned; with a simulated clock, or a late start, it is now. */
function slotOf(planned: Date, now: Date): Date {
  const near = Math.abs(planned.getTime() - now.getTime()) < 5 * 60_000 && planned <= now;
  return near ? planned : floored(now);
}

/** As `slotOf`, of a slot that may have passed hours ago. */
function missedSlotOf(planned: Date, now: Date): Date {
  const near = now.getTime() - planned.getTime() < longestLookBack && planned <= now;
  return near ? planned : floored(now);
}

/** What node-cron has to say stands in our log; what we say ourselves, and better, for the curious only. */
function cronLogger(log: CollectionContext['log']): CronLogger {
  const quietly = (message: string | Error): void => log.debug({ cron: String(message) }, 'node-cron');
  return {
    info: quietly,
    debug: quietly,
    warn: quietly,
    error: (message, error) => log.error({ err: error ?? message }, 'The schedule failed'),
  };
}

/** The instant without its milliseconds. */
function floored(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}

/**
 * Starts the schedule: slots since the last run in which nothing ran are recorded as missed, then pages that are due or
 * never seen are collected at once (without waiting for it), and from then on by `cron`, never twice at a time: a slot
 * that falls into a run is recorded as missed. Rejects with what the stores throw.
 */
export async function startSchedule(context: CollectionContext, options: ScheduleOptions): Promise<Schedule> {
  const { observations, operations, clock, settings, log } = context;
  const { missedCause = missedCauses.asleep } = options;
  const stopping = new AbortController();
  let progress: RunProgress | null = null;
  let current: Promise<void> = Promise.resolve();
  /** Slots of the schedule that have no run, with the cause, until the ledger has them. */
  let unrecorded: { slot: Date; cause: string }[] = [];

  const running: CollectionContext = {
    ...context,
    signal: context.signal ? AbortSignal.any([context.signal, stopping.signal]) : stopping.signal,
    onProgress: (now) => {
      progress = now;
      context.onProgress?.(now);
    },
  };

  async function runAt(slot: Date, kind: RunKind): Promise<RunSummary | null> {
    try {
      return await runCollection(running, { slot, kind, pages: 'due' });
    } catch (error) {
      log.error(
        { err: error, slot },
        'A run failed: what it left will be recorded as missed by the next one',
      );
      // Where it could not even be begun, no run tells of its slot.
      if (kind === 'schedule') unrecorded.push({ slot, cause: missedCauses.cutOff });
      await options.onFailure?.(error, slot);
      return null;
    }
  }

  async function collect(slot: Date, kind: RunKind): Promise<void> {
    await recordSkipped();
    try {
      const summary = await runAt(slot, kind);
      if (summary) await options.onRun?.(summary);
    } catch (error) {
      log.error({ err: error, slot }, 'What follows a run failed: the next run makes up for it');
    } finally {
      progress = null;
    }
    await recordSkipped();
  }

  /** What cannot be recorded now is tried again before the next run, which would hide it from whoever comes after. */
  async function recordSkipped(): Promise<void> {
    const slots = unrecorded;
    unrecorded = [];
    try {
      for (const { slot, cause } of slots)
        await serialize(operations, () => recordMissedSlots(context, [slot], cause));
    } catch (error) {
      unrecorded = [...slots, ...unrecorded];
      log.error({ err: error }, 'Slots that were skipped could not be recorded yet');
    }
  }

  const began = floored(clock.now());
  const last = await lastSlot(observations, began);
  if (last) {
    const slots = slotsBetween(options.cron, settings.zone, last, began);
    const missed = await serialize(operations, () => recordMissedSlots(context, slots, missedCause));
    if (missed > 0)
      log.warn({ slots: missed, since: last }, 'Nothing ran in these slots: recorded as missed');
  }
  current = collect(began, 'start');

  const skip = (planned: Date): void => {
    unrecorded.push({ slot: slotOf(planned, clock.now()), cause: missedCauses.busy });
  };
  const onSlot = async ({ date }: TaskContext): Promise<void> => {
    // The first run may take longer than the time to the first slot.
    if (progress) {
      skip(date);
      return;
    }
    current = collect(slotOf(date, clock.now()), 'schedule');
    await current;
  };
  const task: ScheduledTask = schedule(options.cron, onSlot, {
    timezone: settings.zone,
    noOverlap: true,
    logger: cronLogger(log),
  });
  task.on('execution:overlap', ({ date }) => {
    skip(date);
    log.warn({ planned: date }, 'A slot fell into the run before: it is recorded as missed');
  });
  task.on('execution:missed', ({ date }) => {
    const slot = missedSlotOf(date, clock.now());
    unrecorded.push({ slot, cause: missedCauses.asleep });
    log.warn({ slot }, 'A slot passed while the process slept or was blocked: it is recorded as missed');
  });

  return {
    next: () => task.getNextRun(),
    progress: () => progress,
    collectDue: () => {
      current = current.then(async () => {
        if (!stopping.signal.aborted) await collect(floored(clock.now()), 'manual');
      });
    },
    idle: () => current,
    stop: async () => {
      await task.destroy();
      stopping.abort();
      await current;
    },
  };
}
