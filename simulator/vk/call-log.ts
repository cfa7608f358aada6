/** One call that was made, over HTTP or inside `execute`. */
export interface LoggedCall {
  method: string;
  /** The instant of the simulation. */
  at: Date;
  token: string;
  parameters: Readonly<Record<string, string>>;
  within: 'http' | 'execute';
  /** Error code it was answered with; `null` for an answer. */
  error: number | null;
}

/** Something the server was not made for: it was refused, and is named here. */
export interface UnexpectedCall {
  at: Date;
  what: string;
}

/** Calls by method, and the latest of them in full. */
export class CallLog {
  /** The latest calls, oldest first; at most `kept` of them. */
  readonly latest: LoggedCall[] = [];
  #kept: number;
  #http = new Map<string, number>();
  #within = new Map<string, number>();

  constructor(kept = 5_000) {
    this.#kept = kept;
  }

  /** Writes a call down. */
  add(call: LoggedCall): void {
    const counts = call.within === 'http' ? this.#http : this.#within;
    counts.set(call.method, (counts.get(call.method) ?? 0) + 1);
    this.latest.push(call);
    if (this.latest.length > this.#kept) {
      this.latest.splice(0, this.latest.length - this.#kept);
    }
  }

  /** How often a method was called: over HTTP, inside `execute`, or (without a place) both. */
  count(method: string, within?: 'http' | 'execute'): number {
    const http = within === 'execute' ? 0 : (this.#http.get(method) ?? 0);
    const inside = within === 'http' ? 0 : (this.#within.get(method) ?? 0);
    return http + inside;
  }

  /** HTTP requests of any method. */
  get requests(): number {
    return [...this.#http.values()].reduce((sum, count) => sum + count, 0);
  }

  /** Counts by method, over HTTP and inside `execute`. */
  counts(): { http: Record<string, number>; execute: Record<string, number> } {
    return { http: Object.fromEntries(this.#http), execute: Object.fromEntries(this.#within) };
  }

  /** Begins to count anew. */
  reset(): void {
    this.latest.length = 0;
    this.#http.clear();
    this.#within.clear();
  }
}
