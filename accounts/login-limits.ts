import { createHash } from 'node:crypto';
import { RateLimiterRes } from 'rate-limiter-flexible';
import RateLimiterStoreAbstract from 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js';
import type { Clock } from '#domain/clock.ts';
import { countAttempt, forgetAttempts, readAttempts, type Attempts } from '#schema/operations/attempts.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { accountEmail } from '#schema/operations/users.ts';
import { AccountRefused } from './problems.ts';

/** The library's limiter over the operations store, so that all processes count together. */
class OperationsLimiter extends RateLimiterStoreAbstract {
  readonly #operations: Operations;
  readonly #now: () => number;

  constructor(operations: Operations, clock: Pick<Clock, 'now'>, limit: Limit) {
    super({ keyPrefix: limit.name, points: limit.tries, duration: limit.seconds });
    this.#operations = operations;
    this.#now = () => clock.now().getTime();
  }

  _upsert(key: string, points: number, lasts: number, isReset = false): Promise<Attempts> {
    return countAttempt(this.#operations, key, { points, lasts, isReset }, this.#now());
  }

  _get(key: string): Promise<Attempts | null> {
    return readAttempts(this.#operations, key, this.#now());
  }

  _delete(key: string): Promise<boolean> {
    return forgetAttempts(this.#operations, key);
  }

  _getRateLimiterRes(_key: string, changed: number, { points, expires }: Attempts): RateLimiterRes {
    const left = Math.max(this.points - points, 0);
    return new RateLimiterRes(left, Math.max(expires - this.#now(), 0), points, points === changed);
  }
}

interface Limit {
  name: string;
  tries: number;
  seconds: number;
}

const quarterOfAnHour = 15 * 60;
/** An account is guessed at no faster; many people behind one address sign in on Monday morning. */
const perAccount: Limit = { name: 'login account', tries: 10, seconds: quarterOfAnHour };
const perAddress: Limit = { name: 'login address', tries: 100, seconds: quarterOfAnHour };

/** How often logins may be tried. */
export interface LoginLimits {
  /** Counts a try. Rejects with `AccountRefused` when there were too many, whether there is such an account or not. */
  count(email: string, address?: string): Promise<void>;
  /** A right password forgets the tries of its account, and its own of its address. */
  forget(email: string, address?: string): Promise<void>;
}

/** The limits of logins, kept in the operations store: by account and by address. */
export function loginLimits(operations: Operations, clock: Pick<Clock, 'now'>): LoginLimits {
  const [accounts, addresses] = [perAccount, perAddress].map(
    (limit) => new OperationsLimiter(operations, clock, limit),
  ) as [OperationsLimiter, OperationsLimiter];
  const consume = async (limiter: OperationsLimiter, key: string): Promise<void> => {
    try {
      await limiter.consume(key);
    } catch (error) {
      throw error instanceof RateLimiterRes ? new AccountRefused('too_many_tries') : error;
    }
  };
  return {
    count: async (email, address = '') => {
      if (address) await consume(addresses, address);
      await consume(accounts, keyOf(email));
    },
    forget: async (email, address = '') => {
      await accounts.delete(keyOf(email));
      if (address) await addresses.reward(address);
    },
  };
}

/** Addresses of people stand in no table of tries. */
const keyOf = (email: string): string => createHash('sha256').update(accountEmail(email)).digest('hex');
