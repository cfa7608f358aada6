import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer, type Wall } from './test-server.ts';

let testServer: TestServer;

beforeAll(async () => {
  testServer = await startTestServer();
});

afterEach(() => {
  testServer.faults.clear();
});

afterAll(async () => {
  await testServer.server.close();
});

const day = 86_400;
const idsOf = ({ items }: Wall): unknown[] => items.map(({ id }) => id);

/** The wall of page 1 from an offset, sound and spoilt. */
async function both(rule: object, offset = 0): Promise<[Wall, Wall]> {
  const parameters = { owner_id: -1, filter: 'owner', offset };
  const sound = await testServer.wall(parameters);
  testServer.faults.add({ kind: 'odd-posts', method: 'wall.get', times: 1, ...rule });
  return [sound, await testServer.wall(parameters)];
}

describe('posts that contradict their wall', () => {
  it('are none, with a count of 0 or the right one', async () => {
    const [sound, zero] = await both({ odd: 'zero' });
    expect([sound.count > 3, zero]).toEqual([true, { count: 0, items: [] }]);
    const [{ count }, hidden] = await both({ odd: 'hidden' });
    expect(hidden).toEqual({ count, items: [] });
  });

  it('are cut to the newest, and so is the count', async () => {
    const [sound, cut] = await both({ odd: 'cut', newest: 3 });
    expect(cut).toEqual({ count: 3, items: sound.items.slice(0, 3) });
    const [, behind] = await both({ odd: 'cut', newest: 3 }, 3);
    expect(behind).toEqual({ count: 3, items: [] });
  });

  it('are those of another offset', async () => {
    const [sound, other] = await both({ odd: 'other-offset', offset: 2 });
    expect(idsOf(other)).toEqual(idsOf(sound).slice(2));
  });

  it('are another wall’s, no posts, or of later days', async () => {
    const [sound, foreign] = await both({ odd: 'other-wall' });
    expect(idsOf(foreign)).toEqual(idsOf(sound));
    expect(foreign.items.some(({ owner_id }) => owner_id === -1)).toBe(false);
    const [, halved] = await both({ odd: 'every-second' });
    expect(halved.items.map((item) => 'date' in item)).toEqual(
      sound.items.map((_, index) => index % 2 === 1),
    );
    const [, later] = await both({ odd: 'later', days: 2 });
    expect(later.items.map(({ date }) => Number(date) - 2 * day)).toEqual(
      sound.items.map(({ date }) => Number(date)),
    );
  });

  it('are so when asked for by their ids too, and inside execute', async () => {
    testServer.faults.add({ kind: 'odd-posts', odd: 'hidden', method: 'wall.getById', page: 1 });
    expect((await testServer.call('wall.getById', { posts: '-1_2,-1_5' })).response).toEqual({ items: [] });
    testServer.faults.clear();
    testServer.faults.add({ kind: 'odd-posts', odd: 'zero', page: 6 });
    const code = 'return [API.wall.get({"owner_id":-1}),API.wall.get({"owner_id":-6})];';
    const walls = (await testServer.call('execute', { code })).response as Wall[];
    expect(walls.map(({ items }) => items.length > 0)).toEqual([true, false]);
  });

  it('are no matter of other methods', async () => {
    testServer.faults.add({ kind: 'odd-posts', odd: 'zero' });
    const answer = await testServer.call('groups.getById', { group_ids: 1 });
    expect(answer.response).toMatchObject({ groups: [{ id: 1 }] });
  });
});
