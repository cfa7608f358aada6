import { afterEach, expect, test } from 'vitest';
import type { LookRequest } from '#collector/source.ts';
import type { OddPage } from '../helpers/holed-pages.ts';
import { oddPast, oddSourceOver } from '../helpers/holed-pages.ts';
import { closeWeb, looksFor } from '../helpers/telegram-web-source.ts';
import { looksOf } from '../helpers/vk-source.ts';
import type { WrittenChannel } from '../helpers/web-pages.ts';
import { hoursAgo, previewHtml, writtenChannel } from '../helpers/web-pages.ts';

afterEach(closeWeb);

const hundred = writtenChannel(7, 100, { name: 'union' });
const days = (count: number) => count * 24;

const early = (channel: WrittenChannel) => ({
  ...channel,
  messages: channel.messages.map((each) => ({ ...each, hours: each.hours + days(400) })),
});
const from = hoursAgo(days(200));
const right = new Map(hundred.messages.map(({ id, hours }) => [id, hoursAgo(hours)] as const).reverse());

test.each([81, 61])('dates 400 days early once, before %i, end no past', async (where) => {
  const { dates, last, notes } = await oddPast(
    hundred,
    ({ before }, times) =>
      before === where && times === 1 ? { html: previewHtml(early(hundred), before) } : null,
    { from },
  );
  expect(dates).toEqual(right);
  expect(last?.reached).toBe('proven');
  expect(notes).toEqual([`telegram: the page before ${where} showed other dates when asked again`]);
});

test('dates 400 days early from the first answer on, or from a place on, are asked for twice', async () => {
  const odd: OddPage = ({ before }, times) =>
    times === 1 ? { html: previewHtml(early(hundred), before) } : null;
  const first = await oddPast(hundred, odd, { from });
  expect(first.dates).toEqual(right);
  const place = { id: 61, published: null, offset: null };
  expect((await oddPast(hundred, odd, { from, place })).dates.size).toBe(60);
});

test('dates that were twice wrong are read again once those below contradict them', async () => {
  const { dates, last, requests } = await oddPast(hundred, ({ before }, times) =>
    before === 61 && times <= 2 ? { html: previewHtml(early(hundred), before) } : null,
  );
  expect(dates).toEqual(right);
  expect(last?.reached).toBe('proven');
  // The wrong page twice, the contradiction twice, and both once more.
  expect(requests).toBe(5 + 4);
});

test('dates that contradict each other for ever are gone back over once', async () => {
  const messages = hundred.messages.map((each) =>
    each.id > 40 && each.id <= 60 ? { ...each, hours: each.hours + days(400) } : each,
  );
  const { chunks, last } = await oddPast({ ...hundred, messages }, () => null);
  expect(last).toMatchObject({ reached: 'proven', doubt: null });
  expect(chunks).toHaveLength(7);
});

test('dates of a long silence cost one request more', async () => {
  const messages = hundred.messages.map((each) =>
    each.id <= 60 ? { ...each, hours: each.hours + days(90) } : each,
  );
  const { requests, last, notes } = await oddPast({ ...hundred, messages }, () => null);
  expect([requests, last?.reached, notes]).toEqual([6, 'proven', []]);
});

async function lookAt(channel: WrittenChannel, odd: OddPage, more: Partial<LookRequest> = {}) {
  const { source } = await oddSourceOver(channel, odd);
  return (await looksOf(source, looksFor([channel], more))).get(channel.id);
}

test('a look is not ended by one page of early dates on the way to what is known', async () => {
  const look = await lookAt(
    hundred,
    ({ before }, times) => (before === 81 && times === 1 ? { html: previewHtml(early(hundred), 81) } : null),
    { since: hoursAgo(75) },
  );
  expect(look?.posts).toHaveLength(80);
});

test('a look with one date out of line, or far back, covers what it shows', async () => {
  for (const [odd, hours] of [
    [81, 8_000],
    [90, 8_000],
    [90, 2],
  ]) {
    const messages = hundred.messages.map((each) => (each.id === odd && hours ? { ...each, hours } : each));
    const look = await lookAt({ ...hundred, messages }, () => null);
    expect(look?.window).toMatchObject({ after: hoursAgo(odd === 81 ? 19 : 20), ids: { length: 20 } });
  }
});
