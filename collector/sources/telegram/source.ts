import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import type { Source } from '../../source.ts';
import { mapConcurrently } from '../kit/concurrency.ts';
import type { QuotaStore } from '../kit/quota-store.ts';
import { createMemoryQuotaStore } from '../kit/quota-store.ts';
import { confirm, idsPerCall } from './confirm.ts';
import type { EntityStore } from './entities.ts';
import { createMemoryEntityStore } from './entities.ts';
import { readHistory } from './history.ts';
import { lookAt } from './look.ts';
import { createPool } from './pool.ts';
import { parseProxy } from './proxy.ts';
import type { Reader } from './reader.ts';
import { resolveNames } from './resolve.ts';

/** What the source is made of. The names of the settings are those of the environment. */
export interface TelegramSourceOptions {
  /** `TELEGRAM_API_ID` and `TELEGRAM_API_HASH`. */
  apiId: number;
  apiHash: string;
  /** `TELEGRAM_SESSIONS`. */
  sessions: readonly string[];
  /** `TELEGRAM_PROXY`. */
  proxy?: string | undefined;
  /** Where the use of the methods is counted; in memory when left out. */
  quotas?: QuotaStore;
  /** Where the keys to channels are kept; in memory when left out. */
  entities?: EntityStore;
  /** Tells when the network said something. */
  clock: Clock;
  /** Measures deadlines and pauses; `clock` when left out. A simulated clock may run faster than the network does. */
  timer?: Clock;
  /** Milliseconds that connecting, or a call, may take; 15,000 when left out. */
  deadline?: number;
  /** Milliseconds of the first pause before a call is tried again; 1,000 when left out. */
  backOff?: number;
  /** Milliseconds between two calls of an account; 300 when left out. */
  pause?: number;
  /** Names that an account looks up in a day; 200 when left out, after which Telegram refuses for hours (by users' reports). */
  namesPerDay?: number;
  log: Logger;
}

/** The settings this source declares. */
const telegramSettings = [
  'TELEGRAM_API_ID',
  'TELEGRAM_API_HASH',
  'TELEGRAM_SESSIONS',
  'TELEGRAM_PROXY',
] as const;

/** Makes the source of Telegram channels, read by accounts of people. Opens no connection before the first call. */
export function createTelegramSource(options: TelegramSourceOptions): Source {
  const { clock, log, proxy, apiId, apiHash, sessions } = options;
  const deadline = options.deadline ?? 15_000;
  const pool = createPool({
    apiId,
    apiHash,
    sessions,
    proxy: proxy === undefined ? null : parseProxy(proxy, deadline / 1000),
    quotas: options.quotas ?? createMemoryQuotaStore(),
    entities: options.entities ?? createMemoryEntityStore(),
    namesPerDay: options.namesPerDay ?? 200,
    deadline,
    backOff: options.backOff ?? 1_000,
    pause: options.pause ?? 300,
    clock,
    timer: options.timer ?? clock,
    log,
  });
  const reader: Reader = { pool, clock, notes: new Map() };

  /** Connections live as long as somebody reads. */
  async function* whileReading<Item>(items: AsyncIterable<Item>): AsyncGenerator<Item> {
    const leave = pool.enter();
    try {
      yield* items;
    } finally {
      await leave();
    }
  }

  return {
    network: 'telegram',
    settings: telegramSettings,
    // Telegram names no bound for histories: it makes the account wait.
    looksPerDay: null,
    looksUsed: () => pool.used(),
    resolve: (pages, signal) => whileReading(resolveNames(pool, pages, signal)),
    look: (requests, signal) => {
      const waiting = [...requests];
      const next = () => (signal?.aborted ? undefined : waiting.shift());
      const looks = mapConcurrently(
        next,
        (request) => lookAt(reader, request, signal),
        Math.max(1, pool.size),
      );
      return whileReading(present(looks));
    },
    confirmAtOnce: idsPerCall,
    confirm: async (request, signal) => {
      const leave = pool.enter();
      try {
        return await confirm(reader, request, signal);
      } finally {
        await leave();
      }
    },
    keys: pool.size,
    parked: () => pool.parked(),
    retryParked: () => pool.retry(),
    history: (requests, signal) => whileReading(readHistory(reader, requests, signal)),
  };
}

/** The items without those left out. */
async function* present<Item>(items: AsyncIterable<Item | null>): AsyncGenerator<Item> {
  for await (const item of items) if (item !== null) yield item;
}
