import { afterEach, expect, test } from 'vitest';
import type { HistoryChunk, Resolution, Source, UnresolvedPage } from '../../collector/source.ts';
import { closeWeb, looksFor, pathsOf, webSourceOf, well } from '../helpers/telegram-web-source.ts';
import { cardHtml, hoursAgo, writtenChannel } from '../helpers/web-pages.ts';

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

async function chunks(source: Source, requests: Parameters<Source['history']>[0], signal?: AbortSignal) {
  const all: HistoryChunk[] = [];
  for await (const chunk of source.history(requests, signal)) all.push(chunk);
  return all;
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
      title: 'Пусто',
      cause: 'telegram: the channel empty shows no message yet, by which its id could be known',
    },
    {
      pageId: 4,
      result: 'unidentified',
      outcome: 'closed',
      title: 'Тихий',
      cause: 'telegram: the channel quiet shows no preview: read it by an account (telegram login)',
    },
    { pageId: 5, result: 'not_found', cause: 'telegram: nobody has the name nobody' },
    { pageId: 6, result: 'unresolved', cause: 'the link https://t.me/+secret names no channel' },
  ]);
  expect(pathsOf(under)).toEqual(['/s/union', '/s/empty', '/s/quiet', '/quiet', '/s/nobody', '/nobody']);
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

test('a history goes back to the wanted instant, or to the beginning', async () => {
  const channels = [writtenChannel(7, 70), writtenChannel(8, 30)];
  const { source } = await webSourceOf(well(channels));
  const requests = looksFor(channels).map((request) => ({ ...request, from: hoursAgo(50), cursor: null }));
  const all = await chunks(source, requests);
  const of = (pageId: number) => all.filter((chunk) => chunk.pageId === pageId);
  expect(of(7).map(({ cursor, reached }) => [cursor, reached])).toEqual([
    [51, false],
    [31, false],
    [11, true],
  ]);
  expect(of(7).flatMap(({ posts }) => posts)).toHaveLength(50);
  expect(of(8).map(({ cursor, reached }) => [cursor, reached])).toEqual([
    [11, false],
    [11, true],
  ]);
  expect(of(8).flatMap(({ posts }) => posts)).toHaveLength(30);
  expect(of(8).at(-1)).toMatchObject({ oldest: hoursAgo(30), cause: '' });
});

test('a history goes on from its cursor; a failure keeps the cursor and says why', async () => {
  const channel = writtenChannel(7, 70);
  let isDown = false;
  const { source } = await webSourceOf((request) =>
    isDown ? { html: '', status: 403 } : well([channel])(request),
  );
  const [request] = looksFor([channel]).map((each) => ({ ...each, from: hoursAgo(200), cursor: 31 }));
  const first = await chunks(source, request ? [request] : []);
  expect(first.map(({ posts, cursor, reached }) => [posts.length, cursor, reached])).toEqual([
    [20, 11, false],
    [10, 11, true],
  ]);
  isDown = true;
  const [failed] = await chunks(source, request ? [request] : []);
  expect(failed).toMatchObject({ posts: [], cursor: 31, reached: false });
  expect(failed?.cause).toMatch(/refused the request \(status 403\)/);
});

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
  expect(
    await chunks(
      source,
      looksFor(channels).map((each) => ({ ...each, from: hoursAgo(9), cursor: null })),
      stop.signal,
    ),
  ).toEqual([]);
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
