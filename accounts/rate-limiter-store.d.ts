/** The base class of the library's limiters: made to be extended for another store, and not named by its types. */
declare module 'rate-limiter-flexible/lib/RateLimiterStoreAbstract.js' {
  import type { IRateLimiterStoreOptions, RateLimiterRes } from 'rate-limiter-flexible';

  export default class RateLimiterStoreAbstract {
    constructor(options: Omit<IRateLimiterStoreOptions, 'storeClient'>);
    readonly points: number;
    consume(key: string, points?: number): Promise<RateLimiterRes>;
    reward(key: string, points?: number): Promise<RateLimiterRes>;
    delete(key: string): Promise<boolean>;
  }
}
