import { afterEach, describe, expect, test } from 'vitest';
import type { Look } from '#collector/source.ts';
import type { ScriptedAnswer } from '../helpers/scripted-vk.ts';
import { refusal } from '../helpers/scripted-vk.ts';
import {
  closeSource,
  hours,
  looksOf,
  methods,
  outcomes,
  requestsFor,
  sourceOf,
  wallOf,
  well,
} from '../helpers/vk-source.ts';

afterEach(async () => {
  expect(await closeSource()).toEqual([]);
});

describe('pages', () => {
  test('deleted and blocked ones cost no call of the wall', async () => {
    const { source, calls } = await sourceOf((call) => {
      if (call.method !== 'groups.getById') return well()(call);
      return {
        response: {
          groups: [
            { id: 1, deactivated: 'banned' },
            { id: 2, deactivated: 'deleted' },
          ],
        },
      };
    });
    const looks = await looksOf(source, requestsFor(2));
    expect([looks.get(1)?.state, looks.get(2)?.state]).toEqual(['blocked', 'deleted']);
    expect(outcomes(looks)).toEqual(['gone', 'gone']);
    expect(methods(calls)).toEqual(['groups.getById']);
  });

  test.each([
    [null, 'the answer to wall.get is null'],
    [{ count: 4 }, '`items` of wall.get is missing'],
    [{ count: 4, items: [{ id: 1 }] }, 'no_date'],
  ])('an answer of another shape (%j) is an error that names the field', async (answer, cause) => {
    const { source } = await sourceOf(
      well((owner, ...of) => (owner === -2 ? answer : wallOf(owner, 3, ...of))),
    );
    const looks = await looksOf(source, requestsFor(3));
    expect(outcomes(looks)).toEqual(['ok', 'error', 'ok']);
    expect(looks.get(2)?.cause).toContain(cause);
  });

  test('an empty wall is empty; members that cannot be had leave the posts', async () => {
    const { source } = await sourceOf((call) => {
      if (call.method === 'groups.getById') return refusal(100);
      return well((owner, ...of) => wallOf(owner, owner === -1 ? 0 : 3, ...of))(call);
    });
    const looks = await looksOf(source, requestsFor(2));
    expect(outcomes(looks)).toEqual(['empty', 'ok']);
    expect(looks.get(2)).toMatchObject({ profile: null, posts: [{}, {}, {}] });
  });

  test('one bad id does not take the members of the others', async () => {
    const { source } = await sourceOf((call) => {
      const bad =
        call.method === 'groups.getById' && (call.parameters.group_ids ?? '').split(',').includes('3');
      return bad ? refusal(125, 'Invalid group id') : well()(call);
    });
    const looks = await looksOf(source, requestsFor(4));
    expect([...looks.values()].map(({ profile }) => profile?.subscribers ?? null)).toEqual([
      10,
      20,
      null,
      40,
    ]);
  });
});

describe('the past', () => {
  test('a gap since the last look is paged through, and the window is the first answer’s', async () => {
    const { source } = await sourceOf(well((owner, ...of) => wallOf(owner, 400, ...of)));
    const look = (await looksOf(source, requestsFor(1, { since: hours(150) }))).get(1);
    expect(look?.posts.length).toBeGreaterThanOrEqual(150);
    expect(look?.posts.length).toBeLessThan(250);
    expect(look?.window?.ids).toHaveLength(20);
  });

  test('a gap that cannot be paged through is an error with what was found', async () => {
    const { source } = await sourceOf((call) => {
      return Number(call.parameters.offset) > 0
        ? refusal(1)
        : well((owner, ...of) => wallOf(owner, 400, ...of))(call);
    });
    const look = (await looksOf(source, requestsFor(1, { since: hours(150) }))).get(1);
    expect(look).toMatchObject({ outcome: 'error', window: null, cause: 'vk:1 error 1' });
    expect(look?.posts).toHaveLength(20);
  });

  test('histories of several pages are packed, overlap, and end at the wanted instant', async () => {
    const { source, calls } = await sourceOf(well((owner, ...of) => wallOf(owner, 700, ...of)));
    const ids = new Map<number, Set<number>>();
    const reached = new Set<number>();
    const requests = requestsFor(3).map(({ pageId, nativeId }) => ({
      pageId,
      nativeId,
      name: null,
      from: hours(330),
      place: null,
    }));
    for await (const chunk of source.history(requests)) {
      const seen = ids.get(chunk.pageId) ?? new Set<number>();
      for (const { postId } of chunk.posts) seen.add(postId);
      ids.set(chunk.pageId, seen);
      if (chunk.reached) reached.add(chunk.pageId);
    }
    expect(reached.size).toBe(3);
    for (const seen of ids.values()) expect(seen.size).toBe(330);
    // Four to the wanted instant, and one beyond, by which it is known that the fourth left nothing out.
    expect(methods(calls)).toEqual(Array(5).fill('execute'));
  });

  test('a history goes on from its place, a little earlier, and ends with the wall', async () => {
    const { source, calls } = await sourceOf(well((owner, ...of) => wallOf(owner, 250, ...of)));
    const place = { id: 140, published: hours(111), offset: 110 };
    const chunks = [];
    for await (const chunk of source.history([
      { pageId: 1, nativeId: 1, name: null, from: hours(9999), place },
    ])) {
      chunks.push(chunk);
    }
    expect(calls.map(({ parameters }) => Number(parameters.offset))).toEqual([90, 185]);
    expect(chunks[0]?.place).toEqual({ id: 61, published: hours(190), offset: 189 });
    expect(chunks.at(-1)).toMatchObject({ reached: 'proven', oldest: hours(250) });
  });

  test('a failure ends a page’s history with its cause and keeps the place', async () => {
    const { source } = await sourceOf(() => refusal(15, 'Access denied'));
    const place = { id: 7, published: hours(3), offset: 60 };
    const chunks = [];
    for await (const chunk of source.history([{ pageId: 1, nativeId: 1, name: null, from: hours(9), place }]))
      chunks.push(chunk);
    expect(chunks).toMatchObject([{ place, reached: null, cause: 'vk:15 Access denied', posts: [] }]);
  });
});

describe('names', () => {
  const page = (pageId: number, name: string | null) => ({ pageId, name, link: `https://vk.com/${name}` });

  test('are found in one call, and what is no community singly', async () => {
    const answers: Record<string, ScriptedAnswer> = {
      renamed: { response: { type: 'group', object_id: 9.0 } },
      ivan: { response: { type: 'user', object_id: 1 } },
      game: { response: { type: 'vk_app', object_id: 1 } },
      nobody: { response: [] },
      gone: refusal(104, 'Not found'),
      odd: { response: null },
      later: refusal(1),
    };
    const { source, calls } = await sourceOf((call) => {
      if (call.method === 'groups.getById') {
        return { response: { groups: [{ id: 5, screen_name: 'Union', name: 'Профсоюз' }] } };
      }
      return answers[call.parameters.screen_name ?? ''] ?? refusal(100);
    });
    const found = new Map();
    const names = ['union', ...Object.keys(answers), null];
    for await (const each of source.resolve(names.map((name, index) => page(index, name))))
      found.set(each.pageId, each);
    expect([...names.keys()].map((index) => found.get(index))).toMatchObject([
      { result: 'found', nativeId: 5, title: 'Профсоюз', name: 'Union' },
      { result: 'found', nativeId: 9 },
      { result: 'unresolved', is: 'person', cause: 'vk: ivan is not a community but a user' },
      { result: 'unresolved', is: 'application', cause: 'vk: game is not a community but a vk_app' },
      { result: 'not_found', cause: 'vk: nobody has the name nobody' },
      { result: 'not_found', cause: 'vk:104 Not found' },
      { result: 'failed', outcome: 'error' },
      { result: 'failed', outcome: 'error', cause: 'vk:1 error 1' },
      { result: 'unresolved' },
    ]);
    expect(methods(calls).filter((method) => method === 'groups.getById')).toHaveLength(1);
  });

  test('that VK refuses are nobody’s, and no defect of ours', async () => {
    const { source, log } = await sourceOf(() => refusal(100, 'group_ids is undefined'));
    const found = [];
    for await (const each of source.resolve([page(1, 'nobody_has_this')])) found.push(each);
    expect(found).toMatchObject([{ pageId: 1, result: 'not_found' }]);
    expect(log.map(({ msg }) => msg).join()).not.toContain('defect');
  });
});

test('a run that is stopped asks for nothing more', async () => {
  const stop = new AbortController();
  const { source, calls } = await sourceOf(well());
  const looks: Look[] = [];
  for await (const look of source.look(requestsFor(200), stop.signal)) {
    looks.push(look);
    stop.abort();
  }
  expect(looks.length).toBeLessThanOrEqual(25);
  expect(methods(calls)).toEqual(['groups.getById', 'execute']);
});
