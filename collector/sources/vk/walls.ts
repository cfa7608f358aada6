import { BrokenAnswer, VkFailure, isOfKey } from './errors.ts';
import { isObject, wholeNumber } from './json.ts';
import type { Pool } from './pool-type.ts';
import { boundedMethod } from './quota.ts';
import type { Token } from './token.ts';
import { fewMaxAttempts, usualMaxAttempts } from './token.ts';

/** One wanted answer of `wall.get`. */
export interface WallCall {
  /** Native id of the community, positive. */
  groupId: number;
  offset: number;
  /** At most 100. */
  count: number;
}

/** VK's `response` for a call, unmapped, or why there is none. */
export type WallAnswer = { answer: unknown } | { failure: VkFailure };

/** Codes by which a token is told that it may not use `execute` at all. */
const executeRefusals = new Set([3, 7, 15, 20, 21, 23, 27, 28, 1051]);

function isExecuteRefused({ code }: VkFailure): boolean {
  return code !== null && executeRefusals.has(code);
}

/** Only the community's own posts are asked for: `filter=all` mixes visitors' posts in. */
function parametersOf(call: WallCall): Record<string, number | string> {
  return { owner_id: -call.groupId, offset: call.offset, count: call.count, filter: 'owner' };
}

function codeOf(calls: readonly WallCall[]): string {
  return `return [${calls.map((call) => `API.wall.get(${JSON.stringify(parametersOf(call))})`).join(',')}];`;
}

interface Options {
  signal?: AbortSignal | undefined;
  maxAttempts?: number;
  isAlone?: boolean;
}

const isRefusedKey = (answer: WallAnswer | null) =>
  answer !== null && 'failure' in answer && isOfKey(answer.failure);

/** The wall was read, or told that it may not be: the key is well. */
const isSpoken = (answer: WallAnswer | null) =>
  answer !== null &&
  (!('failure' in answer) || answer.failure.kind === 'closed' || answer.failure.kind === 'gone');

/** Whether all walls of a batch were refused alike, by what a key is refused with: what one answers is its own. */
function blamedOf(results: readonly (WallAnswer | null)[]): VkFailure | null {
  const failures = results.map((result) => (result && 'failure' in result ? result.failure : null));
  const [first] = failures;
  if (results.length < 2 || !first || !isOfKey(first)) return null;
  return failures.every((failure) => failure?.code === first.code) ? first : null;
}

/** Gets walls, packed by `execute` where the token may, else one by one. Never throws what is VK's. */
export interface WallReader {
  /** Answers in the order of the calls; `split` tells that the batch was too large and had to be halved. */
  read(calls: readonly WallCall[], signal?: AbortSignal): Promise<{ answers: WallAnswer[]; split: boolean }>;
}

export function createWallReader(pool: Pool): WallReader {
  async function callOne(call: WallCall, options: Options): Promise<WallAnswer> {
    try {
      return { answer: await pool.call(boundedMethod, parametersOf(call), options) };
    } catch (error) {
      if (error instanceof VkFailure) return { failure: error };
      throw error;
    }
  }

  async function callEach(calls: readonly WallCall[], options: Options): Promise<WallAnswer[]> {
    const answers: WallAnswer[] = [];
    for (const call of calls) answers.push(await callOne(call, options));
    // The first walls may have failed before their refusal was known to be the key's: another key may read them.
    const parked = pool.parked().length;
    if (parked > 0 && parked < pool.size) {
      for (const [index, call] of calls.entries()) {
        if (isRefusedKey(answers[index] ?? null)) answers[index] = await callOne(call, options);
      }
    }
    return answers;
  }

  async function read(calls: readonly WallCall[], signal?: AbortSignal) {
    let split = false;

    async function splitBatch(batch: readonly WallCall[]): Promise<WallAnswer[]> {
      split = true;
      const middle = Math.ceil(batch.length / 2);
      return [...(await executeBatch(batch.slice(0, middle))), ...(await executeBatch(batch.slice(middle)))];
    }

    async function executeBatch(batch: readonly WallCall[]): Promise<WallAnswer[]> {
      if (batch.length <= 1) return await callEach(batch, { signal, isAlone: calls.length === 1 });
      let token;
      try {
        token = await pool.pick(boundedMethod, { signal, walls: batch.length });
      } catch (error) {
        if (error instanceof VkFailure) return batch.map(() => ({ failure: error }));
        throw error;
      }
      if (token.mayExecute === false) {
        pool.release(token, batch.length);
        return await callEach(batch, { signal });
      }
      let results: (WallAnswer | null)[];
      try {
        results = await executed(batch, token);
        token.mayExecute = true;
      } catch (error) {
        if (error instanceof BrokenAnswer) return await callEachInstead(batch, token, true);
        if (!(error instanceof VkFailure)) throw error;
        if (error.kind === 'our_batch') return await splitBatch(batch);
        if (token.mayExecute === null && isExecuteRefused(error)) {
          token.mayExecute = false;
          return await executeBatch(batch);
        }
        // One page's answer may be what breaks the whole: then the others are still had.
        if (error.kind === 'oversized') return await callEachInstead(batch, token, false);
        if (error.kind === 'passing')
          return await callEachInstead(batch, token, error.code === null && !error.silent);
        if (pool.note(token, error, boundedMethod)) return await executeBatch(batch);
        return batch.map(() => ({ failure: error }));
      }
      return await retryFailed(batch, results, token);
    }

    /** The answer to a batch. What a key is refused with, for all walls, counts when it is said twice. */
    async function executed(batch: readonly WallCall[], token: Token): Promise<(WallAnswer | null)[]> {
      const options = { signal, maxAttempts: usualMaxAttempts, walls: batch.length };
      const ask = async (call: Pool['by']) => {
        const answer = await call(token, 'execute', { code: codeOf(batch) }, options);
        return pairResults(answer, batch.length).map((result) =>
          result && 'failure' in result ? { failure: token.masked(result.failure) } : result,
        );
      };
      try {
        const results = await ask(pool.by);
        if (!blamedOf(results)) return results;
      } catch (error) {
        const isTried = token.mayExecute === null && error instanceof VkFailure && isExecuteRefused(error);
        if (!(error instanceof VkFailure) || !isOfKey(error) || isTried) throw error;
      }
      return await ask(pool.retry);
    }

    /**
     * A whole batch failed: singly. Where that goes well for all, it was `execute` that this server does not have
     * (`unspoken`: its answer was none of VK's).
     */
    async function callEachInstead(
      batch: readonly WallCall[],
      token: Token,
      unspoken: boolean,
    ): Promise<WallAnswer[]> {
      const answers = await callEach(batch, { signal, maxAttempts: fewMaxAttempts });
      const well = answers.every((answer) => !('failure' in answer) || answer.failure.code !== null);
      if (unspoken && well && token.mayExecute === null) token.mayExecute = false;
      return answers;
    }

    /** What failed inside the batch by the token's or the moment's fault is asked for again. */
    async function retryFailed(
      batch: readonly WallCall[],
      results: (WallAnswer | null)[],
      token: Token,
    ): Promise<WallAnswer[]> {
      const blamed = blamedOf(results);
      if (blamed && pool.note(token, blamed, boundedMethod)) return await executeBatch(batch);
      if (results.some(isSpoken)) pool.well(token);
      const ofLimit: number[] = [];
      const ofMoment: number[] = [];
      results.forEach((result, index) => {
        const kind = result && 'failure' in result ? result.failure.kind : null;
        if (result === null || kind === 'passing' || kind === 'too_fast') ofMoment.push(index);
        else if (kind === 'quota' || kind === 'flood') ofLimit.push(index);
      });
      const repeat = async (indexes: number[], read: (calls: WallCall[]) => Promise<WallAnswer[]>) => {
        if (indexes.length === 0) return;
        const answers = await read(indexes.flatMap((index) => batch[index] ?? []));
        indexes.forEach((index, position) => (results[index] = answers[position] ?? null));
      };
      await repeat(ofLimit, (calls) => retryLimited(calls, batch, results, token));
      await repeat(ofMoment, (calls) => callEach(calls, { signal }));
      return results.map(
        (result) => result ?? { failure: new VkFailure('unknown', 'vk: no answer and no error') },
      );
    }

    /** A limit of the key's is believed when all walls, or one asked for by itself, tell of it. */
    async function retryLimited(
      refused: readonly WallCall[],
      batch: readonly WallCall[],
      results: readonly (WallAnswer | null)[],
      token: Token,
    ): Promise<WallAnswer[]> {
      const [first] = refused;
      if (!first) return [];
      const said = results.find((result) => result && 'failure' in result);
      let failure = refused.length === batch.length && said && 'failure' in said ? said.failure : null;
      if (!failure) {
        try {
          const answer = await pool.by(token, boundedMethod, parametersOf(first), { signal });
          return [{ answer }, ...(await executeBatch(refused.slice(1)))];
        } catch (error) {
          if (!(error instanceof VkFailure)) throw error;
          failure = error;
        }
      }
      if (pool.note(token, failure, boundedMethod)) return await executeBatch(refused);
      return [{ failure }, ...(await executeBatch(refused.slice(1)))];
    }

    return { answers: await executeBatch(calls), split };
  }

  return { read };
}

/**
 * Pairs each `false` of an `execute` answer with the next entry of its errors. `null`: `false` without an entry.
 * Throws `BrokenAnswer` when it is not a list of that length.
 */
export function pairResults(result: unknown, length: number): (WallAnswer | null)[] {
  const response = isObject(result) ? result.response : undefined;
  if (!Array.isArray(response) || response.length !== length) {
    throw new BrokenAnswer(`\`response\` of execute is not a list of ${length}`);
  }
  const errors = isObject(result) && Array.isArray(result.errors) ? [...(result.errors as unknown[])] : [];
  return response.map((answer: unknown) => {
    if (answer !== false) return { answer };
    const error = errors.shift();
    const code = error instanceof Error && 'code' in error ? wholeNumber(error.code, 0) : null;
    if (code === null || !(error instanceof Error)) return null;
    return { failure: VkFailure.fromCode(code, error.message.replace(/^Code №\d+ - /, '')) };
  });
}
