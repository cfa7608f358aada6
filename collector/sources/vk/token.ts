import { createHash } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import pRetry from 'p-retry';
import type { Logger } from 'pino';
import { API } from 'vk-io';
import type { Clock } from '#domain/clock.ts';
import { backOff, pause } from '../kit/back-off.ts';
import { VkFailure } from './errors.ts';
import { send } from './request.ts';

/** What every call shares. Times in milliseconds of `timer`. */
export interface CallSettings {
  /** Base address, e.g. `https://api.vk.ru/method`. */
  url: string;
  /** Requests a second and token. */
  requestsPerSecond: number;
  /** A call without an answer for so long has failed. */
  deadline: number;
  /** First pause before a retry; doubled each time, with jitter. */
  backOff: number;
  /** Measures deadlines and pauses. */
  timer: Clock;
  log: Logger;
}

/** How often a call is tried when the failure passes; a hanging server is tried at most twice. */
export const usualMaxAttempts = 4;
export const fewMaxAttempts = 2;

const stopped = () => new VkFailure('stopped', 'stopped');

export interface CallOptions {
  maxAttempts: number;
  signal?: AbortSignal | undefined;
  /** Called before each try, with what it costs: failed tries count too. */
  onTry: () => Promise<void>;
}

/** One token: its vk-io instance, its pace, and what has been learnt about it. */
export interface Token {
  /** Stands for the token in the store and in logs. */
  readonly fingerprint: string;
  /** Whether `execute` is allowed; `null` before it was tried. */
  mayExecute: boolean | null;
  call(method: string, params: object, options: CallOptions): Promise<unknown>;
  /** The failure without the secret, should VK's words repeat it. */
  masked(failure: VkFailure): VkFailure;
}

/** The first 12 hex digits of the token's SHA-256: tells tokens apart, gives nothing away. */
function fingerprintOf(token: string): string {
  return createHash('sha256').update(token).digest('hex').slice(0, 12);
}

/** An extra gap between calls, which error 6 widens and quiet calls close again. */
function createPace(settings: CallSettings) {
  const step = 1000 / settings.requestsPerSecond;
  let gap = 0;
  let quiet = 0;
  let gate: Promise<void> = Promise.resolve();
  return {
    slower: () => {
      quiet = 0;
      gap = Math.min(10 * step, Math.max(step, gap * 1.5));
      settings.log.info({ gap: Math.round(gap) }, 'VK says too many requests per second: going slower');
    },
    quiet: () => {
      quiet += 1;
      if (gap > 0 && quiet % 20 === 0) gap = gap < step / 2 ? 0 : gap / 2;
    },
    pass: async (signal?: AbortSignal) => {
      if (gap === 0) return;
      const before = gate;
      gate = before.then(() => settings.timer.sleep(gap, signal)).catch(() => undefined);
      await before;
    },
  };
}

/** Makes the client of one token. `call` throws `VkFailure`, retried by cause, and nothing else. */
export function createToken(secret: string, settings: CallSettings): Token {
  const { timer } = settings;
  const fingerprint = fingerprintOf(secret);
  const log = settings.log.child({ token: fingerprint });
  const http = settings.url.startsWith('http:');
  const api = new API({
    token: secret,
    apiBaseUrl: settings.url.replace(/\/+$/, ''),
    apiLimit: settings.requestsPerSecond,
    apiRetryLimit: 0,
    apiTimeout: settings.deadline,
    // vk-io types its agent as one of https; for a plain address it must be one of http.
    agent: http ? (new HttpAgent({ keepAlive: true }) as HttpsAgent) : new HttpsAgent({ keepAlive: true }),
  });
  const pace = createPace({ ...settings, log });

  function masked(failure: VkFailure): VkFailure {
    const { kind, code, silent, message } = failure;
    if (secret.length < 4 || !message.includes(secret)) return failure;
    return new VkFailure(kind, message.replaceAll(secret, '***'), {
      ...(code === null ? {} : { code }),
      silent,
    });
  }

  async function once(method: string, params: object, options: CallOptions): Promise<unknown> {
    if (options.signal?.aborted) throw stopped();
    await pace.pass(options.signal);
    await options.onTry();
    const deadline = new AbortController();
    const answered = new AbortController();
    timer.sleep(settings.deadline, answered.signal).then(
      () => deadline.abort(),
      () => undefined,
    );
    try {
      const answer = await send(api, method, params, { deadline: deadline.signal, onTooFast: pace.slower });
      pace.quiet();
      return answer;
    } catch (error) {
      throw error instanceof VkFailure ? masked(error) : error;
    } finally {
      answered.abort();
    }
  }

  async function call(method: string, params: object, options: CallOptions): Promise<unknown> {
    return await pRetry(() => once(method, params, options), {
      retries: options.maxAttempts - 1,
      minTimeout: 0,
      shouldRetry: ({ error, attemptNumber }) =>
        error instanceof VkFailure &&
        error.kind === 'passing' &&
        !(error.silent && attemptNumber >= fewMaxAttempts),
      onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
        if (!(error instanceof VkFailure) || error.kind !== 'passing') return;
        if (retriesLeft === 0 || (error.silent && attemptNumber >= fewMaxAttempts)) return;
        log.debug({ method, attemptNumber, cause: error.message }, 'VK call failed, trying again');
        await pause(timer, backOff(settings.backOff, attemptNumber), options.signal, stopped);
      },
    });
  }

  return { fingerprint, mayExecute: null, call, masked };
}
