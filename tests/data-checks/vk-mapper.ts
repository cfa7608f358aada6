import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { FailureKind } from '#collector/sources/vk/errors.ts';
import { VkFailure, classifyCode, outcomeOf } from '#collector/sources/vk/errors.ts';
import { mapCommunities, mapResolvedName } from '#collector/sources/vk/map-groups.ts';
import { mapWall } from '#collector/sources/vk/map.ts';
import { pairResults } from '#collector/sources/vk/walls.ts';
import { ExecuteError } from 'vk-io';
import type { DataCheck } from './data-check.ts';

type Json = Record<string, unknown>;

/** What each class must hold at least: the table of the design. */
const table: Partial<Record<FailureKind, readonly number[]>> = {
  passing: [1, 10, 36],
  too_fast: [6],
  flood: [9],
  quota: [29],
  dead_token: [5, 27, 28, 1051, 1114, 1116, 1117, 3609, 3610],
  human_needed: [14, 17, 24, 25, 3300, 3301, 3302, 3303, 3304],
  disabled: [2, 11, 38, 42, 43],
  our_batch: [12, 13],
  closed: [7, 15, 30, 203, 210],
  gone: [18, 19, 37, 40, 104, 125],
  our_bug: [3, 8, 23, 34, 100, 113],
};

/** Maps VK's real answers, and runs every error code of its official schema through the classes. */
export async function checkData(folder: string): Promise<DataCheck[]> {
  const checks: DataCheck[] = [];
  const check = (name: string, test: () => string | null) => {
    try {
      checks.push({ name, problem: test() });
    } catch (error) {
      checks.push({ name, problem: error instanceof Error ? error.message : String(error) });
    }
  };
  const equal = (got: unknown, wanted: unknown) => {
    const [one, other] = [JSON.stringify(got), JSON.stringify(wanted)];
    return one === other ? null : `got ${one}, wanted ${other}`;
  };
  const capture = async (file: string) =>
    JSON.parse(await readFile(path.join(folder, 'vk-captures', file), 'utf8')) as Json;

  const wall = await capture('wall_get__group_wall_2025.json');
  check('a real wall: every item is mapped, none of them by the community', () => {
    const page = mapWall(wall.response, 33438842, 5);
    const seen = page.posts.map(({ postId, placement, kind }) => [postId, placement, kind]);
    return (
      equal(
        seen,
        [868, 867, 866, 865, 864].map((id) => [id, 'visitor', 'original']),
      ) ?? equal(page.dropped, {})
    );
  });
  check('a real wall: views nobody said are unknown, likes of nobody are 0', () => {
    const post = mapWall(wall.response, 33438842, 5).posts[0];
    return equal(post?.counters, { views: null, likes: 0, comments: 8, reposts: 1 });
  });
  check('a real wall: an edit is an instant in UTC', () => {
    const post = mapWall(wall.response, 33438842, 5).posts.find(({ postId }) => postId === 865);
    return equal([post?.published, post?.edited], ['2025-01-04T13:29:25.000Z', '2025-01-04T13:30:17.000Z']);
  });

  const repost = await capture('wall_post__repost_of_reply.json');
  check('a real repost of a reply: its own counters, the source of its first entry', () => {
    const owner = repost.owner_id ?? repost.from_id;
    const item = { ...repost, owner_id: owner };
    const page = mapWall({ count: 1, items: [item] }, -(owner as number), 20);
    const post = page.posts[0];
    return (
      equal([post?.kind, post?.sourceOwner, post?.sourcePost], ['repost', -72028042, 4742]) ??
      equal(post?.text, '') ??
      (post?.sourceText.startsWith('Светлая память') ? null : `its source says "${post?.sourceText}"`) ??
      equal(post?.counters.likes, (repost.likes as Json).count)
    );
  });

  const groups = await capture('groups_getById_2025.json');
  check('a real community: members that were not asked for are unknown', () => {
    return equal(mapCommunities(groups.response), [
      {
        nativeId: 33438842,
        name: 'vladimirskilager29760',
        title: 'ВЧ Владимиркий лагерь 29760 (армия)',
        subscribers: null,
        deactivated: null,
      },
    ]);
  });

  const resolved = await capture('utils_resolveScreenName_group.json');
  check('a real resolved name: 10639516.0 is an id', () => {
    return equal(mapResolvedName(resolved.response), { community: 10639516 });
  });

  const executed = await capture('execute_errors.json');
  check('real errors of execute: each false gets the next entry', () => {
    const errors = (executed.execute_errors as ConstructorParameters<typeof ExecuteError>[0][]).map(
      (entry) => new ExecuteError(entry),
    );
    const results = pairResults({ response: [false, { count: 0, items: [] }, false, false], errors }, 4);
    const codes = results.map((result) => (result && 'failure' in result ? result.failure.code : null));
    return equal(codes, [1, null, 935, 15]);
  });

  const files = await readdir(path.join(folder, 'vk-captures'));
  for (const file of files.filter((name) => /^error_\d+\.json$/.test(name))) {
    const { error } = (await capture(file)) as { error: { error_code: number; error_msg: string } };
    check(`${file}: an outcome with a cause, and no token in it`, () => {
      const failure = VkFailure.fromCode(error.error_code, error.error_msg);
      const { outcome } = outcomeOf(failure);
      if (!['closed', 'gone', 'rate_limited', 'error'].includes(outcome)) return `the outcome is ${outcome}`;
      return failure.message.startsWith(`vk:${error.error_code} ${error.error_msg}`)
        ? null
        : `the cause is "${failure.message}"`;
    });
  }

  const official = JSON.parse(await readFile(path.join(folder, 'vk-schema', 'errors.json'), 'utf8')) as {
    errors: Record<string, { code: number; description: string }>;
  };
  for (const [name, { code, description }] of Object.entries(official.errors)) {
    check(`error ${code} (${name}) has an outcome`, () => {
      const { outcome, state } = outcomeOf(VkFailure.fromCode(code, description));
      const stateful = outcome === 'closed' || outcome === 'gone';
      return stateful === (state !== null) ? null : `outcome ${outcome} with state ${state}`;
    });
  }
  for (const [kind, list] of Object.entries(table)) {
    for (const code of list) {
      check(`error ${code} is ${kind}`, () => equal(classifyCode(code), kind));
    }
  }
  return checks;
}
