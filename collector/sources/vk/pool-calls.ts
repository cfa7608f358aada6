import { VkFailure, isOfKey } from './errors.ts';
import type { Pool, PoolCallOptions } from './pool-type.ts';
import { boundedMethod } from './quota.ts';
import type { Token } from './token.ts';

/** Whether a refusal may be taken for the key's, and not for what was asked for. */
type IsBlamed = (token: Token, failure: VkFailure, method: string, options: PoolCallOptions) => boolean;

/**
 * Calls by whichever token can, until one gives an answer or none is left. What a key is refused with counts when it is
 * said twice: once it may be of the moment.
 */
export function createCalls(
  { pick, by, retry, note }: Pick<Pool, 'pick' | 'by' | 'retry' | 'note'>,
  isBlamed: IsBlamed,
): Pool['call'] {
  /** An answer, or the failure that is the token's. Throws one that is not. */
  async function ask(token: Token, method: string, params: object, options: PoolCallOptions) {
    try {
      return { answer: await by(token, method, params, options) };
    } catch (error) {
      if (!(error instanceof VkFailure)) throw error;
      if (!isOfKey(error)) return { failure: error };
      if (!isBlamed(token, error, method, options)) throw error;
    }
    try {
      return { answer: await retry(token, method, params, options) };
    } catch (error) {
      if (!(error instanceof VkFailure)) throw error;
      return { failure: error };
    }
  }

  return async (method, params, options) => {
    const counted = { ...options, walls: method === boundedMethod ? 1 : 0 };
    for (;;) {
      const token = await pick(method, counted);
      const said = await ask(token, method, params, counted);
      if ('answer' in said) return said.answer;
      if (!note(token, said.failure, method)) throw said.failure;
    }
  };
}
