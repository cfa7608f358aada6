import { describe, expect, it } from 'vitest';
import { daysOf, monthOf } from '../calendar.ts';
import { storiesToldBy } from '../texts/told-of.ts';
import { subjects } from '../texts/topics/index.ts';
import { countersAt } from './counters.ts';
import { createWorld, type WorldRequest } from './create.ts';
import { subscribersShown, valueAt } from './subscribers.ts';
import type { Page, Rhythm } from './types.ts';
import type { World } from './world.ts';
import { takesLong } from '#tests/helpers/takes-long.ts';

takesLong('it makes whole worlds twice');

const anchor = new Date('2026-03-02T03:00:00Z');
const now = anchor.getTime();
const day = 86_400_000;
const request: WorldRequest = { seed: 11, anchor, organisations: 45, zone: 'Asia/Irkutsk', historyWeeks: 27 };
const world = createWorld(request);

function pageWith(rhythm: Rhythm): Page {
  const found = world.pages.find((page) => page.rhythm === rhythm);
  if (found === undefined) {
    throw new Error(`No page is ${rhythm}.`);
  }
  return found;
}

function lastPost(page: Page): number {
  return world.wall(page, now).find((post) => post.placement === 'own')?.published ?? 0;
}

function everything(of: World, until: number): unknown {
  return of.pages.map((page) => of.postsUntil(page, until));
}

describe('a world', () => {
  it('is the same for the same seed and anchor, whatever is asked first', () => {
    const other = createWorld(request);
    for (const page of [...other.pages].reverse()) {
      other.wall(page, now - 90 * day);
    }
    expect(other.organisations).toEqual(world.organisations);
    expect(other.pages).toEqual(world.pages);
    expect(everything(other, now)).toEqual(everything(world, now));
    expect(everything(createWorld({ ...request, seed: 12 }), now)).not.toEqual(everything(world, now));
  });

  it('goes on after its anchor, and keeps what was there', () => {
    const page = pageWith('active');
    const before = world.postsUntil(page, now).map((post) => post.id);
    const later = createWorld(request)
      .postsUntil(page, now + 21 * day)
      .map((post) => post.id);
    expect(later.slice(0, before.length)).toEqual(before);
    expect(later.length).toBeGreaterThan(before.length);
  });

  it('keeps only some pages in memory and still gives the same posts', () => {
    const large = createWorld({ ...request, organisations: 600 });
    const first = large.pages[1] as Page;
    const posts = large.postsUntil(first, now);
    for (const page of large.pages.slice(0, 400)) {
      large.postsUntil(page, now);
    }
    expect(large.postsUntil(first, now)).toEqual(posts);
  });

  it('has an organisation of each level, one page or two or none, and parents that exist', () => {
    expect(world.organisations).toHaveLength(45);
    expect(new Set(world.organisations.map(({ level }) => level)).size).toBe(5);
    expect(new Set(world.organisations.map(({ name }) => name)).size).toBe(45);
    const counts = world.organisations.map(({ id }) => world.pagesOf(id).length);
    expect(counts.filter((count) => count === 0).length).toBeGreaterThan(0);
    expect(counts.filter((count) => count === 2).length).toBeGreaterThan(1);
    for (const { parentId } of world.organisations.slice(1)) {
      expect(world.organisation(parentId ?? 0)?.level).toBeOneOf(['federation', 'branch']);
    }
  });

  it('has ids that grow with time and differ on a wall', () => {
    for (const page of world.pages) {
      const ids = world.postsUntil(page, now).map((post) => post.id);
      expect(ids).toEqual([...new Set(ids)].sort((left, right) => left - right));
    }
  });

  it('keeps its rhythms', () => {
    expect(now - lastPost(pageWith('active'))).toBeLessThan(7 * day);
    const stopped = now - lastPost(pageWith('stopped'));
    expect(stopped).toBeGreaterThan(20 * day);
    expect(stopped).toBeLessThan(32 * day);
    expect(new Date(lastPost(pageWith('dead'))).getUTCFullYear()).toBe(2025);
    expect(lastPost(pageWith('never'))).toBe(0);
    const reposts = world.wall(pageWith('reposts'), now).filter((post) => post.placement === 'own');
    expect(reposts.every((post) => post.sources.length > 0)).toBe(true);
    const summer = daysOf({ from: '2025-07-01', to: '2025-08-31' });
    const days = world.wall(pageWith('summer'), now).filter((post) => post.placement === 'own');
    expect(days.some((post) => summer.includes(world.calendar.dayOf(post.published)))).toBe(false);
    expect(days.some((post) => monthOf(world.calendar.dayOf(post.published)) === 10)).toBe(true);
  });

  it('has everything that gives collectors trouble', () => {
    const posts = world.pages.flatMap((page) => world.postsUntil(page, now));
    const has = (what: (post: (typeof posts)[number]) => boolean): number => posts.filter(what).length;
    expect(has((post) => post.deletedAt !== null)).toBeGreaterThan(20);
    expect(has((post) => post.edit !== null)).toBeGreaterThan(20);
    expect(has((post) => post.finalViews === null)).toBeGreaterThan(20);
    expect(has((post) => post.finalComments === null)).toBeGreaterThan(5);
    expect(has((post) => post.placement === 'visitor')).toBeGreaterThan(20);
    expect(has((post) => post.placement === 'advertising')).toBeGreaterThan(5);
    expect(has((post) => post.donut)).toBeGreaterThan(3);
    expect(has((post) => post.sources.length > 0 && post.text === '')).toBeGreaterThan(20);
    expect(has((post) => post.sources.length > 0 && post.text !== '')).toBeGreaterThan(20);
    expect(has((post) => post.sources.some((source) => source.type === 'reply'))).toBeGreaterThan(5);
    expect(world.pages.filter((page) => page.screenNames.length > 1).length).toBeGreaterThan(1);
    const states = world.pages.map((page) => world.stateOf(page, now));
    expect(states).toEqual(expect.arrayContaining(['private', 'deleted', 'banned']));
    const pinned = world.pages.map((page) => world.pinned(page, now)).filter((post) => post !== undefined);
    expect(pinned.length).toBeGreaterThan(3);
    expect(pinned.every((post) => now - post.published > 60 * day)).toBe(true);
  });

  it('repeats texts within two days, on pages of one organisation and across organisations', () => {
    const copies = world.pages.flatMap((page) =>
      world.postsUntil(page, now).filter((post) => post.copyOf !== null),
    );
    const own = copies.filter((copy) => {
      const [pageId, postId] = (copy.copyOf ?? '').split('_').map(Number);
      const source = world.page(pageId ?? 0) as Page;
      const original = world.postsUntil(source, now).find((post) => post.id === postId);
      expect(copy.text.startsWith(original?.text ?? '?')).toBe(true);
      expect(copy.published - (original?.published ?? 0)).toBeLessThan(2 * day);
      return source.organisationId === world.page(copy.pageId)?.organisationId;
    });
    expect(own.length).toBeGreaterThan(10);
    expect(copies.length - own.length).toBeGreaterThan(10);
  });

  it('tells one story in each of its news, and says above a repost what belongs to its theme', () => {
    let remarks = 0;
    for (const page of world.pages) {
      const own = world.postsUntil(page, now).filter(({ placement }) => placement === 'own');
      for (const { theme, text, sources } of own) {
        const news = sources[0]?.text ?? text;
        expect(storiesToldBy(news).map((story) => story.theme)).toEqual([theme]);
        if (sources.length === 0 || text === '' || text === news) continue;
        expect(subjects.find((subject) => subject.theme === theme)?.remarks).toContain(text);
        remarks += 1;
      }
    }
    expect(remarks).toBeGreaterThan(50);
  });

  it('never repeats a text of its own within two days by chance', () => {
    for (const page of world.pages) {
      const posts = world
        .postsUntil(page, now)
        .filter((post) => post.placement === 'own' && post.text !== '');
      for (const [index, post] of posts.entries()) {
        const near = posts
          .slice(Math.max(0, index - 30), index)
          .filter((other) => post.published - other.published < 2 * day);
        expect(near.some((other) => other.text === post.text && post.copyOf === null)).toBe(false);
      }
    }
  });
});

describe('what changes with time', () => {
  it('counters never fall, begin at zero and come to their final values', () => {
    const posts = world.wall(pageWith('active'), now).slice(0, 20);
    for (const post of posts) {
      let before = { views: 0, likes: 0, comments: 0, reposts: 0 };
      expect(countersAt(post, post.published).views ?? 0).toBe(0);
      for (let age = 0; age < 30 * day; age += 7_200_000) {
        const counters = countersAt(post, post.published + age);
        for (const name of ['views', 'likes', 'comments', 'reposts'] as const) {
          expect(counters[name] ?? 0).toBeGreaterThanOrEqual(before[name]);
        }
        before = {
          ...before,
          ...Object.fromEntries(Object.entries(counters).map(([key, count]) => [key, count ?? 0])),
        };
      }
      expect(before.views).toBeGreaterThanOrEqual((post.finalViews ?? 0) - 1);
    }
  });

  it('subscribers grow slowly, and jump at known instants', () => {
    const page = world.pages.find((candidate) => candidate.subscribers.jumps.length > 0) as Page;
    const jump = page.subscribers.jumps[0]?.from ?? 0;
    const size = page.subscribers.jumps[0]?.value ?? 0;
    const after = subscribersShown(page, jump) ?? 0;
    const before = subscribersShown(page, jump - 1) ?? 1;
    expect(after / before - 1).toBeCloseTo(size, 1);
    const quiet = pageWith('active');
    const today = subscribersShown(quiet, now) ?? 0;
    expect(Math.abs(today - (subscribersShown(quiet, now - day) ?? 0)) / today).toBeLessThan(0.02);
  });

  it('deleted posts leave the wall, edited ones change', () => {
    const posts = world.pages.flatMap((page) => world.postsUntil(page, now).map((post) => ({ page, post })));
    const gone = posts.find(
      ({ page, post }) =>
        post.deletedAt !== null && post.deletedAt < now && world.stateOf(page, now) === 'ok',
    );
    const deletedAt = gone?.post.deletedAt ?? 0;
    const ids = (instant: number): number[] => world.wall(gone?.page as Page, instant).map((post) => post.id);
    expect(ids(deletedAt - 1)).toContain(gone?.post.id);
    expect(ids(deletedAt)).not.toContain(gone?.post.id);
    const edited = posts.find(({ post }) => post.edit !== null)?.post;
    const at = edited?.edit?.at ?? 0;
    expect(edited && world.textOf(edited, at)).not.toBe(edited && world.textOf(edited, at - 1));
  });

  it('names are looked up as of an instant', () => {
    const page = world.pages.find((candidate) => candidate.screenNames.length > 1) as Page;
    const renamed = page.screenNames[1]?.from ?? 0;
    const old = page.screenNames[0]?.value ?? '';
    expect(world.pageNamed(old, renamed - 1)).toBe(page);
    expect(world.pageNamed(old, renamed)).toBeUndefined();
    expect(world.pageNamed(valueAt(page.screenNames, now).toUpperCase(), now)).toBe(page);
    expect(world.pageNamed(`public${page.id}`, now)).toBe(page);
    expect(() => valueAt([], now)).toThrow(RangeError);
  });
});

describe('a large world', () => {
  it('has as many organisations as asked for, each with a name and pages of its own', () => {
    const large = createWorld({ ...request, organisations: 3_500 });
    const page = large.pages.at(-1) as Page;
    expect(large.wall(page, now).length).toBeGreaterThanOrEqual(0);
    expect(new Set(large.pages.map(({ id }) => id)).size).toBe(large.pages.length);
    expect(new Set(large.organisations.map(({ name }) => name)).size).toBe(3_500);
  });
});
