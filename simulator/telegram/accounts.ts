import { createHash } from 'node:crypto';
import { AuthKey, sessionOf } from './auth-key.ts';
import { codeOf, TelegramRefusal } from './refusal.ts';

/** An account whose session is ready, and how it is off. */
export interface AccountSettings {
  /** Decides its key, so that a session holds for every server with an account of that name. */
  name: string;
  /** Every call of it is refused with this word, e.g. SESSION_REVOKED. */
  dead?: string;
  /** The server does not know its key (transport error -404). */
  forgotten?: boolean;
  /** Names it may look up in a day of the simulation, then FLOOD_WAIT; 200 without it (reported by users). */
  resolvesADay?: number;
}

const usualResolves = 200;
const day = 86_400_000;

function keyOf(name: string): Buffer {
  const part = (index: number) => createHash('sha256').update(`simulated account ${name} ${index}`).digest();
  return Buffer.concat(Array.from({ length: 8 }, (_unused, index) => part(index)));
}

/** An account that the server knows, with what it has used. */
export class Account {
  readonly settings: AccountSettings;
  readonly key: AuthKey;
  /** To be given to a client, one of `TELEGRAM_SESSIONS`. */
  readonly session: string;
  #dead: string | null;
  #resolves: { day: number; count: number } = { day: 0, count: 0 };

  constructor(settings: AccountSettings) {
    const key = keyOf(settings.name);
    this.settings = settings;
    this.key = new AuthKey(key);
    this.session = sessionOf(key);
    this.#dead = settings.dead ?? null;
  }

  /** Names it has looked up on the simulation's present day. */
  get resolves(): number {
    return this.#resolves.count;
  }

  /** From now on every call is refused with that word; `null` lets it live again. */
  die(word: string | null): void {
    this.#dead = word;
  }

  /** Throws `TelegramRefusal` when it is dead. */
  mustLive(): void {
    if (this.#dead !== null) throw new TelegramRefusal(this.#dead, codeOf(this.#dead));
  }

  /** Counts a name that is looked up. Throws `TelegramRefusal` when the day's are used up. */
  takeResolve(now: number): void {
    const today = Math.floor(now / day);
    if (this.#resolves.day !== today) this.#resolves = { day: today, count: 0 };
    if (this.#resolves.count >= (this.settings.resolvesADay ?? usualResolves)) {
      const seconds = Math.ceil(((today + 1) * day - now) / 1000);
      throw new TelegramRefusal(`FLOOD_WAIT_${seconds}`, 420);
    }
    this.#resolves.count += 1;
  }
}
