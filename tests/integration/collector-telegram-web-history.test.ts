import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import type { HistoryChunk } from '#collector/source.ts';
import type { ScriptedGet, ScriptedReplyPage } from '../helpers/scripted-web.ts';
import {
  chunksOf,
  closeWeb,
  historiesFor,
  pathsOf,
  webSourceOf,
  well,
} from '../helpers/telegram-web-source.ts';
import type { WrittenChannel } from '../helpers/web-pages.ts';
import { emptyHtml, hoursAgo, previewHtml, writtenChannel } from '../helpers/web-pages.ts';

afterEach(closeWeb);

const ever = hoursAgo(9_000);
const steps = (chunks: readonly HistoryChunk[]) =>
  chunks.map(({ posts, place, reached }) => [posts.length, place?.id, reached]);

/** The past of one channel whose pages are odd where `odd` says so; `times` counts requests for the same path. */
async function past(
  channel: WrittenChannel,
  odd: (request: ScriptedGet, times: number) => ScriptedReplyPage | null,
  { from = ever, place = null }: { from?: Date; place?: number | null } = {},
) {
  const times = new Map<string, number>();
  const under = await webSourceOf((request) => {
    const count = (times.get(request.path) ?? 0) + 1;
    times.set(request.path, count);
    return odd(request, count) ?? well([channel])(request);
  });
  const chunks = await chunksOf(under.source, historiesFor([channel], from, place));
  const ids = new Set(chunks.flatMap(({ posts }) => posts.map(({ postId }) => postId)));
  return {
    chunks,
    ids,
    paths: pathsOf(under),
    notes: chunks.map(({ note }) => note).filter((note) => note !== ''),
  };
}

test('a history goes back to the wanted instant, or to the first message', async () => {
  const channels = [writtenChannel(7, 70), writtenChannel(8, 30)];
  const { source } = await webSourceOf(well(channels));
  const all = await chunksOf(source, historiesFor(channels, hoursAgo(50)));
  const of = (pageId: number) => all.filter((chunk) => chunk.pageId === pageId);
  expect(steps(of(7))).toEqual([
    [20, 51, null],
    [20, 31, null],
    [10, 11, 'proven'],
  ]);
  expect(steps(of(8))).toEqual([
    [20, 11, null],
    [10, 1, 'proven'],
  ]);
  expect(of(8).at(-1)).toMatchObject({ oldest: hoursAgo(30), cause: '', doubt: null, note: '' });
  expect(of(8).at(-1)?.place).toEqual({ id: 1, published: hoursAgo(29), offset: null });
});

test('a history goes on from its place; a failure keeps the place and says why', async () => {
  const channel = writtenChannel(7, 70);
  expect(steps((await past(channel, () => null, { place: 31 })).chunks)).toEqual([
    [20, 11, null],
    [10, 1, 'proven'],
  ]);
  const { chunks } = await past(channel, () => ({ html: '', status: 403 }), { place: 31 });
  expect(chunks).toMatchObject([{ posts: [], place: { id: 31 }, reached: null, doubt: null }]);
  expect(chunks[0]?.cause).toMatch(/refused the request \(status 403\)/);
});

test.each(['link', 'links'] as const)('a %s left out on the way ends nothing', async (leavesOut) => {
  const channel = writtenChannel(7, 100);
  for (const where of [null, 81, 41]) {
    const odd = ({ before }: ScriptedGet) =>
      before === where ? { html: previewHtml(channel, where, { leavesOut }) } : null;
    const { ids, chunks, notes } = await past(channel, odd);
    expect(ids.size).toBe(100);
    expect(chunks.at(-1)?.reached).toBe('proven');
    expect(notes).toHaveLength(leavesOut === 'links' ? 1 : 0);
  }
});

test('a page that is empty once is asked for again, and the past goes on', async () => {
  const channel = writtenChannel(7, 100);
  const { ids, chunks, notes } = await past(channel, ({ before }, times) =>
    before === 61 && times === 1 ? { html: emptyHtml(channel) } : null,
  );
  expect(ids.size).toBe(100);
  expect(chunks.at(-1)?.reached).toBe('proven');
  expect(notes).toEqual(['telegram: the page before 61 showed no posts at first, and did when asked again']);
});

test('a page that stays empty is a weak end; nothing before a page without a link a proven one', async () => {
  const channel = writtenChannel(7, 100);
  const weak = await past(channel, ({ before }) => (before === 61 ? { html: emptyHtml(channel) } : null));
  expect(steps(weak.chunks)).toEqual([
    [20, 81, null],
    [20, 61, null],
    [0, 61, 'weak'],
  ]);
  const whole = { ...channel, messages: channel.messages.slice(0, 30) };
  const proven = await past(whole, () => null);
  expect(steps(proven.chunks)).toEqual([
    [20, 81, null],
    [10, 71, null],
    [0, 71, 'proven'],
  ]);
});

test('asked from the very end it answers at once', async () => {
  const channel = writtenChannel(7, 100);
  const whole = { ...channel, messages: channel.messages.slice(0, 30) };
  const end = await past(whole, () => null, { place: 71 });
  expect(steps(end.chunks)).toEqual([[0, 71, 'weak']]);
  expect(end.paths).toEqual(['/s/channel7?before=71', '/s/channel7?before=71']);
  const first = await past(channel, () => null, { place: 1 });
  expect(steps(first.chunks)).toEqual([[0, 1, 'proven']]);
  expect(first.paths).toEqual([]);
});

test('a page of another place is in doubt: neither an end nor an error, and the place is kept', async () => {
  const channel = writtenChannel(7, 100);
  const { chunks } = await past(channel, ({ before }) =>
    before === 61 ? { html: previewHtml(channel, 81) } : null,
  );
  expect(steps(chunks).at(-1)).toEqual([0, 61, null]);
  expect(chunks.at(-1)).toMatchObject({
    cause: '',
    doubt: {
      kind: 'wrong_place',
      detail: 'telegram: messages of channel7 before 61 were expected, the page shows others',
    },
  });
});

test('messages that are oddly none are counted, asked for again, and in doubt when they are many', async () => {
  const channel = writtenChannel(7, 60);
  const odd = (share: number): WrittenChannel => ({
    ...channel,
    messages: channel.messages.map((each) => ({ ...each, undated: each.id % share === 0 })),
  });
  const half = await past(odd(2), () => null);
  expect(half.chunks).toMatchObject([
    { place: null, reached: null, dropped: { no_date: 10 }, doubt: { kind: 'dropped' }, cause: '' },
  ]);
  const few = await past(odd(20), () => null);
  expect(few.ids.size).toBe(57);
  expect(few.chunks.map(({ dropped }) => dropped)).toEqual([{ no_date: 1 }, { no_date: 1 }, { no_date: 1 }]);
  const once = await past(channel, ({ before }, times) =>
    times === 1 ? { html: previewHtml(odd(2), before) } : null,
  );
  expect(once.ids.size).toBe(60);
  expect(once.chunks.at(-1)).toMatchObject({ reached: 'proven', dropped: {} });
  expect(once.notes).toHaveLength(3);
});

test('one odd date ends no history', async () => {
  const channel = writtenChannel(7, 60);
  const messages = channel.messages.map((each) => (each.id === 50 ? { ...each, hours: 8_000 } : each));
  const { ids, chunks } = await past({ ...channel, messages }, () => null, { from: hoursAgo(59.5) });
  expect(ids.size).toBe(58);
  expect(chunks).toHaveLength(3);
});

test('an album that encloses all other ids of a page does not stop the past', async () => {
  const inside = Array.from({ length: 18 }, (_, index) => ({ id: 99 - index, hours: index + 2 }));
  const older = Array.from({ length: 30 }, (_, index) => ({ id: 70 - index, hours: index + 30 }));
  const channel: WrittenChannel = {
    id: 7,
    name: 'union',
    messages: [...inside, { id: 81, more: [100], hours: 21 }, ...older, { id: 1, hours: 99 }],
  };
  const { ids, chunks } = await past(channel, () => null);
  expect(ids).toEqual(new Set([...channel.messages.map(({ id }) => id)]));
  expect(chunks.at(-1)?.reached).toBe('proven');
  const places = chunks.map(({ place }) => place?.id ?? 0);
  expect(places).toEqual([...new Set(places)].sort((one, other) => other - one));
});

/** What a page may oddly be, once. */
const oddities = ['whole', 'empty', 'few', 'without link', 'without links', 'undated', 'cut off'] as const;

test('pasts with odd answers in between are those without them', async () => {
  const gaps = fc.array(
    fc.record({ gap: fc.integer({ min: 1, max: 9 }), more: fc.integer({ min: 0, max: 4 }) }),
    {
      minLength: 1,
      maxLength: 70,
    },
  );
  const odd = fc.array(fc.constantFrom(...oddities), { minLength: 8, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(gaps, odd, async (posts, kinds) => {
      let id = 0;
      const messages = posts
        .map(({ gap, more }, index) => {
          const first = id + gap;
          id = first + more;
          const parts = Array.from({ length: more }, (_, part) => first + part + 1);
          return { id: first, hours: posts.length - index, ...(more > 0 ? { more: parts } : {}) };
        })
        .reverse();
      const channel = { id: 7, name: 'channel7', messages };
      const left = [...kinds];
      const answer = ({ before }: ScriptedGet, times: number): ScriptedReplyPage | null => {
        switch (times === 1 ? left.shift() : undefined) {
          case 'empty':
            return { html: emptyHtml(channel) };
          case 'few':
            return { html: previewHtml(channel, before, { only: 3, leavesOut: 'links' }) };
          case 'without link':
            return { html: previewHtml(channel, before, { leavesOut: 'link' }) };
          case 'without links':
            return { html: previewHtml(channel, before, { leavesOut: 'links' }) };
          case 'undated': {
            const undated = messages.map((each) => ({ ...each, undated: true }));
            return { html: previewHtml({ ...channel, messages: undated }, before) };
          }
          case 'cut off':
            return 'truncated';
          default:
            return null;
        }
      };
      const { chunks } = await past(channel, answer);
      const read = new Map(chunks.flatMap((each) => each.posts).map(({ postId, parts }) => [postId, parts]));
      const wanted = messages.map((each) => [each.id, 'more' in each ? [each.id, ...(each.more ?? [])] : []]);
      expect([...read].sort(([one], [other]) => other - one)).toEqual(wanted);
      expect(chunks.at(-1)).toMatchObject({ doubt: null, cause: '' });
      expect(chunks.at(-1)?.reached).not.toBeNull();
    }),
    { numRuns: 40 },
  );
});
