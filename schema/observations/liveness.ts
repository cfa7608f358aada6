import type { Clock } from '#domain/clock.ts';
import type { Said } from '#domain/said.ts';
import { ObservationsAway, RequestFailed } from './errors.ts';

/** How long a server may keep silent, in milliseconds. */
export interface Patience {
  /** A request without an answer for so long makes us ask whether the server lives. */
  request: number;
  /** The server has to say so within this time. It answers that beside all work, so that it is no matter of load. */
  ping: number;
  /** How often a server that is away is asked again. */
  again: number;
}

/** A page waits 10 seconds at most for a server that has frozen, while a question may work for a minute. */
export const usualPatience: Patience = { request: 5_000, ping: 5_000, again: 2_000 };

export interface LivenessOptions {
  /** Asks the server whether it lives: `null` when it does, else what is wrong. Never rejects. */
  ping(signal: AbortSignal): Promise<Said | null>;
  /** What the server is called in messages: its address, without credentials. */
  server: string;
  patience: Patience;
  clock: Clock;
}

/**
 * Knows whether a server answers. A request that waits is no sign: questions may take long. So the server is asked whether
 * it lives when a request waits, or its connection broke; when it does not, all requests under way end at once, and what is
 * asked later is refused at once, until the server lives again.
 */
export class Liveness {
  readonly #options: LivenessOptions;
  readonly #running = new Set<AbortController>();
  readonly #closed = new AbortController();
  #away: { since: Date; reason: Said } | null = null;
  #check: Promise<void> | null = null;
  #again: NodeJS.Timeout | undefined;

  constructor(options: LivenessOptions) {
    this.#options = options;
  }

  /** Since when the server is known not to answer; `null` while it does. */
  get awaySince(): Date | null {
    return this.#away?.since ?? null;
  }

  /** Runs a request, `bytes` long; rejects with `ObservationsAway` when the server does not live, else as `work` does. */
  async during<Result>(bytes: number, work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    if (this.#away) throw this.#error();
    const request = new AbortController();
    this.#running.add(request);
    const waits = setInterval(() => void this.#ask(), this.#options.patience.request);
    try {
      return await work(request.signal);
    } catch (error) {
      // What the database itself says has a type; all else is of the way there.
      if (!request.signal.aborted && (error as { type?: unknown }).type !== undefined) throw error;
      if (!request.signal.aborted) await this.#ask();
      if (this.#away) throw this.#error(error);
      throw new RequestFailed(this.#options.server, bytes, error);
    } finally {
      clearInterval(waits);
      this.#running.delete(request);
    }
  }

  /** Asks no more. */
  close(): void {
    this.#closed.abort();
    clearTimeout(this.#again);
  }

  /** Asks whether the server lives, once for all who want to know at a time. */
  async #ask(): Promise<void> {
    this.#check ??= this.#askNow().finally(() => (this.#check = null));
    await this.#check;
  }

  async #askNow(): Promise<void> {
    const { ping, patience, clock } = this.#options;
    const reason = await ping(AbortSignal.any([this.#closed.signal, AbortSignal.timeout(patience.ping)]));
    if (reason === null) {
      this.#away = null;
      return;
    }
    this.#away = { since: this.#away?.since ?? clock.now(), reason };
    for (const request of this.#running) request.abort();
    if (this.#closed.signal.aborted) return;
    this.#again = setTimeout(() => void this.#ask(), patience.again).unref();
  }

  #error(cause?: unknown): ObservationsAway {
    const { since, reason } = this.#away ?? { since: this.#options.clock.now(), reason: { ru: '', en: '' } };
    return new ObservationsAway(this.#options.server, since, reason, { cause });
  }
}
