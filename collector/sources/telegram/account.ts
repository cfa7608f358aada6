import type { Api } from 'telegram';
import type { Clock } from '../../../domain/clock.ts';
import { inTurn } from '../../queue.ts';
import type { ParkedKey } from '../../source.ts';
import type { QuotaStore } from '../kit/quota-store.ts';
import { pause } from '../kit/back-off.ts';
import type { Call } from './calls.ts';
import { TelegramFailure } from './errors.ts';
import type { Link, LinkSettings } from './link.ts';
import { openLink } from './link.ts';
import { fingerprintOf, sessionProblem } from './session.ts';
import { createTroubles } from './troubles.ts';

/** What accounts share. Times in milliseconds of `timer`. */
export interface AccountSettings extends LinkSettings {
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
const endsTheLink = new Set([
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
  const troubles = createTroubles(number, { ...settings, log });
  const lane = {};
  let link: Link | null = null;
  let waiting = 0;
  let lastCall = Number.NEGATIVE_INFINITY;

  const now = () => timer.now().getTime();

  const problem = sessionProblem(secret);
  if (problem) troubles.lose(problem);

  async function rest(): Promise<void> {
    const open = link;
    link = null;
    await open?.close();
  }

  const stopped = () => new TelegramFailure('stopped', 'stopped');

  async function connected(signal?: AbortSignal): Promise<Link> {
    try {
      link ??= await openLink(secret, { ...settings, log }, signal);
      return link;
    } catch (error) {
      troubles.heard(false);
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
      troubles.heard(open.heard());
      lastCall = now();
    }
  }

  async function call<Request extends Api.AnyRequest>(
    wanted: Call<Request>,
    signal?: AbortSignal,
  ): Promise<Request['__response']> {
    const { method } = wanted;
    const tries = { waits: 0, links: 0, troubles: 0 };
    for (;;) {
      const refused = troubles.refusal(method);
      if (refused) throw refused;
      try {
        const answer = await once(wanted, signal);
        troubles.answered(method);
        return answer;
      } catch (error) {
        if (!(error instanceof TelegramFailure)) throw error;
        if (endsTheLink.has(error.kind)) await rest();
        const wait = troubles.pauseAfter(error, method, tries);
        if (wait === null) throw troubles.refusal(method) ?? error;
        await pause(timer, wait, signal, stopped);
      }
    }
  }

  return {
    number,
    fingerprint,
    refusal: troubles.refusal,
    parked: troubles.parked,
    retry: troubles.retry,
    pending: () => waiting,
    call: async (wanted, signal) => {
      waiting += 1;
      try {
        return await inTurn(lane, () => call(wanted, signal));
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
