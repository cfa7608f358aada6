import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import { growing } from '../kit/back-off.ts';
import type { FailureKind, TelegramFailure } from './errors.ts';

/** An account that can be used for nothing, and when it is tried again; `null`: not before the restart. */
export interface Loss {
  failure: TelegramFailure;
  until: Date | null;
}

/** Whether an account can be used at all. */
export interface Losses {
  /** Why it cannot now; `null` when it can, or when it is time to try. */
  refusal(): TelegramFailure | null;
  /** It cannot be used. `isFinal`: no answer of Telegram's would change that. */
  lose(failure: TelegramFailure, isFinal?: boolean): void;
  /** Telegram has answered it. */
  well(): void;
  /** It may be tried now. */
  retry(): void;
  /** The loss, until an answer has shown that it works again. */
  loss(): Loss | null;
}

const minute = 60_000;
/** One that Telegram does not know for a moment is tried soon, and then less and less often. */
const shortRest = 15 * minute;
/** Whoever has ended a session seldom takes that back: it costs one call. */
const longRest = 6 * 60 * minute;

function firstRest(kind: FailureKind): number {
  return kind === 'forgotten' ? shortRest : longRest;
}

/** Takes note of the losses of one account. */
export function createLosses({ timer, log }: { timer: Clock; log: Logger }): Losses {
  let lost: { failure: TelegramFailure; until: number; rest: number } | null = null;
  const now = () => timer.now().getTime();
  return {
    refusal: () => (lost && lost.until > now() ? lost.failure : null),
    lose: (failure, isFinal = false) => {
      const rest = lost ? growing(lost.rest, 1, longRest) : firstRest(failure.kind);
      lost = { failure, until: isFinal ? Number.POSITIVE_INFINITY : now() + rest, rest };
      log.error(
        { cause: failure.message, minutes: isFinal ? null : rest / minute },
        isFinal
          ? 'An account of Telegram cannot be used: parked until the restart'
          : 'An account of Telegram cannot be used: parked, and tried again after a while',
      );
    },
    well: () => {
      if (lost) log.info('An account of Telegram works again');
      lost = null;
    },
    retry: () => {
      if (lost && Number.isFinite(lost.until)) lost.until = Math.min(lost.until, now());
    },
    loss: () =>
      lost && { failure: lost.failure, until: Number.isFinite(lost.until) ? new Date(lost.until) : null },
  };
}
