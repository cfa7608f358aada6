import type { Clock } from '../../../domain/clock.ts';
import type { QuotaBook } from '../quota-book.ts';
import { VkFailure } from './errors.ts';
import { nextQuotaDay, quotaDay } from './quota.ts';
import type { CallSettings, Token } from './token.ts';
import { createToken, patient } from './token.ts';

/** How long a flood pauses a token, and how many floods in a row use it up for an hour. */
const floodPause = 3 * 60_000;
const floodsInARow = 3;
/** A parked token that a person may have freed meanwhile is tried again after that long. */
const parkedFor = 60 * 60_000;
/** So many calls without an answer in a row, and VK is taken to be down for a while. */
const outageCalls = 6;
const outagePause = 60_000;

/** The method that VK bounds by the day. */
export const boundedMethod = 'wall.get';

export interface PoolSettings extends CallSettings {
  tokens: readonly string[];
  /** Calls of `wall.get` a day and token. */
  dailyQuota: number;
  quotas: QuotaBook;
  /** Tells the day of the quota. */
  clock: Clock;
}

interface Block {
  until: number;
  failure: VkFailure;
}

interface Member {
  token: Token;
  /** Not to be used before; `Infinity` is until the process ends. */
  blocked: Block | null;
  /** Methods whose quota is used up. */
  spent: Map<string, Block>;
  floods: number;
  /** Calls of the bounded method that are promised to a call under way. */
  pending: number;
}

/** `walls`: how many calls of the bounded method it is, or has packed into it. */
export interface PoolCallOptions {
  tries?: number;
  signal?: AbortSignal | undefined;
  walls?: number;
  /** Codes that are an answer to this call (nobody has such a name or id) and no defect of ours. */
  answers?: readonly number[];
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
  /** One call by whichever token can. Throws `VkFailure` when none could. */
  call(method: string, params: object, options: PoolCallOptions): Promise<unknown>;
  /** Takes note of a failure that is the token's, not the page's: true when another token may do better. */
  note(token: Token, failure: VkFailure, method: string): boolean;
  /** A new run begins: an outage is forgotten. */
  begin(): void;
  /** Calls of the bounded method made today, by all tokens. */
  used(): Promise<number>;
}

/** Makes the pool; the tokens are those of `settings`, one vk-io instance each. */
export function createPool(settings: PoolSettings): Pool {
  const { clock, timer, log, quotas } = settings;
  const members: Member[] = settings.tokens.map((secret) => ({
    token: createToken(secret, settings),
    blocked: null,
    spent: new Map(),
    floods: 0,
    pending: 0,
  }));
  let turn = 0;
  let unanswered = 0;
  let downUntil = 0;

  const now = () => clock.now().getTime();
  const memberOf = (token: Token) => members.find((each) => each.token === token);

  async function pick(method: string, { signal, walls = 0 }: PoolCallOptions): Promise<Token> {
    if (members.length === 0) {
      throw new VkFailure('dead_token', 'no token of VK is set: put a service key into VK_TOKENS');
    }
    for (;;) {
      if (signal?.aborted) throw new VkFailure('stopped', 'stopped');
      for (let step = 0; step < members.length; step += 1) {
        const member = members[(turn + step) % members.length];
        if (member && (await promised(member, method, walls))) {
          turn += step + 1;
          return member.token;
        }
      }
      const flooded = members.filter(({ blocked }) => blocked?.failure.kind === 'flood');
      const waiting = flooded.find(({ floods }) => floods < floodsInARow);
      if (!waiting) throw reasonOfAll(method);
      await timer.sleep(floodPause, signal).catch(() => {
        throw new VkFailure('stopped', 'stopped');
      });
      waiting.blocked = null;
    }
  }

  /** Whether the token may serve; its calls are then promised, without a pause between looking and promising. */
  async function promised(member: Member, method: string, walls: number): Promise<boolean> {
    if (member.blocked && member.blocked.until > now()) return false;
    member.blocked = null;
    const spent = member.spent.get(method);
    if (spent && spent.until > now()) return false;
    member.spent.delete(method);
    if (method !== boundedMethod) return true;
    const used = await quotas.used(member.token.fingerprint, boundedMethod, quotaDay(clock.now()));
    if (used + member.pending < settings.dailyQuota) {
      member.pending += walls;
      return true;
    }
    const failure = new VkFailure(
      'quota',
      `quota: all ${settings.dailyQuota} calls of wall.get of a token are used up today (VK_DAILY_QUOTA)`,
    );
    spend(member, method, failure);
    return false;
  }

  function block(member: Member, until: number, failure: VkFailure): void {
    member.blocked = { until, failure };
  }

  function spend(member: Member, method: string, failure: VkFailure): void {
    member.spent.set(method, { until: nextQuotaDay(clock.now()).getTime(), failure });
  }

  /** Why there is no token: used up comes first, since it passes by itself. */
  function reasonOfAll(method: string): VkFailure {
    const failures = members.flatMap(({ blocked, spent }) => (blocked ?? spent.get(method))?.failure ?? []);
    const first =
      failures.find(({ kind }) => kind === 'quota') ??
      failures.find(({ kind }) => kind === 'flood') ??
      failures[0];
    return first ?? new VkFailure('unknown', 'no token of VK can be used');
  }

  function note(token: Token, failure: VkFailure, method: string): boolean {
    const member = memberOf(token);
    if (!member) return false;
    const { fingerprint } = token;
    switch (failure.kind) {
      case 'quota':
        spend(member, method, failure);
        log.warn(
          { token: fingerprint, method, cause: failure.message },
          'A token of VK is used up for today',
        );
        return true;
      case 'flood':
        member.floods += 1;
        block(member, now() + (member.floods < floodsInARow ? floodPause : parkedFor), failure);
        log.warn({ token: fingerprint, cause: failure.message }, 'VK says flood: pausing the token');
        return true;
      case 'dead_token':
        block(member, Number.POSITIVE_INFINITY, failure);
        log.error(
          { token: fingerprint, cause: failure.message },
          'A token of VK is dead: parked until the restart',
        );
        return true;
      case 'human_needed':
      case 'disabled':
        block(member, now() + parkedFor, failure);
        log.error(
          { token: fingerprint, cause: failure.message },
          'A token of VK needs a person: parked for an hour',
        );
        return true;
      default:
        return false;
    }
  }

  async function by(
    token: Token,
    method: string,
    params: object,
    options: PoolCallOptions,
  ): Promise<unknown> {
    const member = memberOf(token);
    if (downUntil > timer.now().getTime()) {
      release(token, options.walls ?? 0);
      throw new VkFailure('passing', 'network: VK does not answer, calls are held back for a minute', {
        silent: true,
      });
    }
    const count = async () => {
      const day = quotaDay(clock.now());
      await quotas.add(token.fingerprint, method, day, 1);
      if (options.walls && method !== boundedMethod) {
        await quotas.add(token.fingerprint, boundedMethod, day, options.walls);
      }
    };
    try {
      const { tries = patient, signal } = options;
      const answer = await token.call(method, params, { tries, signal, onTry: count });
      unanswered = 0;
      if (member) member.floods = 0;
      return answer;
    } catch (error) {
      if (!(error instanceof VkFailure)) throw error;
      // An error of VK's own is an answer.
      unanswered = error.kind === 'passing' && error.code === null ? unanswered + 1 : 0;
      if (unanswered >= outageCalls) {
        downUntil = timer.now().getTime() + outagePause;
        log.error({ cause: error.message }, 'VK does not answer: holding calls back for a minute');
      }
      const isAnswer = error.code !== null && options.answers?.includes(error.code);
      if (error.kind === 'our_bug' && !isAnswer) {
        log.error({ method, params, cause: error.message }, 'VK refused a request of ours: this is a defect');
      }
      throw error;
    } finally {
      release(token, options.walls ?? 0);
    }
  }

  async function call(method: string, params: object, options: PoolCallOptions): Promise<unknown> {
    const counted = { ...options, walls: method === boundedMethod ? 1 : 0 };
    for (;;) {
      const token = await pick(method, counted);
      try {
        return await by(token, method, params, counted);
      } catch (error) {
        if (!(error instanceof VkFailure) || !note(token, error, method)) throw error;
      }
    }
  }

  function release(token: Token, walls: number): void {
    const member = memberOf(token);
    if (member) member.pending -= walls;
  }

  function begin(): void {
    unanswered = 0;
    downUntil = 0;
  }

  async function used(): Promise<number> {
    const day = quotaDay(clock.now());
    let calls = 0;
    for (const { token } of members) calls += await quotas.used(token.fingerprint, boundedMethod, day);
    return calls;
  }

  return { size: members.length, pick, release, by, call, note, begin, used };
}
