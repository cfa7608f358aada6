import { Calendar } from '../calendar.ts';
import type { Organisation, Page, Person, Post } from './types.ts';
import { World } from './world.ts';

const nobody: Person = {
  name: 'Иванова Анна Петровна',
  email: 'anna@example.org',
  phone: '+7 000 000-00-00',
};

/** An organisation of a tier «active» branch, with what is said otherwise. */
export function organisationLike(parts: Partial<Organisation> & { id: number }): Organisation {
  return {
    name: `Организация ${parts.id}`,
    short: `Орг ${parts.id}`,
    level: 'branch',
    parentId: null,
    council: '',
    sector: 'образование',
    municipality: 'город Иркутск',
    tier: 'active',
    members: [],
    started: null,
    chair: nobody,
    responsible: nobody,
    pauses: [],
    ...parts,
  };
}

/** An open page with 1,000 subscribers that never change, with what is said otherwise. */
export function pageLike(parts: Partial<Page> & { id: number; organisationId: number }): Page {
  return {
    network: 'vk',
    channel: null,
    type: 'group',
    titles: [{ from: 0, value: `Страница ${parts.id}` }],
    screenNames: [{ from: 0, value: `page${parts.id}` }],
    states: [{ from: 0, value: 'ok' }],
    created: Date.UTC(2025, 0, 1),
    stops: null,
    rhythm: 'active',
    rate: 3,
    repostShare: 0,
    subscribers: { base: 1000, anchor: 0, weeklyGrowth: 0, noise: 0, jumps: [] },
    reach: 0.3,
    engagement: 0.03,
    viewsMissing: 0,
    commentsHidden: false,
    donutShare: 0,
    advertisingShare: 0,
    visitors: 0,
    repeats: null,
    pin: null,
    ...parts,
  };
}

/** A channel of Telegram as `pageLike`: with a preview, with reactions, without a chat for comments. */
export function channelLike(parts: Partial<Page> & { id: number; organisationId: number }): Page {
  return pageLike({
    network: 'telegram',
    channel: { preview: true, reactions: true, comments: false, albumShare: 0, takenBy: null },
    type: 'page',
    screenNames: [{ from: 0, value: `channel${parts.id}` }],
    ...parts,
  });
}

/** An original by the page itself, with final counters of 100, 10, 2 and 1, and with what is said otherwise. */
export function postLike(parts: Partial<Post> & { pageId: number; id: number; published: number }): Post {
  return {
    messages: 1,
    firstMessageDeletedAt: null,
    placement: 'own',
    authorId: -parts.pageId,
    signerId: null,
    sources: [],
    text: `Новость номер ${parts.id} страницы ${parts.pageId}`,
    theme: null,
    edit: null,
    deletedAt: null,
    donut: false,
    attachments: 'none',
    copyOf: null,
    finalViews: 100,
    finalLikes: 10,
    finalComments: 2,
    finalReposts: 1,
    ...parts,
  };
}

/** A world of exactly these organisations, pages and posts, in Asia/Irkutsk unless said otherwise. */
export function curatedWorld(parts: {
  organisations: readonly Organisation[];
  pages: readonly Page[];
  posts: readonly Post[];
  zone?: string;
}): World {
  const calendar = new Calendar(parts.zone ?? 'Asia/Irkutsk');
  const inOrder = [...parts.posts].sort((left, right) => left.published - right.published);
  return new World({
    calendar,
    organisations: parts.organisations,
    pages: parts.pages,
    makeWeek: (page, week) =>
      inOrder.filter((post) => post.pageId === page.id && calendar.weekOf(post.published) === week),
  });
}
