import pRetry from 'p-retry';
import pThrottle from 'p-throttle';
import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import { WebFailure, isOfSite } from './errors.ts';
import { backOff, pause as sleep } from '../kit/back-off.ts';
import { createBreaker } from '../kit/breaker.ts';
import { nextAddress } from './redirects.ts';
import type { HttpAnswer } from './transport.ts';
import { createDispatcher, getOnce } from './transport.ts';

/** How the site is asked. Times in milliseconds of `timer`. */
export interface WebSettings {
  /** `TELEGRAM_WEB_URL`. */
  url: string;
  /** `TELEGRAM_WEB_PROXY`. */
  proxy: string | undefined;
  timer: Clock;
  /** How long one answer may take. */
  deadline: number;
  /** First pause before an address is asked again; doubled each time, with jitter. */
  backOff: number;
  requestsPerSecond: number;
  /** How often one address is asked for at most; 4 when left out. */
  maxAttempts?: number;
  log: Logger;
}

/** What an address ended at: a page, or the home page of Telegram. */
export type WebAnswer = { html: string; isHome: false } | { isHome: true };

/** The site as it is asked: paced, tried again, and left alone when it is down. */
export interface Web {
  /** Its host, for people. */
  readonly host: string;
  /** Gets what is at a path such as `/s/name?before=20`, redirects followed. Throws `WebFailure`. */
  get(path: string, signal?: AbortSignal): Promise<WebAnswer>;
}

const usualMaxAttempts = 4;
/** Whoever was silent for a whole deadline is asked once more: silence costs the run more time than any other failure. */
const maxAttemptsInSilence = 2;
const mostRedirects = 5;
/** A wait of so many seconds is waited out, and so many seconds in an hour; a longer one ends the reading. */
const longestWait = 60;
const mostWaiting = 5 * 60;
const hour = 3_600_000;
/** After so many failures in a row the site is left alone for a while: longer than what is left of a run. */
const failuresInARow = 3;
const siteRest = 2 * 60_000;

function failureOf(answer: HttpAnswer, host: string, now: Date): WebFailure | null {
  const { status } = answer;
  if (status === 429) {
    const wait = answer.retryAfter(now);
    const seconds = wait === null ? null : Math.ceil(wait / 1000);
    const said = seconds === null ? '' : ` for ${seconds} s`;
    return new WebFailure('flood', `telegram:429 ${host} wants to be left alone${said}`, { seconds });
  }
  if (status >= 500) return new WebFailure('passing', `network: ${host} answered with status ${status}`);
  if (status >= 400 && status !== 404) {
    return new WebFailure(
      'refused',
      `network: ${host} refused the request (status ${status}): look whether it opens in a browser, or set TELEGRAM_WEB_PROXY`,
    );
  }
  return null;
}

/** Makes the client of the site; opens no connection before the first request. */
export function createWeb(settings: WebSettings): Web {
  const { timer, log, deadline } = settings;
  const base = new URL(settings.url.replace(/\/+$/u, ''));
  const { host } = base;
  const dispatcher = createDispatcher(settings.proxy, deadline);
  /** While the site wants a short pause, everybody waits. */
  let pausing: Promise<void> | null = null;
  /** Pauses that the site was given lately, those of one moment once. */
  let pauses: { at: number; seconds: number }[] = [];

  const now = () => timer.now().getTime();
  const breaker = createBreaker<WebFailure>({ now, inARow: failuresInARow });
  const stopped = () => new WebFailure('stopped', 'stopped');
  const refuseAtRest = () => {
    const rest = breaker.resting();
    if (rest) throw rest.failure;
  };

  const paced = pThrottle({ limit: 1, interval: Math.ceil(1000 / settings.requestsPerSecond), strict: true })(
    async (url: URL, signal?: AbortSignal) => {
      if (signal?.aborted) throw stopped();
      refuseAtRest();
      const ends = new AbortController();
      const answered = new AbortController();
      const stop = () => ends.abort(stopped());
      signal?.addEventListener('abort', stop, { once: true });
      timer.sleep(deadline, answered.signal).then(
        () => {
          const seconds = Math.round(deadline / 1000);
          ends.abort(new WebFailure('silent', `network: ${host} gave no answer within ${seconds} s`));
        },
        () => undefined,
      );
      try {
        return await getOnce(url, dispatcher, ends.signal);
      } finally {
        answered.abort();
        signal?.removeEventListener('abort', stop);
      }
    },
  );

  async function once(url: URL, signal?: AbortSignal): Promise<HttpAnswer> {
    refuseAtRest();
    await pausing;
    const answer = await paced(url, signal);
    const failure = failureOf(answer, host, timer.now());
    if (failure) throw failure;
    return answer;
  }

  /** Whether the site may be waited for so long: not when it has wanted pause after pause. */
  function mayPause(seconds: number): boolean {
    if (seconds > longestWait) return false;
    pauses = pauses.filter(({ at }) => at > now() - hour);
    // Somebody waits already: whoever else was answered in the same moment waits with him.
    const more = pausing === null ? seconds : 0;
    if (pauses.reduce((sum, pause) => sum + pause.seconds, more) > mostWaiting) return false;
    pauses.push({ at: now(), seconds: more });
    return true;
  }

  /** How long to wait before the same address is asked again; `null` when that is of no use. */
  function pauseAfter(failure: WebFailure, attempt: number): number | null {
    if (failure.kind === 'silent' && attempt >= maxAttemptsInSilence) return null;
    const usual = backOff(settings.backOff, attempt);
    if (isOfSite(failure)) return usual;
    if (failure.kind !== 'flood') return null;
    if (failure.seconds === null) return usual;
    return mayPause(failure.seconds) ? failure.seconds * 1000 : null;
  }

  async function getWithRetries(url: URL, signal?: AbortSignal): Promise<HttpAnswer> {
    let pause: number | null = null;
    return await pRetry(() => once(url, signal), {
      retries: (settings.maxAttempts ?? usualMaxAttempts) - 1,
      minTimeout: 0,
      // Asked once the pause is over.
      shouldRetry: () => pause !== null,
      onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
        pause = error instanceof WebFailure && retriesLeft > 0 ? pauseAfter(error, attemptNumber) : null;
        if (pause === null || !(error instanceof WebFailure)) return;
        log.debug({ path: url.pathname, attemptNumber, cause: error.message }, 'Asking t.me again');
        const slept = sleep(timer, pause, signal, stopped);
        // Whoever else waits has a signal of its own to be stopped by.
        if (error.kind === 'flood') pausing = slept.catch(() => undefined);
        await slept.finally(() => (pausing = null));
      },
    });
  }

  function note(failure: WebFailure): void {
    if (!isOfSite(failure)) breaker.answered();
    if (failure.kind === 'flood') {
      const seconds = failure.seconds ?? longestWait;
      breaker.rest(seconds * 1000, failure);
      log.warn({ seconds }, 'The public pages of Telegram want a pause: left alone');
      return;
    }
    if (!isOfSite(failure)) return;
    if (!breaker.failed()) return;
    const cause = `network: ${host} failed ${failuresInARow} times in a row, the remaining pages were not asked for (${failure.message.replace(/^network: /u, '')})`;
    breaker.rest(siteRest, new WebFailure('site_down', cause));
    log.error({ cause }, 'The public pages of Telegram cannot be reached: leaving them alone for a while');
  }

  async function answerOf(url: URL, signal?: AbortSignal): Promise<HttpAnswer> {
    try {
      const answer = await getWithRetries(url, signal);
      breaker.answered();
      return answer;
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      // Others may have found out meanwhile.
      if (!breaker.resting()) note(error);
      throw error;
    }
  }

  return {
    host,
    get: async (path, signal) => {
      let url = new URL(`${base.href.replace(/\/+$/u, '')}${path}`);
      for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
        const answer = await answerOf(url, signal);
        if (answer.status < 300 || answer.status >= 400) return { html: answer.body, isHome: false };
        const next = nextAddress(answer.location, url, base);
        if (next === 'home') return { isHome: true };
        url = next;
      }
      throw new WebFailure('broken', `broken: ${host} redirected more than ${mostRedirects} times`);
    },
  };
}
