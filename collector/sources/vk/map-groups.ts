import type { PageState } from '#domain/vocabulary.ts';
import { boundedText } from '../kit/bounded-text.ts';
import { saidCount } from '../kit/said-count.ts';
import { BrokenAnswer } from './errors.ts';
import { describe, isObject, wholeNumber } from './json.ts';

/** A community as `groups.getById` shows it. */
export interface Community {
  /** Positive. */
  nativeId: number;
  /** Screen name, `null` when not said. */
  name: string | null;
  title: string;
  /** `members_count` as it is said: absent when not asked for, banned or private. */
  subscribers: number | null;
  /** What `deactivated` says; `null` when the community is alive. */
  deactivated: Extract<PageState, 'deleted' | 'blocked'> | null;
}

/**
 * Maps the `response` of `groups.getById` (`{groups}` since 5.139, a bare list before). Pure. Entries without an id are
 * left out, as VK leaves out what it does not know. Throws `BrokenAnswer` when there is no list.
 */
export function mapCommunities(response: unknown): Community[] {
  const list = isObject(response) ? response.groups : response;
  if (!Array.isArray(list)) {
    throw new BrokenAnswer(`\`groups\` of groups.getById is ${describe(list)}, a list is wanted`);
  }
  return list.filter(isObject).flatMap((group) => {
    const nativeId = wholeNumber(group.id, 1);
    if (nativeId === null) return [];
    const dead = typeof group.deactivated === 'string' && group.deactivated !== '';
    return [
      {
        nativeId,
        name: typeof group.screen_name === 'string' && group.screen_name !== '' ? group.screen_name : null,
        title: typeof group.name === 'string' ? boundedText(group.name) : '',
        subscribers: saidCount(group.members_count),
        deactivated: dead ? (group.deactivated === 'deleted' ? 'deleted' : 'blocked') : null,
      },
    ];
  });
}

/** What `utils.resolveScreenName` found: a community's id, somebody or something else, or nothing. */
export type ResolvedName = { community: number } | { other: string } | null;

function describeType(type: unknown): string {
  return typeof type === 'string' ? type.slice(0, 50) : describe(type);
}

/** Maps the `response` of `utils.resolveScreenName` (an empty list when nobody has the name). Pure. */
export function mapResolvedName(response: unknown): ResolvedName {
  if (Array.isArray(response) && response.length === 0) return null;
  if (!isObject(response)) {
    throw new BrokenAnswer(
      `the answer to utils.resolveScreenName is ${describe(response)}, an object is wanted`,
    );
  }
  const { type } = response;
  if (type === undefined && response.object_id === undefined) return null;
  if (type !== 'group' && type !== 'page' && type !== 'event') return { other: describeType(type) };
  const community = wholeNumber(response.object_id, 1) ?? wholeNumber(response.group_id, 1);
  if (community === null) {
    throw new BrokenAnswer(`\`object_id\` of utils.resolveScreenName is ${describe(response.object_id)}`);
  }
  return { community };
}
