import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import type { HistoryPlace, Look, LookRequest, Source } from '../../source.ts';
import { mapConcurrently } from '../kit/concurrency.ts';
import type { QuotaStore } from '../kit/quota-store.ts';
import { createMemoryQuotaStore } from '../kit/quota-store.ts';
import { confirmPosts, postsPerConfirm } from './confirm.ts';
import { VkFailure, isOfKey } from './errors.ts';
import { createBudget, readHistory } from './history.ts';
import { deactivatedLook, failedLook, finishLook } from './look.ts';
import type { ShownBook } from './newest.ts';
import { readNewest } from './newest.ts';
import { createPool } from './pool.ts';
import { readProfiles, resolveNames } from './profiles.ts';
import { createWallReader } from './walls.ts';

/** What the source is made of. The names of the settings are those of the environment. */
export interface VkSourceOptions {
  /** `VK_TOKENS`. */
  tokens: readonly string[];
  /** `VK_API_URL`, or VK's own. */
  url?: string | undefined;
  /** `VK_RPS`. */
  requestsPerSecond: number;
  /** `VK_DAILY_QUOTA`. */
  dailyQuota: number;
  /** Where the use of the quota is kept; in memory when left out. */
  quotas?: QuotaStore;
  /** Tells when the network said something. */
  clock: Clock;
  /** Measures deadlines and pauses; `clock` when left out. A simulated clock may run faster than the network does. */
  timer?: Clock;
  /** Milliseconds a call may take; 15,000 when left out. */
  deadline?: number;
  /** Milliseconds of the first pause before a retry; 1,000 when left out. */
  backOff?: number;
  log: Logger;
}

/** VK's own address. */
const vkUrl = 'https://api.vk.ru/method';

/** The settings this source declares. */
const vkSettings = ['VK_TOKENS', 'VK_API_URL', 'VK_RPS', 'VK_DAILY_QUOTA'] as const;

/** Calls in one `execute`. */
const callsPerExecute = 25;

/** Makes the source of VK communities: one vk-io instance per token. Opens no connection before the first call. */
export function createVkSource(options: VkSourceOptions): Source {
  const { clock, log } = options;
  const timer = options.timer ?? clock;
  const pool = createPool({
    tokens: options.tokens,
    url: options.url ?? vkUrl,
    requestsPerSecond: options.requestsPerSecond,
    dailyQuota: options.dailyQuota,
    quotas: options.quotas ?? createMemoryQuotaStore(),
    deadline: options.deadline ?? 15_000,
    backOff: options.backOff ?? 1_000,
    clock,
    timer,
    log,
  });
  const reader = createWallReader(pool);
  const concurrency =
    Math.max(1, pool.size) * Math.max(1, Math.min(8, Math.floor(options.requestsPerSecond)));
  const budget = createBudget();
  /** By native id, the oldest post of the last look: a history that begins has to meet it. */
  const looked = new Map<number, HistoryPlace>();
  const book: ShownBook = new Map();

  /** Pages that ask for equally many posts go together, so that as many as may be fit into one answer. */
  function inBatches(requests: readonly LookRequest[]): LookRequest[][] {
    const batches: LookRequest[][] = [];
    let room = 0;
    for (const request of [...requests].sort((one, other) => one.newest - other.newest)) {
      const batch = batches.at(-1);
      if (batch && batch.length < callsPerExecute && request.newest <= room) batch.push(request);
      else {
        batches.push([request]);
        room = budget.posts();
      }
      room -= request.newest;
    }
    return batches;
  }

  async function lookAtBatch(
    batch: LookRequest[],
    profiles: Awaited<ReturnType<typeof readProfiles>>,
    signal?: AbortSignal,
  ): Promise<Look[]> {
    const started = clock.now();
    const { newest: answers, split } = await readNewest({ reader, book, clock }, batch, signal);
    if (split) budget.tooLarge(batch.reduce((sum, { newest }) => sum + newest, 0));
    const times = { started, observed: clock.now() };
    const looks: Look[] = [];
    for (const [index, request] of batch.entries()) {
      const answer = answers[index] ?? { page: null, failure: new VkFailure('unknown', 'vk: no answer') };
      if (answer.failure?.kind === 'stopped') continue;
      if (answer.failure?.kind === 'our_bug') {
        log.error({ page: request.nativeId, cause: answer.failure.message }, 'VK refused a request of ours');
      }
      const community = profiles.found.get(request.nativeId);
      const { look, place } = await finishLook({ reader, clock, signal }, request, answer, community, times);
      if (place) looked.set(request.nativeId, place);
      else looked.delete(request.nativeId);
      if (!(look.outcome === 'error' && look.cause === 'stopped')) looks.push(look);
    }
    return looks;
  }

  async function* look(requests: readonly LookRequest[], signal?: AbortSignal): AsyncGenerator<Look> {
    pool.begin();
    const started = clock.now();
    const ids = requests.map(({ nativeId }) => nativeId);
    const profiles = await readProfiles(pool, ids, signal);
    const alive: LookRequest[] = [];
    for (const request of requests) {
      const community = profiles.found.get(request.nativeId);
      if (!community?.deactivated) alive.push(request);
      else yield deactivatedLook(request, community, { started, observed: clock.now() });
    }
    // Without one usable token nothing can be asked, and the reason is known already.
    const failures = [...profiles.failures.values()];
    const hopeless = failures.find((failure) => isOfKey(failure) || failure.kind === 'redirected');
    if (hopeless && failures.length === requests.length) {
      for (const request of alive) {
        yield failedLook(hopeless, request, undefined, { started, observed: clock.now() });
      }
      return;
    }
    const batches = inBatches(alive);
    const next = () => (signal?.aborted ? undefined : batches.shift());
    // The first batch goes alone: it shows whether the token may execute, and whether it lives.
    const first = next();
    if (first) yield* await lookAtBatch(first, profiles, signal);
    for await (const looks of mapConcurrently(
      next,
      (batch) => lookAtBatch(batch, profiles, signal),
      concurrency,
    ))
      yield* looks;
  }

  return {
    network: 'vk',
    settings: vkSettings,
    looksPerDay: pool.size * options.dailyQuota,
    looksUsed: () => pool.used(),
    resolve: (pages, signal) => resolveNames(pool, pages, signal),
    look,
    confirmAtOnce: postsPerConfirm,
    confirm: (request, signal) => confirmPosts({ pool, clock }, request, signal),
    retryParked: () => pool.retryParked(),
    parked: () => pool.parked(),
    history: (requests, signal) =>
      readHistory({ pool, reader, clock, concurrency, budget, looked }, requests, signal),
  };
}
