import { Temporal } from 'temporal-polyfill';
import { VkRefusal } from './errors.ts';

export type TokenKind = 'service' | 'user' | 'community';

/** A key that the server knows. */
export interface TokenSettings {
  token: string;
  kind: TokenKind;
  /** Requests in any second of real time; one `execute` is one request. */
  requestsPerSecond?: number;
  /** Calls of `wall.get` in a day of Moscow, those inside `execute` too. */
  dailyWallGets?: number;
  /** Whether `execute` takes it; otherwise it is refused with error 28. */
  execute?: boolean;
  /** Refuses everything with this error code, e.g. 5 or 1117. */
  dead?: number | null;
}

const second = 1000;

/** A key with what it has used up. */
export class Token {
  readonly settings: Required<TokenSettings>;
  #recent: number[] = [];
  #day = '';
  #wallGets = 0;

  constructor(settings: TokenSettings) {
    this.settings = {
      requestsPerSecond: settings.kind === 'community' ? 20 : 3,
      dailyWallGets: 5000,
      execute: true,
      dead: null,
      ...settings,
    };
  }

  /** Counts a request of now (real milliseconds); throws error 6 when the last second is full. */
  takeRequest(real: number): void {
    this.#recent = this.#recent.filter((instant) => real - instant < second);
    if (this.#recent.length >= this.settings.requestsPerSecond) {
      throw new VkRefusal(6);
    }
    this.#recent.push(real);
  }

  /** Counts a `wall.get` at an instant of the simulation; throws error 29 when the day's quota is used up. */
  takeWallGet(instant: Date): void {
    const used = this.wallGetsOn(instant);
    if (used >= this.settings.dailyWallGets) {
      throw new VkRefusal(29);
    }
    this.#wallGets = used + 1;
  }

  /** How many calls of `wall.get` were made on the Moscow day of an instant. */
  wallGetsOn(instant: Date): number {
    const day = Temporal.Instant.fromEpochMilliseconds(instant.getTime())
      .toZonedDateTimeISO('Europe/Moscow')
      .toPlainDate()
      .toString();
    if (day !== this.#day) {
      this.#day = day;
      this.#wallGets = 0;
    }
    return this.#wallGets;
  }

  /** Throws when the key may not call the method: 27 for walls by a community, 28 for `execute` where refused. */
  mayCall(method: string): void {
    if (this.settings.kind === 'community' && method.startsWith('wall.')) {
      throw new VkRefusal(27, 'method is unavailable with group auth.');
    }
    if (method === 'execute' && !this.settings.execute) {
      throw new VkRefusal(28, 'method is unavailable with service token.');
    }
  }
}
