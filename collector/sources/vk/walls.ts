import { BrokenAnswer, VkFailure } from './errors.ts';
import { isObject, wholeNumber } from './map.ts';
import type { Pool } from './pool.ts';
import { boundedMethod } from './pool.ts';
import type { Token } from './token.ts';
import { brief, patient } from './token.ts';

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
const executeRefusals = new Set([3, 7, 15, 20, 21, 23, 27, 28]);

/** Only the community's own posts are asked for: `filter=all` mixes visitors' posts in. */
function parametersOf(call: WallCall): Record<string, number | string> {
  return { owner_id: -call.groupId, offset: call.offset, count: call.count, filter: 'owner' };
}

function codeOf(calls: readonly WallCall[]): string {
  return `return [${calls.map((call) => `API.wall.get(${JSON.stringify(parametersOf(call))})`).join(',')}];`;
}

interface Options {
  signal?: AbortSignal | undefined;
  tries?: number;
}

/** Gets walls, packed by `execute` where the token may, else one by one. Never throws what is VK's. */
export interface WallReader {
  /** Answers in the order of the calls; `split` tells that the batch was too large and had to be halved. */
  read(calls: readonly WallCall[], signal?: AbortSignal): Promise<{ answers: WallAnswer[]; split: boolean }>;
}

export function createWallReader(pool: Pool): WallReader {
  async function single(call: WallCall, options: Options): Promise<WallAnswer> {
    try {
      return { answer: await pool.call(boundedMethod, parametersOf(call), options) };
    } catch (error) {
      if (error instanceof VkFailure) return { failure: error };
      throw error;
    }
  }

  async function singles(calls: readonly WallCall[], options: Options): Promise<WallAnswer[]> {
    const answers: WallAnswer[] = [];
    for (const call of calls) answers.push(await single(call, options));
    return answers;
  }

  async function read(calls: readonly WallCall[], signal?: AbortSignal) {
    let split = false;

    async function halves(batch: readonly WallCall[]): Promise<WallAnswer[]> {
      split = true;
      const middle = Math.ceil(batch.length / 2);
      return [...(await packed(batch.slice(0, middle))), ...(await packed(batch.slice(middle)))];
    }

    async function packed(batch: readonly WallCall[]): Promise<WallAnswer[]> {
      if (batch.length <= 1) return await singles(batch, { signal });
      let token;
      try {
        token = await pool.pick(boundedMethod, { signal, walls: batch.length });
      } catch (error) {
        if (error instanceof VkFailure) return batch.map(() => ({ failure: error }));
        throw error;
      }
      if (token.mayExecute === false) {
        pool.release(token, batch.length);
        return await singles(batch, { signal });
      }
      let results: (WallAnswer | null)[];
      try {
        const options = { signal, tries: patient, walls: batch.length };
        results = pairResults(
          await pool.by(token, 'execute', { code: codeOf(batch) }, options),
          batch.length,
        );
        token.mayExecute = true;
      } catch (error) {
        if (error instanceof BrokenAnswer) return await instead(batch, token, true);
        if (!(error instanceof VkFailure)) throw error;
        if (error.kind === 'our_batch') return await halves(batch);
        if (token.mayExecute === null && error.code !== null && executeRefusals.has(error.code)) {
          token.mayExecute = false;
          return await packed(batch);
        }
        // One page's answer may be what breaks the whole: then the others are still had.
        if (error.kind === 'passing')
          return await instead(batch, token, error.code === null && !error.silent);
        if (pool.note(token, error, boundedMethod)) return await packed(batch);
        return batch.map(() => ({ failure: error }));
      }
      return await again(batch, results, token);
    }

    /**
     * A whole batch failed: singly. Where that goes well for all, it was `execute` that this server does not have
     * (`unspoken`: its answer was none of VK's).
     */
    async function instead(
      batch: readonly WallCall[],
      token: Token,
      unspoken: boolean,
    ): Promise<WallAnswer[]> {
      const answers = await singles(batch, { signal, tries: brief });
      const well = answers.every((answer) => !('failure' in answer) || answer.failure.code !== null);
      if (unspoken && well && token.mayExecute === null) token.mayExecute = false;
      return answers;
    }

    /** What failed inside the batch by the token's or the moment's fault is asked for again. */
    async function again(
      batch: readonly WallCall[],
      results: (WallAnswer | null)[],
      token: Token,
    ): Promise<WallAnswer[]> {
      const ofToken: number[] = [];
      const ofMoment: number[] = [];
      const kindsNoted = new Set<string>();
      results.forEach((result, index) => {
        if (result === null) ofMoment.push(index);
        else if ('failure' in result) {
          const { kind } = result.failure;
          if (kind === 'passing' || kind === 'too_fast') ofMoment.push(index);
          else if (kindsNoted.has(kind) || pool.note(token, result.failure, boundedMethod)) {
            kindsNoted.add(kind);
            ofToken.push(index);
          }
        }
      });
      const repeat = async (indexes: number[], read: (calls: WallCall[]) => Promise<WallAnswer[]>) => {
        if (indexes.length === 0) return;
        const answers = await read(indexes.flatMap((index) => batch[index] ?? []));
        indexes.forEach((index, position) => (results[index] = answers[position] ?? null));
      };
      await repeat(ofToken, packed);
      await repeat(ofMoment, (calls) => singles(calls, { signal }));
      return results.map(
        (result) => result ?? { failure: new VkFailure('unknown', 'vk: no answer and no error') },
      );
    }

    return { answers: await packed(calls), split };
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
