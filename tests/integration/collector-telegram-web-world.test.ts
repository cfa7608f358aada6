import pino from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ObservedPost, Resolution, Source } from '#collector/source.ts';
import { createTelegramWebSource } from '#collector/sources/telegram-web/source.ts';
import type { Page, Post, Simulation } from '#simulator/index.ts';
import { createSimulation, SimulatorClock } from '#simulator/index.ts';
import type { TelegramWebServer } from '#simulator/telegram-web/serve.ts';
import { countersAt } from '#simulator/world/counters.ts';
import { shortValue } from '#simulator/world/short-number.ts';
import { valueAt } from '#simulator/world/subscribers.ts';
import { hastyTimer } from '../helpers/collector-clocks.ts';
import { looksOf } from '../helpers/vk-source.ts';

const at = new Date('2026-02-10T04:00:00Z');
const instant = at.getTime();
const week = 7 * 24 * 3_600_000;

let simulation: Simulation;
let server: TelegramWebServer;
let source: Source;
let channels: readonly Page[];
let readable: Page[];

beforeAll(async () => {
  const clock = new SimulatorClock({ at, speed: 0 });
  const size = { organisations: 24, historyWeeks: 6, channels: true };
  simulation = createSimulation({ seed: 5, anchor: at, clock, size });
  server = await simulation.serveTelegramWeb();
  source = createTelegramWebSource({
    url: server.url,
    clock,
    timer: hastyTimer(50),
    // A second and a half: a busy machine must not look like a network that hangs.
    deadline: 75_000,
    requestsPerSecond: 1000,
    log: pino({ level: 'silent' }),
  });
  channels = simulation.world.pagesIn('telegram');
  readable = channels.filter(
    (page) => simulation.world.stateOf(page, instant) === 'ok' && page.channel?.preview === true,
  );
});
afterAll(async () => {
  expect(server.unexpected).toEqual([]);
  await server.close();
});

const nameOf = (page: Page) => valueAt(page.screenNames, instant);
const requestOf = (page: Page) => ({
  pageId: page.id,
  nativeId: page.id,
  name: nameOf(page),
  newest: 20,
  since: null,
});

/** The posts of a channel with the ids of their messages, as the world has them. */
function postsOf(page: Page): Map<number, { post: Post; ids: number[] }> {
  const messages = simulation.world
    .messages(page, instant)
    .filter(({ post }) => post.placement !== 'service');
  const groups = [...Map.groupBy(messages, ({ post }) => post)].map(([post, own]) => {
    const ids = own.map(({ id }) => id).sort((one, other) => one - other);
    return [ids[0] ?? 0, { post, ids }] as const;
  });
  return new Map(groups);
}

/** The source of a forward as far as the page tells it: a channel that stands in the register, and can be opened. */
function sourceOf({ sources: [first] }: Post): { sourceOwner: number | null; sourcePost: number | null } {
  if (!first || first.ownerId > 0) return { sourceOwner: null, sourcePost: null };
  const page = simulation.world.page(-first.ownerId, 'telegram');
  if (!page) return { sourceOwner: null, sourcePost: first.postId };
  const isOpen = simulation.world.stateOf(page, instant) === 'ok';
  return isOpen
    ? { sourceOwner: first.ownerId, sourcePost: first.postId }
    : { sourceOwner: null, sourcePost: null };
}

/** What differs between the posts of a channel as read and as the world has them. */
function differences(page: Page, read: readonly ObservedPost[]): string[] {
  const wanted = postsOf(page);
  const found: string[] = [];
  const tell = (id: number, what: string, got: unknown, want: unknown) => {
    const [one, other] = [JSON.stringify(got), JSON.stringify(want)];
    if (one !== other) found.push(`${nameOf(page)}/${id}: ${what} ${one}, the world has ${other}`);
  };
  tell(
    0,
    'posts',
    read.map(({ postId }) => postId).sort((a, b) => a - b),
    [...wanted.keys()].sort((a, b) => a - b),
  );
  for (const seen of read) {
    const { post, ids } = wanted.get(seen.postId) ?? {};
    if (!post || !ids) continue;
    const { views, likes } = countersAt(post, instant);
    tell(seen.postId, 'parts', seen.parts.length > 0 ? seen.parts : [seen.postId], ids);
    tell(seen.postId, 'published', seen.published, new Date(Math.floor(post.published / 1000) * 1000));
    tell(seen.postId, 'text', seen.text, simulation.world.textOf(post, instant).trim());
    tell(seen.postId, 'kind', seen.kind, post.sources.length > 0 ? 'repost' : 'original');
    tell(
      seen.postId,
      'source',
      { sourceOwner: seen.sourceOwner, sourcePost: seen.sourcePost },
      sourceOf(post),
    );
    tell(seen.postId, 'views', seen.counters.views, views === null ? null : shortValue(views));
    tell(
      seen.postId,
      'precision',
      seen.precisions.views,
      views === null ? null : views < 1000 ? 'exact' : 'rounded',
    );
    // Where no message of a page shows reactions, it is not known whether readers may react.
    if (likes !== 0 || seen.counters.likes !== null) tell(seen.postId, 'likes', seen.counters.likes, likes);
    tell(seen.postId, 'hidden', [seen.counters.comments, seen.counters.reposts], [null, null]);
  }
  return found;
}

describe('a simulated federation read by t.me', () => {
  test('its names lead to its channels, or to what became of them', async () => {
    const pages = channels.map((page) => ({
      pageId: page.id,
      name: nameOf(page),
      link: `https://t.me/${nameOf(page)}`,
    }));
    const found = new Map<number, Resolution>();
    for await (const resolution of source.resolve(pages)) found.set(resolution.pageId, resolution);
    const results = new Set<string>();
    for (const page of channels) {
      const state = simulation.world.stateOf(page, instant);
      const resolution = found.get(page.id);
      results.add(`${state} ${resolution?.result}`);
      if (readable.includes(page)) {
        const title = valueAt(page.titles, instant);
        expect(resolution).toEqual({
          pageId: page.id,
          result: 'found',
          nativeId: page.id,
          name: nameOf(page),
          title,
        });
      } else if (state === 'taken') {
        expect(resolution).toMatchObject({ result: 'found', nativeId: page.channel?.takenBy?.id });
      }
    }
    expect([...results].sort()).toEqual([
      'deleted not_found',
      'ok found',
      'ok unidentified',
      'private not_found',
      'taken found',
    ]);
  });

  test('looks show the newest posts as the world has them, and cover every message', async () => {
    const looks = await looksOf(source, channels.map(requestOf));
    for (const page of readable) {
      const look = looks.get(page.id);
      const { world } = simulation;
      const after = look?.window?.after ?? new Date(0);
      const messages = world.messages(page, instant).filter(({ post }) => post.published > after.getTime());
      const ids = new Set(look?.window?.ids);
      expect(messages.filter(({ id }) => !ids.has(id))).toEqual([]);
      const seen = [...(look?.posts ?? [])];
      const newest = new Set(seen.map(({ postId }) => postId));
      expect(differences(page, seen).filter((each) => !each.includes('/0: posts'))).toEqual([]);
      expect([...postsOf(page).keys()].sort((a, b) => b - a).slice(0, seen.length)).toSatisfy(
        (list: number[]) => list.every((id) => newest.has(id)),
      );
      expect(look?.profile).toMatchObject({ name: nameOf(page), subscribersPrecision: 'exact' });
    }
    const others = channels.filter((page) => !readable.includes(page));
    expect(others.map((page) => looks.get(page.id)?.state)).toEqual(
      others.map((page) => {
        const state = simulation.world.stateOf(page, instant);
        return state === 'taken' ? 'taken_over' : state === 'ok' ? 'closed' : 'not_found';
      }),
    );
  });

  test('histories show everything there is, albums whole', async () => {
    const read = new Map<number, Map<number, ObservedPost>>(readable.map(({ id }) => [id, new Map()]));
    const from = new Date(instant - 60 * week);
    const requests = readable.map((page) => ({ ...requestOf(page), from, place: null }));
    const reached = new Set<number>();
    for await (const chunk of source.history(requests)) {
      expect(chunk.cause).toBe('');
      for (const post of chunk.posts) read.get(chunk.pageId)?.set(post.postId, post);
      if (chunk.reached) reached.add(chunk.pageId);
    }
    expect(reached.size).toBe(readable.length);
    const all = readable.flatMap((page) => differences(page, [...(read.get(page.id)?.values() ?? [])]));
    expect(all).toEqual([]);
    const posts = [...read.values()].flatMap((each) => [...each.values()]);
    expect(posts.filter(({ parts }) => parts.length > 1).length).toBeGreaterThan(10);
    expect(posts.filter(({ sourceOwner }) => sourceOwner !== null).length).toBeGreaterThan(5);
  });
});

describe('odd answers of t.me', () => {
  const whole = async (page: Page) => {
    const from = new Date(instant - 60 * week);
    const read = new Map<number, ObservedPost>();
    let reached: string | null = null;
    for await (const chunk of source.history([{ ...requestOf(page), from, place: null }])) {
      expect([chunk.cause, chunk.doubt]).toEqual(['', null]);
      for (const post of chunk.posts) read.set(post.postId, post);
      reached = chunk.reached;
    }
    return { found: differences(page, [...read.values()]), reached };
  };
  const longest = () =>
    readable.reduce((one, other) => (postsOf(other).size > postsOf(one).size ? other : one));

  test.each(['no-older-link', 'few-posts', 'no-posts'] as const)(
    '%s, once, loses nothing of a past',
    async (kind) => {
      for (const after of [0, 1, 2]) {
        const rule = server.faults.add({ kind, times: 1, after });
        expect(await whole(longest())).toEqual({ found: [], reached: 'proven' });
        expect(rule.hits).toBe(1);
        rule.remove();
      }
    },
  );

  test('the newest page again, deep in a past, is in doubt and keeps the place', async () => {
    const page = longest();
    const rule = server.faults.add({ kind: 'newest-again', after: 1, times: 1 });
    const chunks = [];
    const from = new Date(instant - 60 * week);
    for await (const chunk of source.history([{ ...requestOf(page), from, place: null }])) chunks.push(chunk);
    rule.remove();
    expect(chunks.map(({ doubt }) => doubt?.kind)).toEqual([undefined, 'wrong_place']);
    expect(chunks[1]?.place).toEqual(chunks[0]?.place);
  });

  test('messages asked for by their ids are there or gone as the world has them', async () => {
    const page = longest();
    const there = [...postsOf(page).values()].slice(0, 4).flatMap(({ ids }) => ids);
    const known = new Set(simulation.world.messages(page, instant).map(({ id }) => id));
    const gone = Array.from({ length: Math.max(...known) + 3 }, (_, index) => index + 1).filter(
      (id) => !known.has(id),
    );
    const ids = [...there, ...gone.slice(-4)];
    const answer = await source.confirm({ ...requestOf(page), ids });
    expect(answer).toMatchObject({ gone: gone.slice(-4), cause: '' });
    expect([...answer.there].sort((a, b) => a - b)).toEqual([...there].sort((a, b) => a - b));
    expect(differences(page, answer.posts).filter((each) => !each.includes('/0: posts'))).toEqual([]);
  });
});

describe('the faults of t.me', () => {
  test.each([
    ['foreign-html', 'error', /a page of the channel .* was expected.*"Доступ ограничен"/],
    ['broken-html', 'error', /cut off/],
    ['home-page', 'gone', /home page of Telegram/],
    ['home-redirect', 'gone', /home page of Telegram/],
    ['server-error', 'ok', /^$/],
    ['too-many', 'ok', /^$/],
    ['reset', 'ok', /^$/],
    ['truncated', 'ok', /^$/],
  ] as const)('%s', async (kind, outcome, cause) => {
    const [page] = readable;
    const rule = server.faults.add({ kind, of: 'history', times: 1, retryAfter: 1 });
    const look = page && (await looksOf(source, [requestOf(page)])).get(page.id);
    rule.remove();
    expect(rule.hits).toBe(1);
    expect(look?.outcome).toBe(outcome);
    expect(look?.cause).toMatch(cause);
  });
});
