import type { Api } from 'telegram';
import type { Clock } from '../../../domain/clock.ts';
import { inTurn } from '../../queue.ts';
import type { QuotaBook } from '../quota-book.ts';
import type { Call } from './calls.ts';
import { TelegramFailure } from './errors.ts';
import type { Link, LinkSettings } from './link.ts';
import { openLink } from './link.ts';
import { fingerprintOf, sessionProblem } from './session.ts';

/** What accounts share. Times in milliseconds of `timer`. */
export interface AccountSettings extends LinkSettings {
  /** Between two calls of one account, so that Telegram sees a reader and no flood. */
  pause: number;
  /** First pause before a call is tried again; doubled each time, with jitter. */
  backOff: number;
  quotas: QuotaBook;
  /** Tells the day that calls are counted in. */
  clock: Clock;
}

/** One account of Telegram: its session, its connection, its pace, and what it may not do for a while. */
export interface Account {
  /** Its place in `TELEGRAM_SESSIONS`, from 1 on. */
  readonly number: number;
  /** Stands for the account in the store and in logs. */
  readonly fingerprint: string;
  /** Why it cannot be used for a method now; `null` when it can. */
  refusal(method: string): TelegramFailure | null;
  /** Calls waiting or under way. */
  pending(): number;
  /** One call, after those before it; short waits are waited out, passing troubles tried again. Throws `TelegramFailure`. */
  call<Request extends Api.AnyRequest>(
    call: Call<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']>;
  /** Ends the connection; the next call makes a new one. */
  rest(): Promise<void>;
}

/** A wait of so many seconds is waited out; a longer one parks the method of the account. */
const longestWait = 60;
/** How often one call waits, or is tried again after a trouble that passes. */
const mostWaits = 3;
const mostTries = 3;
/** A call without an answer is made so often, unless the one of its method before it had none either. */
const mostLinks = 2;
/** After so many in a row nothing more is expected for a while, which is longer than what is left of a run. */
const deafInARow = 3;
const deafPause = 2 * 60_000;
/** A flood without its seconds. */
const unknownWait = 60 * 60;

interface Block {
  until: number;
  failure: TelegramFailure;
}

/** Makes the client of one account; opens no connection before the first call. */
export function createAccount(secret: string, number: number, settings: AccountSettings): Account {
  const { timer, clock, quotas, backOff } = settings;
  const fingerprint = fingerprintOf(secret);
  const log = settings.log.child({ account: fingerprint, number });
  const lane = {};
  let link: Link | null = null;
  let waiting = 0;
  /** Connections in a row that could not be made, and calls in a row without an answer, by method. */
  let unconnected = 0;
  const unanswered = new Map<string, number>();
  let resting: Block | null = null;
  let lost: TelegramFailure | null = null;
  const parked = new Map<string, Block>();
  let lastCall = Number.NEGATIVE_INFINITY;

  const now = () => timer.now().getTime();

  const problem = sessionProblem(secret);
  if (problem) lose(problem);

  /** The same failure with the account's number, for whoever has several. */
  function named(failure: TelegramFailure): TelegramFailure {
    return new TelegramFailure(failure.kind, `${failure.message} (session ${number} of TELEGRAM_SESSIONS)`, {
      ...(failure.seconds === null ? {} : { seconds: failure.seconds }),
      word: failure.word,
    });
  }

  function lose(failure: TelegramFailure): void {
    lost = named(failure);
    log.error({ cause: failure.message }, 'An account of Telegram cannot be used: parked until the restart');
  }

  function refusal(method: string): TelegramFailure | null {
    if (lost) return lost;
    if (resting && resting.until > now()) return resting.failure;
    resting = null;
    const block = parked.get(method);
    if (block && block.until > now()) return block.failure;
    parked.delete(method);
    return null;
  }

  async function rest(): Promise<void> {
    const open = link;
    link = null;
    await open?.close();
  }

  async function sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    await timer.sleep(milliseconds, signal).catch(() => {
      throw new TelegramFailure('stopped', 'stopped');
    });
  }

  async function backOffBefore(attempt: number, signal?: AbortSignal): Promise<void> {
    await sleep(backOff * 2 ** (attempt - 1) * (0.5 + Math.random()), signal);
  }

  async function once<Request extends Api.AnyRequest>(
    { method, make }: Call<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']> {
    const since = now() - lastCall;
    if (since < settings.pause) await sleep(settings.pause - since, signal);
    if (signal?.aborted) throw new TelegramFailure('stopped', 'stopped');
    if (!link) {
      try {
        link = await openLink(secret, { ...settings, log }, signal);
      } catch (error) {
        unconnected += 1;
        throw error;
      }
      unconnected = 0;
    }
    await quotas.add(fingerprint, method, dayOf(clock.now()), 1);
    try {
      return await link.invoke(make, signal);
    } finally {
      lastCall = now();
    }
  }

  /** What a failure makes of the account. Returns whether the call may be tried again, having waited as it has to be. */
  async function recover(
    failure: TelegramFailure,
    method: string,
    tries: Record<'waits' | 'links' | 'troubles', number>,
    signal?: AbortSignal,
  ): Promise<boolean> {
    const { kind } = failure;
    if (kind === 'stopped') {
      await rest();
      return false;
    }
    if (kind === 'silent' || kind === 'unreachable') {
      await rest();
      if (unconnected >= deafInARow) {
        unconnected = 0;
        resting = { until: now() + deafPause, failure: named(failure) };
        log.error(
          { cause: failure.message },
          'Telegram does not answer: leaving the account alone for a while',
        );
        return false;
      }
      const before = unanswered.get(method) ?? 0;
      if (before === 0 && (tries.links += 1) < mostLinks) {
        await backOffBefore(tries.links, signal);
        return true;
      }
      unanswered.set(method, before + 1);
      if (before + 1 >= deafInARow) {
        unanswered.delete(method);
        parked.set(method, { until: now() + deafPause, failure: named(failure) });
        log.error(
          { method, cause: failure.message },
          'Telegram does not answer: the account is left alone with this method for a while',
        );
      }
      return false;
    }
    // Whatever else it is, it was an answer.
    unanswered.delete(method);
    unconnected = 0;
    if (kind === 'our_bug') {
      log.error({ method, cause: failure.message }, 'Telegram refused a request of ours: this is a defect');
    }
    if (kind === 'flood') {
      const seconds = failure.seconds ?? unknownWait;
      if (seconds <= longestWait && (tries.waits += 1) <= mostWaits) {
        log.info({ method, seconds }, 'Telegram wants a pause: waiting');
        await sleep(seconds * 1000, signal);
        return true;
      }
      parked.set(method, { until: now() + seconds * 1000, failure: named(failure) });
      log.warn(
        { method, seconds },
        'Telegram wants a long pause: the account is left alone with this method',
      );
      return false;
    }
    if (kind === 'dead_account' || kind === 'application') {
      await rest();
      lose(failure);
      return false;
    }
    if (kind !== 'passing' || (tries.troubles += 1) >= mostTries) return false;
    await rest();
    await backOffBefore(tries.troubles, signal);
    return true;
  }

  async function call<Request extends Api.AnyRequest>(
    wanted: Call<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']> {
    waiting += 1;
    try {
      return await inTurn(lane, async () => {
        const tries = { waits: 0, links: 0, troubles: 0 };
        for (;;) {
          const refused = refusal(wanted.method);
          if (refused) throw refused;
          try {
            const answer = await once(wanted, signal);
            unanswered.delete(wanted.method);
            return answer;
          } catch (error) {
            if (!(error instanceof TelegramFailure)) throw error;
            if (!(await recover(error, wanted.method, tries, signal))) throw refusal(wanted.method) ?? error;
          }
        }
      });
    } finally {
      waiting -= 1;
    }
  }

  return { number, fingerprint, refusal, pending: () => waiting, call, rest };
}

/** The day a call at this instant is counted in. Telegram bounds any 24 hours, not a day of some zone: UTC's will do. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
