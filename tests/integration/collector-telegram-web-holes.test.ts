import { afterEach, describe, expect, test } from 'vitest';
import type { LookRequest } from '#collector/source.ts';
import type { OddPage, PickMessages } from '../helpers/holed-pages.ts';
import { holedHtml, oddPast, oddSourceOver, pageHoles } from '../helpers/holed-pages.ts';
import { closeWeb, looksFor, pathsOf } from '../helpers/telegram-web-source.ts';
import { looksOf } from '../helpers/vk-source.ts';
import type { WrittenChannel } from '../helpers/web-pages.ts';
import { emptyHtml, hoursAgo, pageHtml, previewHtml, writtenChannel } from '../helpers/web-pages.ts';

afterEach(closeWeb);

const hundred = writtenChannel(7, 100, { name: 'union' });

describe('a past in which one page leaves out', () => {
  test.each(pageHoles)('%s is whole, for one request more', async (what, pick) => {
    const normal = await oddPast(hundred, () => null);
    const odd = await oddPast(hundred, ({ before }, times) =>
      before === 61 && times === 1 ? { html: holedHtml(hundred, 61, pick) } : null,
    );
    expect(odd.dates.size).toBe(100);
    expect(odd.last).toMatchObject({ reached: 'proven', doubt: null, cause: '' });
    // A page that ends where it is cut off loses nothing, and is followed by the rest.
    const isCutOff = what === 'all but the three newest';
    expect(odd.notes).toEqual(
      isCutOff ? [] : ['telegram: the page before 61 showed more posts when asked again'],
    );
    expect(odd.requests).toBe(normal.requests + 1);
  });

  test.each(pageHoles)('%s and its link is whole', async (_, pick) => {
    const { dates, last } = await oddPast(hundred, ({ before }, times) =>
      before === 61 && times === 1 ? { html: holedHtml(hundred, 61, pick, false) } : null,
    );
    expect(dates.size).toBe(100);
    expect(last).toMatchObject({ reached: 'proven', doubt: null, cause: '' });
  });
});

test('a channel with ordinary gaps costs no request more, one long gap costs one', async () => {
  const some = Array.from({ length: 300 }, (_, index) => ({ id: 300 - index, hours: index + 1 })).filter(
    ({ id }) => id === 1 || (id * 7) % 11 > 3,
  );
  const channel = { ...hundred, messages: some };
  expect((await oddPast(channel, () => null)).requests).toBe(Math.ceil(some.length / 20));
  const cut = { ...hundred, messages: hundred.messages.filter(({ id }) => id < 40 || id > 55) };
  const { requests, dates, notes } = await oddPast(cut, () => null);
  expect([requests, dates.size, notes]).toEqual([6, 84, []]);
});

test('a page that is short the same way twice is believed, one far too short is doubted until it is accepted', async () => {
  const little = await oddPast(hundred, ({ before }) =>
    before === 61 ? { html: holedHtml(hundred, 61, (older) => older.slice(0, 20).toSpliced(9, 1)) } : null,
  );
  expect([little.dates.size, little.last?.reached, little.notes]).toEqual([99, 'proven', []]);
  const much: OddPage = ({ before }) =>
    before === 61 || before === 41
      ? { html: holedHtml(hundred, before, (older) => older.slice(15, 20)) }
      : null;
  const doubted = await oddPast(hundred, much);
  const detail = 'the pages of union show less than half of their messages, and lead on to older ones';
  expect(doubted.last).toMatchObject({
    place: { id: 61, published: hoursAgo(39) },
    reached: null,
    doubt: { kind: 'vanished', detail },
  });
  expect(doubted.dates.size).toBe(45);
  const accepted = await oddPast(hundred, much, {
    place: { id: 61, published: hoursAgo(39), offset: null },
    accepts: detail,
  });
  expect(accepted.dates.size).toBe(30);
  expect(accepted.last).toMatchObject({ reached: 'proven', doubt: null });
});

test('a short page that shows none when asked again is doubted', async () => {
  const few = holedHtml(hundred, 61, (older) => older.slice(17, 20));
  const { last } = await oddPast(hundred, ({ before }, times) =>
    before === 61 ? { html: times === 1 ? few : emptyHtml(hundred) } : null,
  );
  expect(last).toMatchObject({ place: { id: 61 }, reached: null, doubt: { kind: 'no_posts' } });
});

test('pages without a post that lead on and on are doubted, and the end once that is accepted', async () => {
  const nowhere: OddPage = ({ before }) =>
    before !== null && before <= 61
      ? { html: pageHtml(hundred, `<a class="tme_messages_more" data-before="${before - 1}"></a>`) }
      : null;
  const doubted = await oddPast(hundred, nowhere);
  const detail = 'the pages show no posts, and lead on to older ones';
  expect(doubted.last).toMatchObject({ reached: null, doubt: { kind: 'no_posts', detail } });
  const accepted = await oddPast(hundred, nowhere, { accepts: detail });
  expect(accepted.last).toMatchObject({ reached: 'weak', doubt: null });
});

describe('a look', () => {
  /** Looks at a channel that may change in between. */
  async function looks(channel: WrittenChannel, odd: OddPage, requests: readonly Partial<LookRequest>[]) {
    const under = await oddSourceOver(channel, odd);
    const all = [];
    for (const more of requests) {
      const before = pathsOf(under).length;
      const look = (await looksOf(under.source, looksFor([channel], more))).get(channel.id);
      all.push({ look, requests: pathsOf(under).length - before });
    }
    return all;
  }
  const once =
    (where: number | null, pick: PickMessages, time = 1): OddPage =>
    ({ kind, before }, times) =>
      kind === 'preview' && before === where && times === time
        ? { html: holedHtml(hundred, where, pick) }
        : null;

  test.each(pageHoles.filter(([what]) => !what.startsWith('its newest')))(
    'whose newest page leaves out %s shows all the same',
    async (what, pick) => {
      const [, second] = await looks(hundred, once(null, pick, 2), [{}, {}]);
      expect(second?.requests).toBe(2);
      if (what === 'all but the three newest') return;
      expect(second?.look?.posts).toHaveLength(20);
      expect(second?.look).toMatchObject({ window: { after: hoursAgo(20) }, doubt: null });
    },
  );

  test('whose newest page ends before what was seen last is asked for again', async () => {
    const [, second] = await looks(
      hundred,
      ({ before }, times) => (before === null && times === 2 ? { html: previewHtml(hundred, 71) } : null),
      [{}, {}],
    );
    expect(second?.look?.window).toMatchObject({ after: hoursAgo(20) });
    expect(second?.requests).toBe(2);
  });

  test('loses nothing on the way to what is known', async () => {
    for (const [, pick] of pageHoles) {
      const [first] = await looks(hundred, once(61, pick), [{ since: hoursAgo(75) }]);
      expect(first?.look?.posts.length).toBeGreaterThanOrEqual(75);
      expect(first?.look).toMatchObject({ outcome: 'ok', doubt: null });
      const ids = first?.look?.posts.map(({ postId }) => postId) ?? [];
      expect(Math.max(...ids) - Math.min(...ids) + 1).toBe(ids.length);
    }
  });

  test('asks once for a gap that is one, and for a page that is always short', async () => {
    const filled: OddPage = ({ kind, before }, times) =>
      kind === 'preview' && times > 1
        ? { html: holedHtml(hundred, before, (older) => older.toSpliced(5, 10).slice(0, 20)) }
        : null;
    const asked = await looks(hundred, filled, [{}, {}, {}]);
    expect(asked.map(({ requests }) => requests)).toEqual([1, 2, 1]);
    const short: OddPage = ({ kind, before }) =>
      kind === 'preview' ? { html: holedHtml(hundred, before, (older) => older.slice(0, 18)) } : null;
    expect((await looks(hundred, short, [{}, {}])).map(({ requests }) => requests)).toEqual([2, 1]);
  });

  test('that shows far too little twice is in doubt, in words that stay the same', async () => {
    const [first] = await looks(
      hundred,
      ({ kind, before }) =>
        kind === 'preview' ? { html: holedHtml(hundred, before, (older) => older.slice(17, 20)) } : null,
      [{}],
    );
    expect(first?.look).toMatchObject({
      posts: { length: 3 },
      window: null,
      doubt: {
        kind: 'vanished',
        detail: 'the pages of union show less than half of their messages, and lead on to older ones',
      },
    });
  });

  test('passes over far too little in its gap once that was so for hours, and says so', async () => {
    const short: OddPage = ({ kind, before }) =>
      kind === 'preview' && before === 81
        ? { html: holedHtml(hundred, 81, (older) => older.slice(17, 20)) }
        : null;
    const detail = 'the pages of union show less than half of their messages, and lead on to older ones';
    const since = hoursAgo(75);
    const [first, later] = await looks(hundred, short, [{ since }, { since, accepts: [detail] }]);
    expect(first?.look).toMatchObject({ posts: { length: 23 }, doubt: { kind: 'vanished', detail } });
    expect(later?.look).toMatchObject({ outcome: 'ok', doubt: { kind: 'vanished', detail } });
    expect(later?.look?.note).toBe(`passed over: ${detail}`);
    expect(later?.look?.posts.length).toBeGreaterThanOrEqual(75 - 17);
  });
});
