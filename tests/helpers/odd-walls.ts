import type { Source } from '#collector/source.ts';
import type { SetClock } from './collector-clocks.ts';

/**
 * Walls whose truth is known, and servers that now and then answer oddly about them. A source adapter makes one network's
 * servers and odd answers; the same story is then played over each network.
 */

const hour = 3_600_000;
/** Between two posts of a wall, on average: what months a wall spans is what its rows cost to write and to read. */
const step = 6 * hour;

/** A publication of a wall. */
export interface WallPost {
  id: number;
  published: Date;
}

/** A wall (or channel): what is there, newest first, and what was. */
export interface Wall {
  id: number;
  name: string;
  posts: WallPost[];
  gone: WallPost[];
  /** Posts that are counted and never shown. */
  hidden?: number;
  /** People talk in it: it is a page of publications no more. */
  group?: boolean;
  /** Ids of items that are no posts of the wall, whenever asked for. */
  broken?: ReadonlySet<number>;
}

/** The oddity that every network has: right posts under dates that are 400 days too early. */
export const datesOfThePast = 'dates of the past';

/** Posts as an answer with wrong dates shows them. */
export function datedOff(posts: readonly WallPost[], days: number): WallPost[] {
  return posts.map(({ id, published }) => ({
    id,
    published: new Date(published.getTime() + days * 24 * hour),
  }));
}

/** Posts of which every third has a wrong date. */
export function datedInPart(posts: readonly WallPost[]): WallPost[] {
  return posts.map((post, index) => (index % 3 === 1 ? (datedOff([post], -400)[0] ?? post) : post));
}

/** One network's servers over walls. */
export interface OddNetwork {
  source: Source;
  /** Names of the ways in which it can answer oddly about a wall. */
  readonly oddities: readonly string[];
  /** So many answers that list posts of the wall are odd in this way: the next ones, or those from number `from` on. */
  arm(wall: Wall, oddity: string, times: number, from?: number): void;
  /** Nothing is odd from now on. */
  disarm(): void;
  close(): Promise<void>;
}

/** Makes a network over walls; the clock is what its sources record by. */
export type OddNetworkOf = (walls: readonly Wall[], clock: SetClock) => Promise<OddNetwork>;

/** Which answers about which walls are odd. */
export interface Armed {
  arm(wall: Wall, oddity: string, times: number, from?: number): void;
  disarm(): void;
  /** How the answer that is given now is odd; `null` when it is not. */
  take(wall: Wall): string | null;
}

export function createArmed(): Armed {
  const rules = new Map<number, { oddity: string; times: number; from: number }>();
  return {
    arm: (wall, oddity, times, from = 1) => rules.set(wall.id, { oddity, times, from }),
    disarm: () => rules.clear(),
    take: (wall) => {
      const rule = rules.get(wall.id);
      if (!rule) return null;
      if (rule.from > 1) {
        rule.from -= 1;
        return null;
      }
      rule.times -= 1;
      return rule.times < 0 ? null : rule.oddity;
    },
  };
}

/** Numbers from 0 to 1 that a seed decides (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** A wall of posts in irregular steps up to the instant; ids leave gaps, as deleted posts and comments do. */
export function wallOf(id: number, size: number, at: Date, random: () => number, firstId = 1): Wall {
  const posts: WallPost[] = [];
  let time = at.getTime() - size * step;
  let postId = firstId;
  for (let index = 0; index < size; index += 1) {
    posts.unshift({ id: postId, published: new Date(Math.floor(time / 1000) * 1000) });
    postId += 1 + Math.floor(random() * 3);
    time += (0.5 + random()) * step;
    time = Math.min(time, at.getTime() - (size - index) * 60_000);
  }
  return { id, name: `wall${id}`, posts, gone: [] };
}

/** New posts appear, and now and then one goes. */
export function live(wall: Wall, now: Date, random: () => number): void {
  const count = Math.floor(random() * 3);
  for (let index = 0; index < count; index += 1) {
    // An id is never given twice.
    const newest = Math.max(0, ...[...wall.posts, ...wall.gone].map(({ id }) => id));
    const published = new Date(Math.floor(now.getTime() / 1000) * 1000 - (count - index) * 1000);
    wall.posts.unshift({ id: newest + 1 + Math.floor(random() * 3), published });
  }
  if (random() < 0.25 && wall.posts.length > 30) {
    const [gone] = wall.posts.splice(Math.floor(random() * 15), 1);
    if (gone) wall.gone.unshift(gone);
  }
}
