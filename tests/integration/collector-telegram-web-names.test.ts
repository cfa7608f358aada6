import { afterEach, expect, test } from 'vitest';
import type { Resolution, Source, UnresolvedPage } from '#collector/source.ts';
import {
  chunksOf,
  closeWeb,
  historiesFor,
  pathsOf,
  webSourceOf,
  well,
} from '../helpers/telegram-web-source.ts';
import { cardHtml, emptyHtml, hoursAgo, previewHtml, writtenChannel } from '../helpers/web-pages.ts';

afterEach(closeWeb);

const unresolved = (pageId: number, name: string | null): UnresolvedPage => ({
  pageId,
  name,
  link: `https://t.me/${name ?? '+secret'}`,
});

async function resolutions(
  source: Source,
  pages: UnresolvedPage[],
  signal?: AbortSignal,
): Promise<Resolution[]> {
  const found: Resolution[] = [];
  for await (const resolution of source.resolve(pages, signal)) found.push(resolution);
  return found;
}

test('a name is what its page shows: a channel, a card, nobody', async () => {
  const channels = [
    writtenChannel(7, 3, { name: 'Union', title: 'Профсоюз' }),
    { id: 8, name: 'empty', title: 'Пусто', messages: [] },
  ];
  const under = await webSourceOf((request) => {
    if (request.name !== 'quiet') return well(channels)(request);
    return request.kind === 'preview'
      ? { redirect: 'https://t.me/quiet' }
      : { html: cardHtml('quiet', 'Тихий', '5 subscribers') };
  });
  const pages = ['union', 'UNION', 'empty', 'quiet', 'nobody', null].map((name, index) =>
    unresolved(index + 1, name),
  );
  expect(await resolutions(under.source, pages)).toEqual([
    { pageId: 1, result: 'found', nativeId: 7, name: 'Union', title: 'Профсоюз' },
    { pageId: 2, result: 'found', nativeId: 7, name: 'Union', title: 'Профсоюз' },
    {
      pageId: 3,
      result: 'unidentified',
      outcome: 'empty',
      state: 'ok',
      title: 'Пусто',
      subscribers: 921,
      subscribersPrecision: 'exact',
      cause: 'telegram: the channel empty shows no message yet, by which its id could be known',
    },
    {
      pageId: 4,
      result: 'unidentified',
      outcome: 'closed',
      state: 'closed',
      title: 'Тихий',
      subscribers: 5,
      subscribersPrecision: 'exact',
      cause: 'telegram: the channel quiet shows no preview: read it by an account (telegram login)',
    },
    { pageId: 5, result: 'not_found', cause: 'telegram: nobody has the name nobody' },
    { pageId: 6, result: 'unresolved', is: null, cause: 'the link https://t.me/+secret names no channel' },
  ]);
  expect(pathsOf(under)).toEqual([
    '/s/union',
    // A page without a message may be an odd answer.
    '/s/empty',
    '/s/empty',
    '/s/quiet',
    '/quiet',
    '/s/nobody',
    '/nobody',
  ]);
});

test('a page that is empty once has an id all the same; one that says nothing of itself is not found', async () => {
  const channel = writtenChannel(7, 3, { name: 'union' });
  const other = writtenChannel(8, 3, { name: 'other' });
  let asked = 0;
  const { source } = await webSourceOf((request) => {
    asked += 1;
    if (request.name === 'mixed') {
      return { html: previewHtml(other).replaceAll('"/other"', '"/mixed"').replaceAll('@other', '@mixed') };
    }
    return asked === 1 ? { html: emptyHtml(channel) } : well([channel])(request);
  });
  expect(await resolutions(source, [unresolved(1, 'union'), unresolved(2, 'mixed')])).toMatchObject([
    { result: 'found', nativeId: 7 },
    {
      result: 'failed',
      outcome: 'error',
      cause: 'telegram: half of the messages of mixed or more are no posts of it (other_channel)',
    },
  ]);
});

test('a blocked channel is blocked at first sight; its card tells a name’s kind', async () => {
  const blocked = '<div class="tgme_page_description">This channel can&#39;t be displayed.</div>';
  const cards: Record<string, string> = {
    barred: cardHtml('barred', 'Закрыт', '', blocked),
    chat: cardHtml('chat', 'Чат', '12 members, 3 online'),
    helper_bot: cardHtml('helper_bot', 'Помощник', '12 monthly users'),
    ivan: cardHtml('ivan', 'Иван', '@ivan'),
  };
  const { source } = await webSourceOf(({ name }) => ({ html: cards[name] ?? '' }));
  const pages = Object.keys(cards).map((name, index) => unresolved(index + 1, name));
  expect(await resolutions(source, pages)).toEqual([
    {
      pageId: 1,
      result: 'unidentified',
      outcome: 'gone',
      state: 'blocked',
      title: 'Закрыт',
      subscribers: null,
      subscribersPrecision: null,
      cause: "telegram: the channel barred is blocked (This channel can't be displayed.)",
    },
    {
      pageId: 2,
      result: 'unresolved',
      is: 'group_chat',
      cause: 'telegram: chat is not a channel but a group chat',
    },
    { pageId: 3, result: 'unresolved', is: 'bot', cause: 'telegram: helper_bot is not a channel but a bot' },
    { pageId: 4, result: 'unresolved', is: 'person', cause: 'telegram: ivan is not a channel but a person' },
  ]);
});

test('what is not a channel, is broken, or wants a pause', async () => {
  const { source } = await webSourceOf(({ name }) => {
    if (name === 'ivan') return { html: cardHtml('ivan', 'Иван', '@ivan') };
    if (name === 'odd') return { html: '<html><title>?</title></html>' };
    return { html: '', status: 429, headers: { 'retry-after': '3600' } };
  });
  expect(
    await resolutions(source, [unresolved(1, 'ivan'), unresolved(2, 'odd'), unresolved(3, 'busy')]),
  ).toMatchObject([
    { result: 'unresolved', cause: 'telegram: ivan is not a channel but a person' },
    { result: 'failed', outcome: 'error' },
    { result: 'failed', outcome: 'rate_limited' },
  ]);
});

test.each(['https://telegram.org/', '//telegram.org', '/', 'https://t.me/'])(
  'a name sent to %s is nobody’s',
  async (redirect) => {
    const { source, server } = await webSourceOf(() => ({ redirect }));
    expect(await resolutions(source, [unresolved(1, 'gone_name')])).toEqual([
      {
        pageId: 1,
        result: 'not_found',
        cause: 'telegram: the name gone_name leads to the home page of Telegram: nobody has it',
      },
    ]);
    expect(server.requests).toHaveLength(1);
  },
);

test('a stopped run leaves out what it has not read', async () => {
  const channels = [writtenChannel(7, 70), writtenChannel(8, 70)];
  const stop = new AbortController();
  const { source, server } = await webSourceOf(() => {
    stop.abort();
    return 'hang';
  });
  expect(
    await resolutions(source, [unresolved(1, 'channel7'), unresolved(2, 'channel8')], stop.signal),
  ).toEqual([]);
  expect(await chunksOf(source, historiesFor(channels, hoursAgo(9)), stop.signal)).toEqual([]);
  expect(server.requests).toHaveLength(1);
});

test('nothing bounds its looks by the day, and its settings are those of the web', async () => {
  const { source } = await webSourceOf(() => 'hang');
  expect(source).toMatchObject({
    network: 'telegram',
    looksPerDay: null,
    settings: ['TELEGRAM_WEB_URL', 'TELEGRAM_WEB_PROXY'],
  });
  expect(await source.looksUsed()).toBe(0);
});
