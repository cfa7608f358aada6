import type { OtherKind } from '#domain/vocabulary.ts';
import type { Resolution, UnresolvedPage } from '../../source.ts';
import { chunk } from '../kit/concurrency.ts';
import { mapped } from './answer.ts';
import { VkFailure, outcomeOf } from './errors.ts';
import type { Community } from './map-groups.ts';
import { mapCommunities, mapResolvedName } from './map-groups.ts';
import type { Pool } from './pool-type.ts';

/** Communities in one call of `groups.getById`. */
const communitiesPerCall = 500;

/** What is known of the communities asked for: found, left out by VK, or not learnt by a failure. */
export interface Profiles {
  found: Map<number, Community>;
  failures: Map<number, VkFailure>;
}

type Key = number | string;

/** What has a name and no wall of a community, by VK's word for it. */
const kinds: ReadonlyMap<string, OtherKind> = new Map([
  ['user', 'person'],
  ['application', 'application'],
  ['vk_app', 'application'],
  ['community_application', 'application'],
]);

/** How VK says that nobody has a name or id: "one of the parameters is invalid", "invalid user id". */
const nobodyHasIt: readonly number[] = [100, 113];

/**
 * Asks `groups.getById` for communities by id or by name, 500 a call. When VK refuses the whole call for one of them,
 * the call is split until the one is found. Never throws what is VK's.
 */
async function askCommunities(pool: Pool, keys: readonly Key[], signal?: AbortSignal) {
  const communities: Community[] = [];
  const failures = new Map<Key, VkFailure>();

  async function ask(batch: readonly Key[]): Promise<void> {
    try {
      const parameters = { group_ids: batch.join(','), fields: 'members_count' };
      const answer = await pool.call('groups.getById', parameters, { signal, answers: nobodyHasIt });
      communities.push(...mapped(() => mapCommunities(answer)));
    } catch (failure) {
      if (!(failure instanceof VkFailure)) throw failure;
      const one = ['gone', 'our_bug', 'our_batch', 'closed', 'oversized'].includes(failure.kind);
      if (one && batch.length > 1) {
        const middle = Math.ceil(batch.length / 2);
        await ask(batch.slice(0, middle));
        await ask(batch.slice(middle));
      } else for (const key of batch) failures.set(key, failure);
    }
  }

  for (const batch of chunk(keys, communitiesPerCall)) await ask(batch);
  return { communities, failures };
}

/** Looks communities up by their ids. */
export async function readProfiles(
  pool: Pool,
  ids: readonly number[],
  signal?: AbortSignal,
): Promise<Profiles> {
  const { communities, failures } = await askCommunities(pool, ids, signal);
  return {
    found: new Map(communities.map((community) => [community.nativeId, community])),
    failures: failures as Map<number, VkFailure>,
  };
}

/**
 * Finds the ids of pages known by name: all names in one call, and what it does not know singly by
 * `utils.resolveScreenName`, which also tells people and applications from communities.
 */
export async function* resolveNames(
  pool: Pool,
  pages: readonly UnresolvedPage[],
  signal?: AbortSignal,
): AsyncGenerator<Resolution> {
  const named = pages.flatMap(({ pageId, name }) =>
    name === null ? [] : [{ pageId, name: name.toLowerCase() }],
  );
  for (const { pageId, name, link } of pages) {
    if (name === null)
      yield { pageId, result: 'unresolved', is: null, cause: `the link ${link} names no community` };
  }
  const names = [...new Set(named.map(({ name }) => name))];
  const { communities } = await askCommunities(pool, names, signal);
  const byName = new Map(communities.flatMap((each) => (each.name ? [[each.name.toLowerCase(), each]] : [])));
  for (const { pageId, name } of named) {
    const found = byName.get(name);
    if (found)
      yield { pageId, result: 'found', nativeId: found.nativeId, name: found.name, title: found.title };
    else {
      const resolution = await resolveOne(pool, pageId, name, signal);
      if (resolution) yield resolution;
    }
  }
}

async function resolveOne(
  pool: Pool,
  pageId: number,
  name: string,
  signal?: AbortSignal,
): Promise<Resolution | null> {
  try {
    const answer = await pool.call(
      'utils.resolveScreenName',
      { screen_name: name },
      { signal, answers: nobodyHasIt },
    );
    const resolved = mapped(() => mapResolvedName(answer));
    if (resolved === null) return { pageId, result: 'not_found', cause: `vk: nobody has the name ${name}` };
    if ('community' in resolved) {
      return { pageId, result: 'found', nativeId: resolved.community, name, title: '' };
    }
    return {
      pageId,
      result: 'unresolved',
      is: kinds.get(resolved.other) ?? null,
      cause: `vk: ${name} is not a community but a ${resolved.other}`,
    };
  } catch (error) {
    if (!(error instanceof VkFailure)) throw error;
    if (error.kind === 'stopped') return null;
    if (error.kind === 'gone' || (error.code !== null && nobodyHasIt.includes(error.code))) {
      return { pageId, result: 'not_found', cause: error.message };
    }
    const { outcome } = outcomeOf(error);
    const failed = outcome === 'rate_limited' ? outcome : 'error';
    return { pageId, result: 'failed', outcome: failed, cause: error.message };
  }
}
