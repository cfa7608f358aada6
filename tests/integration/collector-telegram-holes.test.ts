import type { Api } from 'telegram';
import { afterEach, describe, expect, test } from 'vitest';
import type { HistoryRequest } from '#collector/source.ts';
import type { OddHistory } from '../helpers/odd-histories.ts';
import { historyCalls, oddHistories } from '../helpers/odd-histories.ts';
import type { ScriptedChannel } from '../helpers/telegram-source.ts';
import {
  channelOf,
  chunksOf,
  closeTelegram,
  hours,
  looksFor,
  messageOf,
  pastOf,
  telegramSourceOf,
} from '../helpers/telegram-source.ts';
import { looksOf } from '../helpers/vk-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

const days = (count: number) => count * 24;
const ever = hours(99_999);
const channel = channelOf(7, 500);

/** A source over the channel some of whose answers are odd. */
const sourceOver = (of: ScriptedChannel, odd: OddHistory, count?: number) =>
  telegramSourceOf(oddHistories(of, odd, { count }));

async function past(
  of: ScriptedChannel,
  odd: OddHistory,
  more: Partial<HistoryRequest> & { count?: number } = {},
) {
  const { count, ...request } = more;
  const tested = await sourceOver(of, odd, count);
  const chunks = await chunksOf(tested.source, [pastOf(7, { from: ever, ...request })]);
  const said = chunks.flatMap(({ posts }) =>
    posts.map(({ postId, published }) => [postId, published] as const),
  );
  return {
    chunks,
    last: chunks.at(-1),
    dates: new Map([...said].sort(([one], [other]) => other - one)),
    notes: chunks.map(({ note }) => note).filter((note) => note !== ''),
    calls: historyCalls(tested),
  };
}

const leftOut = 'asked again: the first answer left messages out';
const once = (where: number, pick: (older: readonly Api.TypeMessage[]) => Api.TypeMessage[]): OddHistory => {
  return (older, { offsetId }, times) => (offsetId === where && times === 1 ? pick(older) : null);
};

const holes: [string, (older: readonly Api.TypeMessage[]) => Api.TypeMessage[]][] = [
  ['all but the three oldest', (older) => older.slice(97, 100)],
  ['one', (older) => older.slice(0, 100).toSpliced(40, 1)],
  ['the middle', (older) => older.slice(0, 100).toSpliced(25, 50)],
  ['the middle (it is filled from further back)', (older) => older.toSpliced(25, 50).slice(0, 100)],
  ['its newest (it is filled from further back)', (older) => older.slice(50, 150)],
];

describe('a past of which one answer leaves out', () => {
  test.each(holes)('%s is whole, for one call more', async (_, pick) => {
    const { dates, last, notes, calls } = await past(channel, once(301, pick));
    expect(dates.size).toBe(500);
    expect(last).toMatchObject({ reached: 'proven', doubt: null, cause: '' });
    expect([notes, calls]).toEqual([[leftOut], 6]);
  });

  test('all but its newest is cut off there, and goes on', async () => {
    const { dates, last } = await past(
      channel,
      once(301, (older) => older.slice(0, 3)),
    );
    expect([dates.size, last?.reached]).toEqual([500, 'proven']);
  });

  test('one, and has another in its place, is gone a second time, for the channel counts more', async () => {
    const { dates, last, notes, calls } = await past(
      channel,
      once(301, (older) => older.toSpliced(40, 1).slice(0, 100)),
    );
    expect([dates.size, last?.reached, calls]).toEqual([500, 'proven', 10]);
    expect(notes).toEqual(['the channel counts more messages than were read: all are read once more']);
  });

  test('the same on both ways is known weakly', async () => {
    const { last, calls } = await past(channel, () => null, { count: 503 });
    expect([last?.reached, last?.doubt, calls]).toEqual(['weak', null, 10]);
  });
});

test('one with ordinary gaps, and one with a long one, cost no call more than that', async () => {
  const some = channel.messages.filter(({ id }) => id === 1 || (id * 7) % 11 > 3);
  const ordinary = await past(channelOf(7, 0, { messages: some }), () => null);
  expect([ordinary.calls, ordinary.dates.size]).toEqual([Math.ceil(some.length / 100), some.length]);
  const cut = channel.messages.filter(({ id }) => id < 240 || id > 270);
  const long = await past(channelOf(7, 0, { messages: cut }), () => null);
  expect([long.calls, long.dates.size, long.notes]).toEqual([6, cut.length, []]);
});

test('answers that are far too short whenever asked are doubted, and gone over once that is accepted', async () => {
  const short: OddHistory = (older, { offsetId }) => (offsetId === 301 ? older.slice(60, 100) : null);
  const doubted = await past(channel, short);
  const detail = 'answers have less than half of the messages asked for, though the channel counts more';
  expect(doubted.last).toMatchObject({
    place: { id: 301 },
    reached: null,
    doubt: { kind: 'vanished', detail },
  });
  const accepted = await past(channel, short, { accepts: detail });
  expect(accepted.dates.size).toBe(440);
  expect(accepted.last).toMatchObject({ reached: 'weak', doubt: null });
});

test('a short answer that has nothing when asked again is doubted', async () => {
  const { last } = await past(channel, (older, { offsetId }, times) =>
    offsetId === 301 ? (times === 1 ? older.slice(97, 100) : []) : null,
  );
  expect(last).toMatchObject({ place: { id: 301 }, reached: null, doubt: { kind: 'no_posts' } });
});

describe('dates', () => {
  const early = (messages: readonly Api.TypeMessage[]) =>
    messages.slice(0, 100).map(({ id }) => messageOf(7, id, 501 - id + days(400)));
  const right = new Map(channel.messages.map(({ id }) => [id, hours(501 - id)]));

  test('400 days early once end no past, wherever it begins', async () => {
    const odd =
      (where: number): OddHistory =>
      (older, { offsetId }, times) =>
        offsetId === where && times === 1 ? early(older) : null;
    const from = hours(days(200));
    for (const where of [0, 401, 201]) {
      const { dates, last, notes } = await past(channel, odd(where), { from });
      expect(dates).toEqual(right);
      expect([last?.reached, notes]).toEqual(['proven', ['asked again: the first answer had other dates']]);
    }
    const place = { id: 301, published: null, offset: null };
    expect((await past(channel, odd(301), { from, place })).dates.size).toBe(300);
  });

  test('that were twice wrong are read again once those below contradict them', async () => {
    const { dates, calls } = await past(channel, (older, { offsetId }, times) =>
      offsetId === 301 && times <= 2 ? early(older) : null,
    );
    expect(dates).toEqual(right);
    expect(calls).toBe(5 + 4);
  });
});

describe('a look', () => {
  /** Looks, one after the other, with the calls of each. */
  async function looks(of: ScriptedChannel, odd: OddHistory, requests: readonly object[]) {
    const tested = await sourceOver(of, odd);
    const all = [];
    for (const more of requests) {
      const before = historyCalls(tested);
      const look = (await looksOf(tested.source, looksFor([of], more))).get(7);
      all.push({ look, calls: historyCalls(tested) - before });
    }
    return all;
  }

  const second = (pick: (older: readonly Api.TypeMessage[]) => Api.TypeMessage[]): OddHistory => {
    return (older, { offsetId }, times) => (offsetId === 0 && times === 2 ? pick(older) : null);
  };

  test('whose answer leaves messages out once shows them all the same', async () => {
    for (const pick of [
      (older: readonly Api.TypeMessage[]) => older.slice(17, 20),
      (older: readonly Api.TypeMessage[]) => older.slice(0, 20).toSpliced(9, 1),
      (older: readonly Api.TypeMessage[]) => older.toSpliced(5, 10).slice(0, 20),
    ]) {
      const [, odd] = await looks(channel, second(pick), [{}, {}]);
      expect(odd?.calls).toBe(2);
      expect(odd?.look).toMatchObject({ note: leftOut, doubt: null, window: { after: hours(20) } });
      expect(odd?.look?.posts).toHaveLength(20);
    }
  });

  test('loses nothing on the way to what is known', async () => {
    for (const [, pick] of holes) {
      const [first] = await looks(channel, once(481, pick), [{ since: hours(110) }]);
      expect(first?.look?.posts).toHaveLength(120);
    }
  });

  test('whose answer ends before what was seen last asks again', async () => {
    const [, second] = await looks(
      channel,
      (older, { offsetId }, times) => (offsetId === 0 && times === 2 ? older.slice(30, 50) : null),
      [{}, {}],
    );
    expect([second?.calls, second?.look?.window?.after]).toEqual([2, hours(20)]);
  });

  test('asks once for a gap that is one', async () => {
    const filled: OddHistory = (older, { offsetId }, times) =>
      offsetId === 0 && times > 1 ? older.toSpliced(5, 10).slice(0, 20) : null;
    const all = await looks(channel, filled, [{}, {}, {}]);
    expect(all.map(({ calls }) => calls)).toEqual([1, 2, 1]);
  });

  test('that shows far too little twice is in doubt', async () => {
    const [first] = await looks(
      channel,
      (older, { offsetId }) => (offsetId === 0 ? older.slice(17, 20) : null),
      [{}],
    );
    expect(first?.look).toMatchObject({ posts: { length: 3 }, doubt: { kind: 'vanished' } });
  });

  test('passes over far too little in its gap once that was so for hours, and says so', async () => {
    // By the channel's count messages are left, and the answer shows few of them, whenever asked.
    const short: OddHistory = (older, { offsetId }) => (offsetId === 481 ? older.slice(60, 100) : null);
    const detail = 'answers have less than half of the messages asked for, though the channel counts more';
    const since = hours(300);
    const [first, later] = await looks(channel, short, [{ since }, { since, accepts: [detail] }]);
    expect(first?.look).toMatchObject({ posts: { length: 60 }, doubt: { kind: 'vanished', detail } });
    expect(later?.look).toMatchObject({ outcome: 'ok', doubt: { kind: 'vanished', detail } });
    expect(later?.look?.note).toBe(`passed over: ${detail}`);
    expect(later?.look?.posts.length).toBeGreaterThanOrEqual(300 - 60);
  });

  test('with one date out of line covers what it shows', async () => {
    const messages = channel.messages.map((each) => (each.id === 490 ? messageOf(7, 490, 8_000) : each));
    const [first] = await looks(channelOf(7, 0, { messages }), () => null, [{}]);
    expect(first?.look?.window).toMatchObject({ after: hours(20), ids: { length: 20 } });
  });
});
