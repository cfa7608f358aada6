import { afterEach, expect, test } from 'vitest';
import type { ConfirmRequest } from '#collector/source.ts';
import type { ScriptedGet, ScriptedReplyPage } from '../helpers/scripted-web.ts';
import { closeWeb, looksFor, pathsOf, webSourceOf, well } from '../helpers/telegram-web-source.ts';
import { looksOf } from '../helpers/vk-source.ts';
import { cardHtml, embeddedHtml, widgetHtml, writtenAt, writtenChannel } from '../helpers/web-pages.ts';

afterEach(closeWeb);

const channel = {
  ...writtenChannel(7, 9, { name: 'Union' }),
  messages: [
    { id: 9, hours: 1, reactions: ['4'] },
    { id: 5, more: [6, 7], hours: 2 },
    { id: 3, hours: 3, service: true },
  ],
};

async function confirm(
  ids: readonly number[],
  script: (request: ScriptedGet) => ScriptedReplyPage = well([channel]),
  more: Partial<ConfirmRequest> = {},
) {
  const under = await webSourceOf(script);
  const answer = await under.source.confirm({ pageId: 1, nativeId: 7, name: 'union', ids, ...more });
  return { answer, paths: pathsOf(under) };
}

test('messages are there or gone by the page of each', async () => {
  const { answer, paths } = await confirm([9, 8, 3]);
  expect(answer).toMatchObject({ observed: new Date(writtenAt), there: [9, 3], gone: [8], cause: '' });
  expect(answer.posts).toMatchObject([{ postId: 9, text: 'text 9', counters: { views: 10, likes: 4 } }]);
  expect(paths).toEqual(['9', '8', '3'].map((id) => `/union/${id}?embed=1&mode=tme`));
});

test('an album is there by any of its messages, which are not asked for again', async () => {
  const { answer, paths } = await confirm([4, 6, 7, 5]);
  expect(answer).toMatchObject({ there: [5, 6, 7], gone: [4], posts: [{ postId: 5, parts: [5, 6, 7] }] });
  expect(paths).toHaveLength(2);
});

const error = (words: string) => embeddedHtml(`<div class="tgme_widget_message_error">${words}</div>`);

test.each<[string, ScriptedReplyPage, RegExp]>([
  [
    'a card',
    { html: cardHtml('union', 'Союз', '5 subscribers') },
    /union\/9 tells nothing: it is no page of one/,
  ],
  [
    'a page that is cut',
    { html: '<div class="tgme_widget_message_error">Post not found' },
    /the page is cut off/,
  ],
  [
    'a name that nobody has',
    { html: error('Channel with username <b>@union</b> not found') },
    /it says "Channel/,
  ],
  ['another message', { html: widgetHtml(channel, 5) }, /it shows the message Union\/5/],
  ['another name', { html: widgetHtml({ ...channel, name: 'other' }, 9) }, /it shows the message other\/9/],
  ['another channel', { html: widgetHtml({ ...channel, id: 8 }, 9) }, /its message is of another channel/],
  [
    'a message and an error',
    { html: widgetHtml(channel, 9).replace('</body>', `${error('Post not found')}</body>`) },
    /it is no page of one message/,
  ],
  [
    'something without measure',
    { html: `<html>${'<div>'.repeat(400)}</html>` },
    /^broken: elements stand more/,
  ],
  ['the home page', { redirect: 'https://telegram.org/' }, /it is the home page of Telegram/],
  ['another site', { redirect: 'https://warning.example/' }, /^broken: .* redirected to warning\.example/],
])('%s tells nothing', async (_, reply, cause) => {
  const { answer } = await confirm([9], () => reply);
  expect(answer).toMatchObject({ there: [], gone: [], posts: [] });
  expect(answer.cause).toMatch(cause);
});

test('one that cannot be read leaves the others to be known', async () => {
  const { answer } = await confirm([9, 8, 5], (request) =>
    request.id === 9 ? { html: '<html></html>' } : well([channel])(request),
  );
  expect(answer).toMatchObject({ there: [5], gone: [8] });
  expect(answer.cause).toMatch(/^telegram: the page of union\/9 tells nothing/);
});

test.each<[string, ScriptedReplyPage, RegExp]>([
  ['a site that refuses', { html: '', status: 403 }, /status 403/],
  ['one that wants a pause', { html: '', status: 429, headers: { 'retry-after': '3600' } }, /^telegram:429/],
])('%s is not asked for the next message', async (_, reply, cause) => {
  const { answer, paths } = await confirm([9, 8, 5], (request) =>
    request.id === 8 ? reply : well([channel])(request),
  );
  expect(answer).toMatchObject({ there: [9], gone: [] });
  expect(answer.cause).toMatch(cause);
  expect(paths).toHaveLength(2);
});

test('nothing is asked without a name, or by one that is another channel’s', async () => {
  const nameless = await confirm([9], undefined, { name: null });
  expect(nameless.answer.cause).toMatch(/the channel 7 has no name/);
  expect(nameless.paths).toEqual([]);
  const under = await webSourceOf(well([{ ...channel, id: 99 }]));
  await looksOf(under.source, looksFor([channel]));
  const asked = under.server.requests.length;
  const answer = await under.source.confirm({ pageId: 1, nativeId: 7, name: 'union', ids: [8] });
  expect(answer).toMatchObject({ there: [], gone: [] });
  expect(answer.cause).toMatch(/leads to the channel 99 now/);
  expect(under.server.requests).toHaveLength(asked);
});

test('a stopped run knows nothing, and says so', async () => {
  const stop = new AbortController();
  stop.abort();
  const under = await webSourceOf(well([channel]));
  const answer = await under.source.confirm({ pageId: 1, nativeId: 7, name: 'union', ids: [9] }, stop.signal);
  expect(answer).toMatchObject({ there: [], gone: [], cause: 'stopped' });
});
