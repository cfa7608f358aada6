import { afterEach, describe, expect, test } from 'vitest';
import type { Look } from '#collector/source.ts';
import type { ScriptedGet, ScriptedReplyPage } from '../helpers/scripted-web.ts';
import { closeWeb, looksFor, pathsOf, webSourceOf, well } from '../helpers/telegram-web-source.ts';
import { looksOf } from '../helpers/vk-source.ts';
import type { WrittenChannel } from '../helpers/web-pages.ts';
import { emptyHtml, hoursAgo, pageHtml, previewHtml, writtenChannel } from '../helpers/web-pages.ts';

afterEach(closeWeb);

const hundred = writtenChannel(7, 100, { name: 'union' });
const newestOf = (count: number) => Array.from({ length: count }, (_, index) => 101 - count + index);

type Odd = (request: ScriptedGet, times: number) => ScriptedReplyPage | null;

/** Looks at a channel whose pages are odd where `odd` says so; `times` counts the requests for the same path. */
async function lookAt(
  channel: WrittenChannel,
  odd: Odd,
  more: Parameters<typeof looksFor>[1] = {},
): Promise<{ look: Look | undefined; paths: string[] }> {
  const times = new Map<string, number>();
  const under = await webSourceOf((request) => {
    const count = (times.get(request.path) ?? 0) + 1;
    times.set(request.path, count);
    return odd(request, count) ?? well([channel])(request);
  });
  const look = (await looksOf(under.source, looksFor([channel], more))).get(channel.id);
  return { look, paths: pathsOf(under) };
}

const empty = { html: emptyHtml(hundred) };
const leftOut = 'telegram: the page that ends at 81 left out its link to older posts, which are there';

describe('a page without a link to older posts', () => {
  test('is asked for what is older, and found to have left it out', async () => {
    const { look, paths } = await lookAt(hundred, ({ before, kind }) =>
      kind === 'preview' && before === null
        ? { html: previewHtml(hundred, null, { leavesOut: 'links' }) }
        : null,
    );
    expect(look).toMatchObject({ outcome: 'ok', doubt: null, note: leftOut });
    expect(look?.window).toEqual({
      after: hoursAgo(40),
      ids: [...newestOf(20), ...newestOf(40).slice(0, 20)],
    });
    expect(paths).toEqual(['/s/union', '/s/union?before=81']);
  });

  test('leads on by its head alone', async () => {
    const { look, paths } = await lookAt(hundred, ({ before }) =>
      before === null ? { html: previewHtml(hundred, null, { leavesOut: 'link' }) } : null,
    );
    expect(look).toMatchObject({ window: { after: hoursAgo(20) }, note: '' });
    expect(paths).toEqual(['/s/union']);
  });

  test('that shows three messages only covers these and the next ones', async () => {
    const { look } = await lookAt(hundred, ({ before }) =>
      before === null ? { html: previewHtml(hundred, null, { leavesOut: 'links', only: 3 }) } : null,
    );
    expect(look?.window?.after).toEqual(hoursAgo(23));
    expect(look?.window?.ids).toHaveLength(23);
    expect(look?.note).toMatch(/^telegram: the page that ends at 98 left out/);
  });

  test('while a gap is filled and at the end: nothing is passed over', async () => {
    const odd: Odd = ({ before }) =>
      before === 61 ? { html: previewHtml(hundred, 61, { leavesOut: 'links' }) } : null;
    const filled = await lookAt(hundred, odd, { since: hoursAgo(75) });
    expect(filled.look?.posts).toHaveLength(80);
    expect(filled.look).toMatchObject({ window: { after: hoursAgo(80) }, note: leftOut.replace('81', '41') });
    const deep = await lookAt(hundred, odd, { newest: 100 });
    expect(deep.look?.window).toMatchObject({ after: null, proof: 'proven' });
    expect(deep.look?.posts).toHaveLength(100);
  });

  test('and nothing before it is the end: two answers agree', async () => {
    const channel = { ...hundred, messages: hundred.messages.slice(0, 10) };
    const { look, paths } = await lookAt(channel, () => null);
    expect(look).toMatchObject({ note: '', window: { after: null, ids: newestOf(10), proof: 'proven' } });
    expect(paths).toEqual(['/s/union', '/s/union?before=91', '/s/union?before=91']);
  });

  test('that begins with an album shows it, though it may have been cut', async () => {
    const album = { id: 91, more: [92, 93], hours: 9 };
    const channel = { ...hundred, messages: [...hundred.messages.slice(0, 7), album] };
    const { look, paths } = await lookAt(channel, () => null);
    expect(look?.posts.at(-1)).toMatchObject({ postId: 91, parts: [91, 92, 93] });
    expect(look?.window).toEqual({ after: null, ids: [...newestOf(7), 91, 92, 93], proof: 'proven' });
    expect(paths.slice(0, 3)).toEqual(['/s/union', '/s/union?before=94', '/s/union?before=91']);
    const odd = await lookAt(channel, ({ before }) => (before === 94 ? empty : null));
    expect(odd.look).toMatchObject({
      window: null,
      doubt: {
        kind: 'no_posts',
        detail: 'telegram: the page before these shows no posts, and the one before showed an album there',
      },
    });
  });

  test('whose older ones cannot be asked for ends nothing, and the look is good as far as it was wanted', async () => {
    const channel = { ...hundred, messages: hundred.messages.slice(0, 10) };
    const refused: Odd = ({ before }) => (before === null ? null : { html: '', status: 403 });
    const { look } = await lookAt(channel, refused);
    expect(look).toMatchObject({ outcome: 'ok', cause: '', doubt: null, window: { after: hoursAgo(10) } });
    expect(look?.window?.proof).toBeUndefined();
    expect(look?.note).toMatch(
      /^whether there are older posts could not be asked: network: .*\(status 403\)/,
    );
    const wanted = await lookAt(channel, refused, { since: hoursAgo(50) });
    expect(wanted.look).toMatchObject({ outcome: 'error', window: null });
  });

  test('that is followed by the same page again is in doubt', async () => {
    const channel = { ...hundred, messages: hundred.messages.slice(0, 10) };
    const { look } = await lookAt(channel, () => ({ html: previewHtml(channel) }));
    expect(look).toMatchObject({ outcome: 'ok', window: null, doubt: { kind: 'wrong_place' } });
  });
});

describe('a page without posts', () => {
  test('is asked for again, and had some', async () => {
    const newest = await lookAt(hundred, ({ before }, times) =>
      before === null && times === 1 ? empty : null,
    );
    expect(newest.look).toMatchObject({
      outcome: 'ok',
      window: { after: hoursAgo(20) },
      note: 'telegram: the newest page showed no posts at first, and did when asked again',
    });
    const older = await lookAt(
      hundred,
      ({ before }, times) => (before === 61 && times === 1 ? empty : null),
      { since: hoursAgo(70) },
    );
    expect(older.look).toMatchObject({
      outcome: 'ok',
      window: { after: hoursAgo(80) },
      note: 'telegram: the page before 61 showed no posts at first, and did when asked again',
    });
  });

  test('twice is the end as far as is known', async () => {
    const { look, paths } = await lookAt(hundred, ({ before }) => (before === 61 ? empty : null), {
      since: hoursAgo(70),
    });
    expect(look?.window).toMatchObject({ after: null, proof: 'weak' });
    expect(paths).toEqual(['/s/union', '/s/union?before=81', '/s/union?before=61', '/s/union?before=61']);
  });

  test('and newest covers the channel weakly when it says whose it is, else nothing', async () => {
    const { look, paths } = await lookAt(hundred, () => empty);
    expect(look).toMatchObject({
      outcome: 'empty',
      state: 'ok',
      window: { after: null, ids: [], proof: 'weak' },
    });
    expect(paths).toEqual(['/s/union', '/s/union']);
    const nameless = { html: empty.html.replace('@union', '') };
    expect((await lookAt(hundred, () => nameless)).look).toMatchObject({ outcome: 'empty', window: null });
  });

  test('that leads on is passed, a row of them is in doubt', async () => {
    const link = (before: number) =>
      pageHtml(hundred, `<a class="tme_messages_more" data-before="${before}"></a>`);
    const { look } = await lookAt(hundred, ({ before }) => (before === 81 ? { html: link(41) } : null), {
      since: hoursAgo(30),
    });
    expect(look?.posts).toHaveLength(40);
    expect(look).toMatchObject({ outcome: 'ok', window: { after: hoursAgo(80) } });
    const endless = await lookAt(hundred, ({ before }) => ({ html: link((before ?? 90) - 1) }));
    expect(endless.look).toMatchObject({ window: null, doubt: { kind: 'no_posts' } });
    expect(endless.paths).toHaveLength(10);
    const stuck = await lookAt(hundred, ({ before }) => ({ html: link(before ?? 50) }));
    expect(stuck.look).toMatchObject({ window: null, doubt: { kind: 'wrong_place' } });
  });
});

describe('an answer that contradicts itself', () => {
  test('by showing another place is in doubt, the same way each time', async () => {
    const again: Odd = () => ({ html: previewHtml(hundred) });
    const { look, paths } = await lookAt(hundred, again, { since: hoursAgo(50) });
    expect(look).toMatchObject({
      outcome: 'ok',
      cause: '',
      window: null,
      doubt: {
        kind: 'wrong_place',
        detail: 'telegram: messages of union before these were expected, the page shows others',
      },
    });
    expect(look?.posts).toHaveLength(20);
    expect(paths).toHaveLength(2);
  });

  test('by messages of which half are none is in doubt, and keeps the others', async () => {
    const messages = hundred.messages.map((each) => ({ ...each, undated: each.id % 2 === 0 }));
    const { look } = await lookAt({ ...hundred, messages }, () => null);
    expect(look).toMatchObject({ window: null, dropped: { no_date: 10 }, doubt: { kind: 'dropped' } });
    expect(look?.posts).toHaveLength(10);
  });

  test('by dates of the future leaves those out', async () => {
    const messages = hundred.messages.map((each) => (each.id === 95 ? { ...each, hours: -400 * 24 } : each));
    const { look } = await lookAt({ ...hundred, messages }, () => null);
    expect(look).toMatchObject({ outcome: 'ok', window: null, dropped: { future_date: 1 }, doubt: null });
    expect(look?.posts.map(({ postId }) => postId)).not.toContain(95);
  });
});

test('Stars are no reactions, and a poll has words', async () => {
  const attached =
    '<div class="tgme_widget_message_poll"><div class="tgme_widget_message_poll_question">Придёте?</div><div class="tgme_widget_message_poll_option_text">Да</div></div>';
  const messages = [
    { id: 2, hours: 1, views: '105', reactions: ['3'], stars: '500' },
    { id: 1, hours: 2, text: '', attached },
  ];
  const { look } = await lookAt({ ...hundred, messages }, () => null);
  expect(look?.posts).toMatchObject([
    { postId: 1, text: 'Придёте?\nДа', textKind: 'poll', stars: null, counters: { likes: 0 } },
    { postId: 2, textKind: 'text', stars: 500, counters: { views: 105, likes: 3 } },
  ]);
});

test('the end of a channel whose first messages are gone is proven once a day, and when it moves', async () => {
  let left = 5;
  const under = await webSourceOf((request) => {
    const messages = writtenChannel(7, 15).messages.filter(({ id }) => id >= left);
    return well([writtenChannel(7, 0, { messages })])(request);
  });
  const asked = async () => {
    const before = pathsOf(under).length;
    const look = (await looksOf(under.source, looksFor([writtenChannel(7, 0)]))).get(7);
    expect(look).toMatchObject({ outcome: 'ok', doubt: null, window: { after: null, proof: 'proven' } });
    expect(look?.posts).toHaveLength(16 - left);
    return pathsOf(under).length - before;
  };
  const hours = (count: number) => under.clock.set(new Date(under.clock.now().getTime() + count * 3_600_000));
  expect([await asked(), await asked()]).toEqual([3, 1]);
  hours(19);
  expect(await asked()).toBe(1);
  hours(1);
  expect([await asked(), await asked()]).toEqual([3, 1]);
  left = 6;
  expect([await asked(), await asked()]).toEqual([3, 1]);
  left = 5;
  expect(await asked()).toBe(3);
});
