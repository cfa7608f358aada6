import type { OracleWorld } from '../oracle/oracle.ts';
import { daysOfPeriod, shiftDay, startOf } from '../oracle/days.ts';
import { defaultNorms } from '#domain/norms.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { insertSubscribers } from '#schema/observations/tables/subscribers.ts';
import { organisationRow, outcomeRow, pageRow, postRow, subscribersRow } from './observed-rows.ts';

/** Random numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const zone = 'Asia/Irkutsk';
const sharedTexts = [
  'Профсоюз поздравляет всех работников с наступающим праздником и желает здоровья, счастья и успехов',
  'Сегодня прошло заседание президиума областной организации, на котором обсудили подготовку к отчётам',
  'Фото дня',
];

/**
 * A random federation from October 2025 to the instant: organisations with one or two VK pages, posts at any time and
 * often at midnight to the millisecond, other versions of posts before the newest one, deleted ones, visitors' ones,
 * unknown counters, the same texts on two pages, gaps in subscribers, pauses, late starts, failed looks, walls that were
 * closed in November or before anybody could look.
 */
export function randomWorld(seed: number, now: Date): OracleWorld {
  const random = randomOf(seed);
  const chance = (probability: number): boolean => random() < probability;
  const below = (limit: number): number => Math.floor(random() * limit);
  const days = daysOfPeriod({ from: '2025-10-01', to: now.toISOString().slice(0, 10) });
  const world: OracleWorld = {
    organisations: [],
    pages: [],
    posts: [],
    subscribers: [],
    outcomes: [],
    norms: defaultNorms,
    holidays: new Set(daysOfPeriod({ from: '2026-01-01', to: '2026-01-08' })),
    historyFrom: '2025-01-01',
    zone,
    now,
  };
  let pageId = 0;
  for (let organisationId = 1; organisationId <= 14; organisationId += 1) {
    const isPaused = chance(0.2);
    world.organisations.push(
      organisationRow(organisationId, {
        tier: chance(0.3) ? 'flagship' : 'active',
        members: [below(3000)],
        started: chance(0.15) ? '2025-12-10' : null,
        pausesFrom: isPaused ? ['2025-12-22'] : [],
        pausesTo: isPaused ? ['2025-12-28'] : [],
      }),
    );
    const pages = chance(0.35) ? 2 : 1;
    for (let page = 0; page < pages; page += 1) {
      pageId += 1;
      const [isUnread, isClosed] = [chance(0.1), chance(0.1)];
      const historyReached = isUnread ? null : chance(0.1) ? '2025-11-20' : '2025-01-01';
      const state = isUnread || isClosed ? 'closed' : 'ok';
      world.pages.push(pageRow(pageId, organisationId, { historyReached, state }));
      const readable = isUnread ? [] : isClosed ? days.filter((day) => day < '2025-11-25') : days;
      const rhythm = [0.05, 0.4, 0.8, 1.6, 0][below(5)] ?? 1;
      fillPage(world, pageId, readable, { chance, below, rhythm });
      for (const day of days.slice(readable.length, -1)) {
        const look = { outcome: 'closed' as const, cause: 'vk:15 Access denied', state: 'closed' as const };
        world.outcomes.push(outcomeRow(pageId, startOf(day, zone), look));
      }
    }
  }
  return world;
}

interface Chances {
  chance(probability: number): boolean;
  below(limit: number): number;
  /** Posts a day. */
  rhythm: number;
}

function fillPage(
  world: OracleWorld,
  pageId: number,
  days: string[],
  { chance, below, rhythm }: Chances,
): void {
  let [postId, count] = [0, 200 + below(3000)];
  const isRounded = chance(0.1);
  for (const day of days) {
    const midnight = startOf(day, zone).getTime();
    for (let wanted = rhythm; wanted > 0 && chance(wanted); wanted -= 1) {
      postId += 1 + below(3);
      const published = new Date(midnight + (chance(0.15) ? below(3) - 1 : below(86_400_000)));
      if (published <= world.now) addVersions(world, pageId, postId, published, { chance, below, rhythm });
    }
    count += below(9) - 3;
    const slot = new Date(midnight + 3_600_000 * below(24));
    if (slot.getTime() > world.now.getTime() - 60_000) continue;
    if (chance(0.92)) {
      const precision = isRounded && chance(0.5) ? { precision: 'rounded' as const } : {};
      world.subscribers.push(subscribersRow(pageId, slot, chance(0.03) ? null : count, precision));
      world.outcomes.push(outcomeRow(pageId, slot));
      if (chance(0.05)) world.subscribers.push(subscribersRow(pageId, slot, count + 5));
    } else {
      world.outcomes.push(
        outcomeRow(pageId, slot, { outcome: 'error', cause: 'vk:10 Internal server error' }),
      );
    }
  }
}

function addVersions(
  world: OracleWorld,
  pageId: number,
  postId: number,
  published: Date,
  { chance, below }: Chances,
): void {
  const counter = (limit: number): number | null => (chance(0.08) ? null : below(limit));
  const known: Partial<PostRow> = {
    kind: chance(0.25) ? 'repost' : 'original',
    placement: chance(0.06) ? 'visitor' : 'own',
    ...(chance(0.2) ? { text: sharedTexts[below(sharedTexts.length)] ?? '' } : {}),
  };
  const versions = chance(0.3) ? 3 : 1;
  for (let version = 1; version <= versions; version += 1) {
    world.posts.push(
      postRow(pageId, postId, published, {
        ...known,
        views: counter(900),
        likes: counter(60),
        comments: counter(9),
        reposts: counter(12),
        deleted: version === versions && chance(0.07) ? world.now : null,
      }),
    );
  }
}

/** Writes a world as it came about: every version with an insert of its own, so that the last one is the newest. */
export async function writeWorld(observations: Observations, world: OracleWorld): Promise<void> {
  await insertMirroredOrganisations(observations, world.organisations);
  await insertMirroredPages(observations, world.pages);
  for (const posts of inRounds(world.posts, (post) => `${post.pageId}/${post.postId}`)) {
    await insertPosts(observations, posts);
  }
  for (const rows of inRounds(world.subscribers, (row) => `${row.pageId}/${+row.slot}`)) {
    await insertSubscribers(observations, rows);
  }
  await insertOutcomes(observations, world.outcomes);
}

/** The rows in rounds, the first of each key first. */
function inRounds<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Row[][] {
  const seen = new Map<string, number>();
  const rounds: Row[][] = [];
  for (const row of rows) {
    const round = seen.get(keyOf(row)) ?? 0;
    seen.set(keyOf(row), round + 1);
    (rounds[round] ??= []).push(row);
  }
  return rounds;
}

/** Every local day on which a page has or had a post, as a run would report it. */
export function changedDays(world: OracleWorld): { pageId: number; days: string[] }[] {
  const whole = daysOfPeriod({ from: '2025-09-30', to: shiftDay(world.now.toISOString().slice(0, 10), 1) });
  return world.pages.map(({ pageId }) => ({ pageId, days: whole }));
}
