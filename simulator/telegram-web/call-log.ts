/**
 * What an address asks for: posts (`/s/name`), a channel's card (`/name`), one message as others embed it (`/name/5`),
 * telegram.org's home page, or what is not there.
 */
export type WebCallKind = 'history' | 'card' | 'message' | 'home' | 'other';

/** One request. */
export interface WebCall {
  kind: WebCallKind;
  /** The name asked for, in small letters; empty without one. */
  name: string;
  /** The path with its query, as it was asked for. */
  path: string;
  /** The instant of the simulation. */
  at: Date;
  /** HTTP status; `null` when no answer was given. */
  status: number | null;
}

/** Requests by kind, and the latest of them in full. */
export class WebCallLog {
  /** The latest requests, oldest first; at most `kept` of them. */
  readonly latest: WebCall[] = [];
  #kept: number;
  #counts = new Map<WebCallKind, number>();

  constructor(kept = 5_000) {
    this.#kept = kept;
  }

  /** Writes a request down. */
  add(call: WebCall): void {
    this.#counts.set(call.kind, this.count(call.kind) + 1);
    this.latest.push(call);
    if (this.latest.length > this.#kept) this.latest.splice(0, this.latest.length - this.#kept);
  }

  /** How many requests of a kind there were; without one, of all kinds. */
  count(kind?: WebCallKind): number {
    if (kind !== undefined) return this.#counts.get(kind) ?? 0;
    return [...this.#counts.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Begins to count anew. */
  reset(): void {
    this.latest.length = 0;
    this.#counts.clear();
  }
}
