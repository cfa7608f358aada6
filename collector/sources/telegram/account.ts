import type { Api } from 'telegram';
import type { Clock } from '#domain/clock.ts';
import { serialize } from '#domain/mutex.ts';
import type { ParkedKey } from '../../source.ts';
import type { QuotaStore } from '../kit/quota-store.ts';
import { pause } from '../kit/back-off.ts';
import type { Call } from './calls.ts';
import { TelegramFailure } from './errors.ts';
import type { Connection, ConnectionSettings } from './connection.ts';
import { openConnection } from './connection.ts';
import { fingerprintOf, sessionProblem } from './session.ts';
import { createAccountBreaker } from './account-breaker.ts';

/** What accounts share. Times in milliseconds of `timer`. */
export interface AccountSettings extends ConnectionSettings {
  /** Between two calls of one account, so that Telegram sees a reader and no flood. */
  pause: number;
  /** First pause before a call is tried again; doubled each time, with jitter. */
  backOff: number;
  quotas: QuotaStore;
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
  /** What of it is laid aside for long now. */
  parked(): ParkedKey[];
  /** Leave to be tried again, where it was laid aside because it failed. */
  retry(): void;
  /** One call, after those before it; short waits are waited out, passing troubles tried again. Throws `TelegramFailure`. */
  call<Request extends Api.AnyRequest>(
    call: Call<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']>;
  /** Ends the connection; the next call makes a new one. */
  rest(): Promise<void>;
}

/** Failures that a connection is not to be used after. */
const endsConnection = new Set([
  'stopped',
  'silent',
  'unreachable',
  'forgotten',
  'dead_account',
  'application',
  'moved',
  'passing',
  'too_large',
]);

/** Makes the client of one account; opens no connection before the first call. */
export function createAccount(secret: string, number: number, settings: AccountSettings): Account {
  const { timer, clock, quotas } = settings;
  const fingerprint = fingerprintOf(secret);
  const log = settings.log.child({ account: fingerprint, number });
  const breaker = createAccountBreaker(number, { ...settings, log });
  const mutex = {};
  let connection: Connection | null = null;
  let waiting = 0;
  let lastCall = Number.NEGATIVE_INFINITY;

  const now = () => timer.now().getTime();

  const problem = sessionProblem(secret);
  if (problem) breaker.lose(problem);

  async function rest(): Promise<void> {
    const open = connection;
    connection = null;
    await open?.close();
  }

  const stopped = () => new TelegramFailure('stopped', 'stopped');

  async function connected(signal?: AbortSignal): Promise<Connection> {
    try {
      connection ??= await openConnection(secret, { ...settings, log }, signal);
      return connection;
    } catch (error) {
      breaker.connectionEnded(false);
      throw error;
    }
  }

  async function once<Request extends Api.AnyRequest>(
    { method, make }: Call<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']> {
    const since = now() - lastCall;
    if (since < settings.pause) await pause(timer, settings.pause - since, signal, stopped);
    if (signal?.aborted) throw stopped();
    const open = await connected(signal);
    await quotas.add(fingerprint, method, dayOf(clock.now()), 1);
    try {
      return await open.invoke(make, signal);
    } finally {
      breaker.connectionEnded(open.hasAnswered());
      lastCall = now();
    }
  }

  async function call<Request extends Api.AnyRequest>(
    wanted: Call<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']> {
    const { method } = wanted;
    const tries = { waits: 0, connections: 0, passing: 0 };
    for (;;) {
      const refused = breaker.refusal(method);
      if (refused) throw refused;
      try {
        const answer = await once(wanted, signal);
        breaker.answered(method);
        return answer;
      } catch (error) {
        if (!(error instanceof TelegramFailure)) throw error;
        if (endsConnection.has(error.kind)) await rest();
        const wait = breaker.pauseAfter(error, method, tries);
        if (wait === null) throw breaker.refusal(method) ?? error;
        await pause(timer, wait, signal, stopped);
      }
    }
  }

  return {
    number,
    fingerprint,
    refusal: breaker.refusal,
    parked: breaker.parked,
    retry: breaker.retry,
    pending: () => waiting,
    call: async (wanted, signal) => {
      waiting += 1;
      try {
        return await serialize(mutex, () => call(wanted, signal));
      } finally {
        waiting -= 1;
      }
    },
    rest,
  };
}

/** The day a call at this instant is counted in. Telegram bounds any 24 hours, not a day of some zone: UTC's will do. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
