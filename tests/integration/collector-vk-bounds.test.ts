import { afterEach, describe, expect, test } from 'vitest';
import type { ScriptedAnswer, ScriptedVk } from '../helpers/scripted-vk.ts';
import { serveScript } from '../helpers/scripted-vk.ts';
import {
  chunksOf,
  closeSource,
  looksOf,
  methods,
  now,
  outcomes,
  requestsFor,
  sourceOf,
  wallOf,
  well,
} from '../helpers/vk-source.ts';

let other: ScriptedVk | null = null;

afterEach(async () => {
  await other?.close();
  other = null;
  expect(await closeSource()).toEqual([]);
});

describe('a redirect', () => {
  test.each([301, 302, 303, 307, 308])(
    'of the API (%i) is an error that says to where, and no key goes there',
    async (status) => {
      other = await serveScript(well());
      const location = `${other.url}/groups.getById`;
      const { source, calls } = await sourceOf(() => ({ raw: '', status, headers: { location } }));
      const looks = await looksOf(source, requestsFor(3));
      expect(outcomes(looks)).toEqual(['error', 'error', 'error']);
      expect(looks.get(1)?.cause).toContain(`redirects to ${new URL(other.url).origin} (HTTP ${status})`);
      expect(looks.get(1)?.cause).toContain('VK_API_URL');
      expect([calls.length, other.calls, other.unexpected]).toEqual([1, [], []]);
    },
  );

  test('of walls alone, or to nowhere, is one too', async () => {
    const { source } = await sourceOf((call) =>
      call.method === 'groups.getById' ? well()(call) : { raw: '', status: 307 },
    );
    const looks = await looksOf(source, requestsFor(3));
    expect(outcomes(looks)).toEqual(['error', 'error', 'error']);
    expect(looks.get(1)?.cause).toContain('redirects to an address it does not name');
  });
});

describe('an answer without bounds', () => {
  const large = JSON.stringify({ response: { count: 3, items: [], padding: 'x'.repeat(17_000_000) } });

  test.each<[string, ScriptedAnswer]>([
    ['that never ends', 'endless'],
    ['that is larger than any of VK’s', { raw: large }],
  ])('%s is an error that names it, and takes no other page with it', async (_, answer) => {
    const { source, calls } = await sourceOf((call) =>
      JSON.stringify(call.parameters).includes('-2') ? answer : well()(call),
    );
    const looks = await looksOf(source, requestsFor(3));
    expect(outcomes(looks)).toEqual(['ok', 'error', 'ok']);
    expect(looks.get(2)?.cause).toBe('network: wall.get: the answer is larger than 16 MB');
    // In the batch, and by itself; not again and again.
    expect(methods(calls)).toEqual(['groups.getById', 'execute', 'wall.get', 'wall.get', 'wall.get']);
  });

  test('costs no more memory than its bound', async () => {
    const { source } = await sourceOf(() => 'endless');
    const before = process.memoryUsage().rss;
    expect(outcomes(await looksOf(source, requestsFor(2)))).toEqual(['error', 'error']);
    expect(process.memoryUsage().rss - before).toBeLessThan(400_000_000);
  });

  test('that trickles is ended by the deadline', async () => {
    const { source } = await sourceOf((call) => (call.method === 'wall.get' ? 'trickle' : well()(call)), {
      deadline: 20_000,
    });
    const looks = await looksOf(source, requestsFor(1));
    expect(looks.get(1)).toMatchObject({ outcome: 'error', cause: expect.stringContaining('no answer') });
  });

  test('about communities leaves the walls', async () => {
    const { source } = await sourceOf((call) =>
      call.method === 'groups.getById' ? 'endless' : well()(call),
    );
    expect(outcomes(await looksOf(source, requestsFor(2)))).toEqual(['ok', 'ok']);
  });
});

describe('one page’s trouble is its own', () => {
  test('a post of five million letters is cut', async () => {
    const { source } = await sourceOf(
      well((owner, ...of) => {
        const wall = wallOf(owner, 3, ...of) as { items: Record<string, unknown>[] };
        if (owner === -2) for (const item of wall.items.slice(0, 1)) item.text = 'ы'.repeat(5_000_000);
        return wall;
      }),
    );
    const looks = await looksOf(source, requestsFor(3));
    expect(outcomes(looks)).toEqual(['ok', 'ok', 'ok']);
    expect(looks.get(2)?.posts[0]?.text).toHaveLength(65_536);
  });

  test('more items than were asked for are counted, not read', async () => {
    const { source } = await sourceOf(
      well((owner, ...of) => (owner === -2 ? wallOf(owner, 9_000, 0, 9_000) : wallOf(owner, 3, ...of))),
    );
    const looks = await looksOf(source, requestsFor(3));
    expect(outcomes(looks)).toEqual(['ok', 'ok', 'ok']);
    expect(looks.get(2)).toMatchObject({
      posts: { length: 30 },
      dropped: { surplus: 8_970 },
      window: null,
      doubt: { kind: 'dropped' },
    });
    const [chunk] = await chunksOf(source, { nativeId: 2 });
    expect(chunk).toMatchObject({ dropped: { surplus: 8_890 }, reached: null, doubt: { kind: 'dropped' } });
  });

  test('a gap without end is given up', async () => {
    const { source, calls } = await sourceOf(
      well((owner, offset, count) => {
        const items = Array.from({ length: count }, (_, index) => ({
          id: 900_000 - offset - index,
          owner_id: owner,
          from_id: owner,
          date: Date.parse(now) / 1000 - 60,
        }));
        return { count: 900_000, items };
      }),
    );
    const looks = await looksOf(source, requestsFor(1, { since: new Date(Date.parse(now) - 86_400_000) }));
    expect(looks.get(1)).toMatchObject({
      outcome: 'error',
      cause: 'vk: the gap since the last look has no end',
    });
    expect(calls.length).toBeLessThan(260);
  });

  test('words of VK’s of any length fit into a cause', async () => {
    const { source } = await sourceOf(() => ({
      error: { error_code: 777, error_msg: 'x'.repeat(1_000_000), request_params: [] },
    }));
    expect((await looksOf(source, requestsFor(1))).get(1)?.cause.length).toBeLessThan(1_000);
  });
});
