import type { Clock } from '#domain/clock.ts';
import type { Confirmation, ConfirmRequest, ObservedPost } from '../../source.ts';
import { chunk } from '../kit/concurrency.ts';
import { mapped } from './answer.ts';
import { BrokenAnswer, VkFailure } from './errors.ts';
import { describe, isObject, wholeNumber } from './json.ts';
import { mapItem } from './map-post.ts';
import type { Pool } from './pool-type.ts';

/** Posts in one call of `wall.getById`. */
export const postsPerConfirm = 100;

/** What one answer tells of the posts asked for. */
interface Told {
  there: number[];
  gone: number[];
  posts: ObservedPost[];
  /** Ids that were answered, but not by a post. */
  odd: number;
}

/**
 * Maps the `response` of `wall.getById` (`{items}` since 5.139, a bare list before) for posts of the community `groupId`
 * (positive). Pure. Absence means something only in an answer that is sound: throws `BrokenAnswer` when there is no list,
 * or when it holds anything but posts of this wall that were asked for.
 */
export function mapById(response: unknown, groupId: number, ids: readonly number[]): Told {
  const items: unknown = isObject(response) ? response.items : response;
  if (!Array.isArray(items)) {
    throw new BrokenAnswer(`\`items\` of wall.getById is ${describe(items)}, a list is wanted`);
  }
  const asked = new Set(ids);
  const told: Told = { there: [], gone: [], posts: [], odd: 0 };
  const answered = new Set<number>();
  for (const item of items as unknown[]) {
    const id = isObject(item) ? wholeNumber(item.id, 1) : null;
    if (!isObject(item) || id === null || item.owner_id !== -groupId || !asked.has(id)) {
      throw new BrokenAnswer('wall.getById answers what was not asked for');
    }
    if (answered.has(id)) continue;
    answered.add(id);
    const read = mapItem(item, -groupId);
    if ('removed' in read || ('post' in read && read.post.removed)) told.gone.push(id);
    else if ('post' in read) {
      told.there.push(id);
      told.posts.push(read.post);
    } else told.odd += 1;
  }
  told.gone.push(...ids.filter((id) => !answered.has(id)));
  return told;
}

async function ask(
  pool: Pool,
  groupId: number,
  ids: readonly number[],
  signal: AbortSignal | undefined,
): Promise<Told | VkFailure> {
  try {
    const posts = ids.map((id) => `-${groupId}_${id}`).join(',');
    const answer = await pool.call('wall.getById', { posts }, { signal });
    return mapped(() => mapById(answer, groupId, ids));
  } catch (error) {
    if (error instanceof VkFailure) return error;
    throw error;
  }
}

/** Asks `wall.getById` what became of posts. See `Source`. Never throws what is VK's. */
export async function confirmPosts(
  { pool, clock }: { pool: Pool; clock: Clock },
  { nativeId, ids }: ConfirmRequest,
  signal?: AbortSignal,
): Promise<Confirmation> {
  const there: number[] = [];
  const gone: number[] = [];
  const posts: ObservedPost[] = [];
  let cause = '';
  for (const batch of chunk([...new Set(ids)], postsPerConfirm)) {
    const told = await ask(pool, nativeId, batch, signal);
    if (told instanceof VkFailure) {
      cause ||= told.message;
      if (told.kind === 'stopped') break;
      continue;
    }
    there.push(...told.there);
    gone.push(...told.gone);
    posts.push(...told.posts);
    if (told.odd > 0) cause ||= 'vk: some were answered by what is no post';
  }
  return { observed: clock.now(), there, gone, posts, cause };
}
