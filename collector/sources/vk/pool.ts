import type { Clock } from '#domain/clock.ts';
import { pause } from '../kit/back-off.ts';
import { createBreaker } from '../kit/breaker.ts';
import type { QuotaStore } from '../kit/quota-store.ts';
import { VkFailure } from './errors.ts';
import type { KeyLeave } from './parking.ts';
import { createKeyLeave } from './parking.ts';
import { createCalls } from './pool-calls.ts';
import type { Pool, PoolCallOptions } from './pool-type.ts';
import { boundedMethod, nextQuotaDay, quotaDay } from './quota.ts';
import type { CallSettings, Token } from './token.ts';
import { createToken, usualMaxAttempts } from './token.ts';

/** How long a flood pauses a token, and how many floods in a row use it up for an hour. */
const floodPause = 3 * 60_000;
const floodsInARow = 3;
const longFloodPause = 60 * 60_000;
/** So many calls without an answer in a row, and VK is taken to be down for a while. */
const outageCalls = 6;
const outagePause = 60_000;

/** Whether a method reads walls, which a key may be refused that may do all else. */
function isOfWalls(method: string): boolean {
  return method.startsWith('wall.');
}

export interface PoolSettings extends CallSettings {
  tokens: readonly string[];
  /** Calls of `wall.get` a day and token. */
  dailyQuota: number;
  quotas: QuotaStore;
  /** Tells the day of the quota. */
  clock: Clock;
}

function heldBack(): VkFailure {
  const cause = 'network: VK does not answer, calls are held back for a minute';
  return new VkFailure('passing', cause, { silent: true });
}

interface Block {
  until: number;
  failure: VkFailure;
}

interface Member {
  token: Token;
  leave: KeyLeave;
  /** A flood, until it is over. */
  flooded: Block | null;
  /** Methods whose quota is used up. */
  spent: Map<string, Block>;
  floods: number;
  /** Calls of the bounded method that are promised to a call under way. */
  pending: number;
}

/** Makes the pool; the tokens are those of `settings`, one vk-io instance each. */
export function createPool(settings: PoolSettings): Pool {
  const { clock, timer, log, quotas } = settings;
  const now = () => clock.now().getTime();
  const members: Member[] = settings.tokens.map((secret, index) => {
    const token = createToken(secret, settings);
    const keyLog = log.child({ token: token.fingerprint });
    const leave = createKeyLeave(`key ${index + 1} of VK_TOKENS`, keyLog, now);
    return { token, leave, flooded: null, spent: new Map(), floods: 0, pending: 0 };
  });
  let turn = 0;
  const outage = createBreaker<VkFailure>({
    now: () => timer.now().getTime(),
    inARow: outageCalls,
    isWaryAfterRest: true,
  });
  const stopped = () => new VkFailure('stopped', 'stopped');

  const memberOf = (token: Token) => members.find((each) => each.token === token);

  async function pick(method: string, { signal, walls = 0 }: PoolCallOptions): Promise<Token> {
    if (members.length === 0) {
      throw new VkFailure('dead_token', 'no token of VK is set: put a service key into VK_TOKENS');
    }
    for (;;) {
      if (signal?.aborted) throw stopped();
      for (let step = 0; step < members.length; step += 1) {
        const member = members[(turn + step) % members.length];
        if (member && (await promised(member, method, walls))) {
          turn += step + 1;
          return member.token;
        }
      }
      const waiting = members.find(
        ({ flooded, floods, leave }) => flooded && floods < floodsInARow && !leave.resting(now()),
      );
      if (!waiting) throw reasonOfAll(method);
      await pause(timer, floodPause, signal, stopped);
      waiting.flooded = null;
    }
  }

  /** Whether the token may serve; its calls are then promised, without a pause between looking and promising. */
  async function promised(member: Member, method: string, walls: number): Promise<boolean> {
    if (member.leave.resting(now())) return false;
    if (member.flooded && member.flooded.until > now()) return false;
    member.flooded = null;
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

  function spend(member: Member, method: string, failure: VkFailure): void {
    member.spent.set(method, { until: nextQuotaDay(clock.now()).getTime(), failure });
  }

  /** Why there is no token: used up comes first, since it passes by itself. */
  function reasonOfAll(method: string): VkFailure {
    const failures = members.flatMap(({ leave, flooded, spent }) => {
      return (leave.resting(now()) ?? flooded ?? spent.get(method))?.failure ?? [];
    });
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
        member.flooded = {
          until: now() + (member.floods < floodsInARow ? floodPause : longFloodPause),
          failure,
        };
        log.warn({ token: fingerprint, cause: failure.message }, 'VK says flood: pausing the token');
        return true;
      case 'dead_token':
      case 'human_needed':
      case 'disabled':
        member.leave.park(failure, isOfWalls(method));
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
    const down = outage.resting();
    if (down) {
      release(token, options.walls ?? 0);
      throw down.failure;
    }
    const count = async () => {
      const day = quotaDay(clock.now());
      await quotas.add(token.fingerprint, method, day, 1);
      if (options.walls && method !== boundedMethod) {
        await quotas.add(token.fingerprint, boundedMethod, day, options.walls);
      }
    };
    try {
      const { maxAttempts: tries = usualMaxAttempts, signal } = options;
      const answer = await token.call(method, params, { maxAttempts: tries, signal, onTry: count });
      outage.answered();
      if (member) member.floods = 0;
      // Whether a batch of walls went well, only its answers tell.
      if (method !== 'execute') member?.leave.well(isOfWalls(method));
      return answer;
    } catch (error) {
      if (!(error instanceof VkFailure)) throw error;
      if (error.kind === 'closed' || error.kind === 'gone') member?.leave.well(isOfWalls(method));
      // An error of VK's own is an answer.
      const isNone = (error.kind === 'passing' || error.kind === 'oversized') && error.code === null;
      if (!isNone) outage.answered();
      else if (outage.failed()) {
        outage.rest(outagePause, heldBack());
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

  async function retry(
    token: Token,
    method: string,
    params: object,
    options: PoolCallOptions,
  ): Promise<unknown> {
    await pause(timer, settings.backOff, options.signal, stopped);
    const member = memberOf(token);
    if (member) member.pending += options.walls ?? 0;
    return await by(token, method, params, options);
  }

  /** A wall may answer what a key is refused with: for one wall's sake no key is laid aside. */
  function isBlamed(token: Token, failure: VkFailure, method: string, options: PoolCallOptions): boolean {
    return !isOfWalls(method) || (memberOf(token)?.leave.blames(failure, options.isAlone ?? false) ?? false);
  }

  function release(token: Token, walls: number): void {
    const member = memberOf(token);
    if (member) member.pending -= walls;
  }

  function begin(): void {
    outage.answered();
    outage.endRest();
  }

  async function used(): Promise<number> {
    const day = quotaDay(clock.now());
    let calls = 0;
    for (const { token } of members) calls += await quotas.used(token.fingerprint, boundedMethod, day);
    return calls;
  }

  return {
    size: members.length,
    pick,
    release,
    by,
    retry,
    call: createCalls({ pick, by, retry, note }, isBlamed),
    note,
    well: (token) => memberOf(token)?.leave.well(true),
    retryParked: () => {
      for (const { leave } of members) leave.release();
    },
    parked: () => members.flatMap(({ leave }) => leave.told() ?? []),
    begin,
    used,
  };
}
