import type { ParkedKey } from '../../source.ts';
import type { VkFailure } from './errors.ts';
import type { Token } from './token.ts';

/** `walls`: how many calls of the bounded method it is, or has packed into it. */
export interface PoolCallOptions {
  maxAttempts?: number;
  signal?: AbortSignal | undefined;
  walls?: number;
  /** Codes that are an answer to this call (nobody has such a name or id) and no defect of ours. */
  answers?: readonly number[];
  /** For a single wall: no other is asked for, so that a refusal can only be taken for the key's. */
  isAlone?: boolean;
}

/** Several tokens as one: fail-over, the daily quota, and a rest when VK is down. */
export interface Pool {
  readonly size: number;
  /**
   * A token that may be used for the method now; waits out a flood. Calls of the bounded method are promised to what
   * comes next: `by` with the same `walls`, or `release`. Throws `VkFailure` saying why there is none.
   */
  pick(method: string, options: PoolCallOptions): Promise<Token>;
  /** Takes a promise of `pick` back. */
  release(token: Token, walls: number): void;
  /** One call by this token, counted. Throws `VkFailure`. */
  by(token: Token, method: string, params: object, options: PoolCallOptions): Promise<unknown>;
  /** The same once more, after a pause, by a token that was refused: one such answer may be the moment's. */
  retry(token: Token, method: string, params: object, options: PoolCallOptions): Promise<unknown>;
  /** One call by whichever token can. Throws `VkFailure` when none could. */
  call(method: string, params: object, options: PoolCallOptions): Promise<unknown>;
  /** Takes note of a failure that is the token's, not the page's: true when another token may do better. */
  note(token: Token, failure: VkFailure, method: string): boolean;
  /** Walls were read by this token: what laid it aside is over. */
  well(token: Token): void;
  /** Keys that were laid aside may be tried again at once. */
  retryParked(): void;
  /** Keys that VK refused, and that have not been well since. */
  parked(): ParkedKey[];
  /** A new run begins: an outage is forgotten. */
  begin(): void;
  /** Calls of the bounded method made today, by all tokens. */
  used(): Promise<number>;
}
