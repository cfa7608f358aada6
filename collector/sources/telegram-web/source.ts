import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import type { Source } from '../../source.ts';
import { mapConcurrently } from '../kit/concurrency.ts';
import { confirmMessages } from './confirm.ts';
import { readHistory } from './history.ts';
import { lookAt } from './look.ts';
import type { KnownPage, Reader } from './reader.ts';
import { resolveNames } from './resolve.ts';
import { createWeb } from './web.ts';

/** What the source is made of. The names of the settings are those of the environment. */
export interface TelegramWebSourceOptions {
  /** `TELEGRAM_WEB_URL`. */
  url: string;
  /** `TELEGRAM_WEB_PROXY`. */
  proxy?: string | undefined;
  /** Tells when the network said something. */
  clock: Clock;
  /** Measures deadlines and pauses; `clock` when left out. A simulated clock may run faster than the network does. */
  timer?: Clock;
  /** Milliseconds that an answer may take; 15,000 when left out. */
  deadline?: number;
  /** Milliseconds of the first pause before an address is asked again; 1,000 when left out. */
  backOff?: number;
  /** 2 when left out: `t.me` names no bound, and a federation's channels are read in minutes. */
  requestsPerSecond?: number;
  log: Logger;
}

/** The settings this source declares. */
const webSettings = ['TELEGRAM_WEB_URL', 'TELEGRAM_WEB_PROXY'] as const;
/** Answers waited for at once. */
const mostConcurrent = 4;

/** Makes the source of Telegram channels that are read without a key, by their previews on `t.me`. */
export function createTelegramWebSource(options: TelegramWebSourceOptions): Source {
  const { clock, log, url, proxy } = options;
  const requestsPerSecond = options.requestsPerSecond ?? 2;
  const web = createWeb({
    url,
    proxy,
    timer: options.timer ?? clock,
    deadline: options.deadline ?? 15_000,
    backOff: options.backOff ?? 1_000,
    requestsPerSecond,
    log,
  });
  const reader: Reader = {
    web,
    clock,
    ids: new Map(),
    reacting: new Set(),
    cards: new Map(),
    newest: new Map(),
    ends: new Map(),
  };
  const concurrency = Math.max(1, Math.min(mostConcurrent, Math.ceil(requestsPerSecond)));

  /** Forwards tell their source by name, which may be a page of ours. */
  function learn(pages: readonly KnownPage[]): void {
    for (const { name, nativeId } of pages) if (name !== null) reader.ids.set(name.toLowerCase(), nativeId);
  }

  return {
    network: 'telegram',
    settings: webSettings,
    // `t.me` names no bound: it makes the reader wait.
    looksPerDay: null,
    looksUsed: () => Promise.resolve(0),
    resolve: (pages, signal) => resolveNames(reader, pages, signal),
    look: (requests, signal) => {
      learn(requests);
      const waiting = [...requests];
      const next = () => (signal?.aborted ? undefined : waiting.shift());
      return present(mapConcurrently(next, (request) => lookAt(reader, request, signal), concurrency));
    },
    // One request each.
    confirmAtOnce: 10,
    confirm: (request, signal) => confirmMessages(reader, request, signal),
    retryParked: () => undefined,
    history: (requests, signal) => {
      learn(requests);
      return readHistory(reader, requests, concurrency, signal);
    },
  };
}

/** The items without those left out. */
async function* present<Item>(items: AsyncIterable<Item | null>): AsyncGenerator<Item> {
  for await (const item of items) if (item !== null) yield item;
}
