import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import type { ParkedKey } from '../../source.ts';
import { backOff, growing } from '../kit/back-off.ts';
import { createBreaker, type Breaker } from '../kit/breaker.ts';
import { historyMethod } from './calls.ts';
import { TelegramFailure, isOfAccount } from './errors.ts';
import { createLosses } from './losses.ts';

/** How often one call has been tried, by what it was tried again for. */
export interface Tries {
  waits: number;
  connections: number;
  passing: number;
}

/** What an account has met with, and what it may not do for that. */
export interface AccountBreaker {
  /** Why the account cannot be used for a method now; `null` when it can. */
  refusal(method: string): TelegramFailure | null;
  /** A call of the method went well. */
  answered(method: string): void;
  /** A connection came to its end without (false), or has said (true), a word. */
  connectionEnded(hasAnswered: boolean): void;
  /** What becomes of a call that failed: milliseconds to pause before it is made again, `null` for not again. */
  pauseAfter(failure: TelegramFailure, method: string, tries: Tries): number | null;
  /** The account can be used no more, whatever Telegram says. */
  lose(failure: TelegramFailure): void;
  /** What of it is laid aside for long now: all of it, or methods that Telegram wants it to leave alone. */
  parked(): ParkedKey[];
  /** Whatever was laid aside because it failed may be tried now; Telegram's orders to wait hold. */
  retry(): void;
}

/** A wait of so many seconds is waited out, so often for one call, and so many seconds in an hour. */
const longestWait = 60;
const mostWaits = 3;
const mostWaiting = 5 * 60;
const hour = 3_600_000;
/** A flood without its seconds. */
const unknownWait = 60 * 60;
/** A call is made so often when the trouble passes, or when there is no answer: unless the one before it went the same way. */
const mostTries = 3;
const mostConnections = 2;
/** So many connections in a row on which Telegram does not know the account's key, with growing pauses between them. */
const mostForgotten = 3;
/** An order to wait for so many seconds lays the account aside: a shorter one is nobody's concern. */
const longFlood = 10 * 60;
/** After so many in a row without an answer none is expected for a while, which is longer than what is left of a run. */
const unansweredInARow = 3;
const unansweredRest = 2 * 60_000;

/** Telegram's own trouble, or nobody's word: nothing by which an account would be known to work. */
const saysNothing = new Set(['passing', 'stopped', 'too_large']);

/** Takes note of one account's failures: what parks it, what parks one method of it, and what is tried again. */
export function createAccountBreaker(
  number: number,
  settings: { timer: Clock; backOff: number; log: Logger },
): AccountBreaker {
  const { timer, log } = settings;
  const losses = createLosses({ timer, log });
  const who = `session ${number} of TELEGRAM_SESSIONS`;
  /** Connections in a row that ended because Telegram did not know the key. */
  let forgotten = 0;
  let waits: { at: number; seconds: number }[] = [];

  const now = () => timer.now().getTime();
  const pauseBefore = (attempt: number) => backOff(settings.backOff, attempt);
  /** Connections on which not a word was said. */
  const connections = createBreaker<TelegramFailure>({
    now,
    inARow: unansweredInARow,
    isWaryAfterRest: true,
  });
  /** Calls that failed without being refused, by method. */
  const methods = new Map<string, Breaker<TelegramFailure>>();

  function breakerOf(method: string): Breaker<TelegramFailure> {
    const known = methods.get(method);
    if (known) return known;
    const breaker = createBreaker<TelegramFailure>({ now, inARow: unansweredInARow });
    methods.set(method, breaker);
    return breaker;
  }

  /** The same failure with the account's number, for whoever has several. */
  function named(failure: TelegramFailure): TelegramFailure {
    return new TelegramFailure(failure.kind, `${failure.message} (${who})`, {
      ...(failure.seconds === null ? {} : { seconds: failure.seconds }),
      word: failure.word,
    });
  }

  function afterSilence(failure: TelegramFailure, method: string, tries: Tries): number | null {
    if (connections.failures() >= unansweredInARow) {
      connections.answered();
      connections.rest(unansweredRest, named(failure));
      log.error(
        { cause: failure.message },
        'Telegram does not answer: leaving the account alone for a while',
      );
      return null;
    }
    const breaker = breakerOf(method);
    if (breaker.failures() === 0 && (tries.connections += 1) < mostConnections)
      return pauseBefore(tries.connections);
    if (breaker.failed()) {
      breaker.rest(unansweredRest, named(failure));
      log.error(
        { method, cause: failure.message },
        'Telegram does not answer: the account is left alone with this method for a while',
      );
    }
    return null;
  }

  function afterFlood(failure: TelegramFailure, method: string, tries: Tries): number | null {
    const seconds = failure.seconds ?? unknownWait;
    waits = waits.filter(({ at }) => at > now() - hour);
    const lately = waits.reduce((sum, wait) => sum + wait.seconds, seconds);
    if (seconds <= longestWait && lately <= mostWaiting && (tries.waits += 1) <= mostWaits) {
      waits.push({ at: now(), seconds });
      log.info({ method, seconds }, 'Telegram wants a pause: waiting');
      return seconds * 1000;
    }
    breakerOf(method).rest(seconds * 1000, named(failure));
    log.warn({ method, seconds }, 'Telegram wants a long pause: the account is left alone with this method');
    return null;
  }

  /** A key may be unknown for a moment, as while a server of Telegram's is exchanged for another. */
  function afterForgotten(failure: TelegramFailure): number | null {
    forgotten += 1;
    if (forgotten < mostForgotten && losses.loss() === null)
      return growing(settings.backOff, 2 * forgotten - 1);
    forgotten = 0;
    losses.lose(named(failure));
    return null;
  }

  function well(): void {
    forgotten = 0;
    losses.well();
  }

  function parkedMethods(): ParkedKey[] {
    return [...methods].flatMap(([method, breaker]) => {
      const rest = breaker.resting();
      if (rest === null) return [];
      const { until, failure } = rest;
      const isLong = failure.kind === 'flood' && (failure.seconds ?? unknownWait) >= longFlood;
      if (!isLong) return [];
      const block = { cause: failure.message, until: new Date(until) };
      return method === historyMethod
        ? [{ what: who, ...block }]
        : [{ what: `${who}, ${method}`, ...block, partly: true }];
    });
  }

  return {
    refusal: (method) => {
      const loss = losses.refusal();
      const rest = loss ? null : (connections.resting() ?? methods.get(method)?.resting() ?? null);
      return loss ?? rest?.failure ?? null;
    },
    answered: (method) => {
      methods.get(method)?.answered();
      well();
    },
    connectionEnded: (hasAnswered) => {
      if (hasAnswered) connections.answered();
      else connections.failed();
    },
    pauseAfter: (failure, method, tries) => {
      const isAnswer = failure.kind === 'flood' || !isOfAccount(failure);
      if (isAnswer && !saysNothing.has(failure.kind)) well();
      switch (failure.kind) {
        case 'silent':
        case 'unreachable':
          return afterSilence(failure, method, tries);
        case 'flood':
          return afterFlood(failure, method, tries);
        case 'forgotten':
          return afterForgotten(failure);
        case 'dead_account':
        case 'application':
        case 'moved':
          losses.lose(named(failure));
          return null;
        case 'passing': {
          const breaker = breakerOf(method);
          if (breaker.failures() === 0 && (tries.passing += 1) < mostTries) return pauseBefore(tries.passing);
          // It is an answer, however often: the next call is made once, and no more follows.
          breaker.answered();
          breaker.failed();
          return null;
        }
        case 'our_bug':
          log.error(
            { method, cause: failure.message },
            'Telegram refused a request of ours: this is a defect',
          );
          break;
        default:
      }
      methods.get(method)?.answered();
      return null;
    },
    lose: (failure) => losses.lose(named(failure), true),
    parked: () => {
      const loss = losses.loss();
      return loss ? [{ what: who, cause: loss.failure.message, until: loss.until }] : parkedMethods();
    },
    retry: () => {
      losses.retry();
      connections.endRest();
      for (const breaker of methods.values()) {
        breaker.answered();
        if (breaker.resting()?.failure.kind !== 'flood') breaker.endRest();
      }
    },
  };
}
