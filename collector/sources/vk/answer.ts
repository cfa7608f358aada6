import { BrokenAnswer, VkFailure } from './errors.ts';
import type { WallPage } from './map.ts';
import { mapWall } from './map.ts';
import type { WallAnswer } from './walls.ts';

/** What mapping threw, as the failure of this one page: a broken shape names the field. */
function failureOfMapping(error: unknown): VkFailure {
  if (error instanceof BrokenAnswer) return new VkFailure('unknown', `broken: ${error.message}`);
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new VkFailure('unknown', `broken: the answer could not be read (${words.slice(0, 200)})`);
}

/** What a pure mapping gives; whatever it throws becomes a `VkFailure`. */
export function mapped<Result>(map: () => Result): Result {
  try {
    return map();
  } catch (error) {
    throw failureOfMapping(error);
  }
}

/** An answer for the wall of a community mapped, or the failure it is. Never throws. */
export function pageOf(answer: WallAnswer | undefined, groupId: number, asked: number): WallPage | VkFailure {
  if (!answer) return new VkFailure('unknown', 'vk: no answer');
  if ('failure' in answer) return answer.failure;
  try {
    return mapWall(answer.answer, groupId, asked);
  } catch (error) {
    return failureOfMapping(error);
  }
}
