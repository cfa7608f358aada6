import type { Calendar } from '../calendar.ts';
import { valueAt } from './subscribers.ts';
import type { Network, Organisation, Page, Post, WallState } from './types.ts';

/** What a world is made of; posts come by week, so that only what is asked for is made. */
export interface WorldParts {
  calendar: Calendar;
  organisations: readonly Organisation[];
  pages: readonly Page[];
  /** All posts of a page's week (deleted and future ones too), in order of publication. */
  makeWeek: (page: Page, week: number) => readonly Post[];
  /** Pages whose posts are kept in memory at a time. */
  keptPages?: number;
}

interface PagePosts {
  weeks: Map<number, readonly Post[]>;
  /** All posts of the weeks from the first to the last one gone through. */
  flat: Post[];
  flatThrough: number;
}

/** A message of a channel: a post, or one of an album's. */
export interface Message {
  id: number;
  post: Post;
  /** Its place in the album, from 0. */
  index: number;
}

/** The organisations, their pages, and everything on the walls at any instant. */
export class World {
  readonly calendar: Calendar;
  readonly organisations: readonly Organisation[];
  readonly pages: readonly Page[];
  #makeWeek: WorldParts['makeWeek'];
  #keptPages: number;
  #pagesById = new Map<number, Page>();
  #organisations = new Map<number, Organisation>();
  #pagesByOrganisation = new Map<number, Page[]>();
  #posts = new Map<number, PagePosts>();

  constructor(parts: WorldParts) {
    this.calendar = parts.calendar;
    this.organisations = parts.organisations;
    this.pages = parts.pages;
    this.#makeWeek = parts.makeWeek;
    this.#keptPages = parts.keptPages ?? 256;
    for (const organisation of parts.organisations) {
      this.#organisations.set(organisation.id, organisation);
    }
    for (const page of parts.pages) {
      this.#pagesById.set(page.id, page);
      const siblings = this.#pagesByOrganisation.get(page.organisationId);
      if (siblings) {
        siblings.push(page);
      } else {
        this.#pagesByOrganisation.set(page.organisationId, [page]);
      }
    }
  }

  /** The organisation with that id. */
  organisation(id: number): Organisation | undefined {
    return this.#organisations.get(id);
  }

  /** The page with that native id; only one of the network, when it is given. */
  page(id: number, network?: Network): Page | undefined {
    const page = this.#pagesById.get(id);
    return network === undefined || page?.network === network ? page : undefined;
  }

  /** The pages of an organisation, the main one first. */
  pagesOf(organisationId: number): readonly Page[] {
    return this.#pagesByOrganisation.get(organisationId) ?? [];
  }

  /** The pages of a network. */
  pagesIn(network: Network): readonly Page[] {
    return this.pages.filter((page) => page.network === network);
  }

  /** The page that a name means at an instant in a network: its name then, or on VK `club1`, `public1`, `event1`. */
  pageNamed(name: string, instant: number, network: Network = 'vk'): Page | undefined {
    const wanted = name.toLowerCase();
    const byId = network === 'vk' ? /^(?:club|public|event)(\d+)$/.exec(wanted) : null;
    const page = byId
      ? this.page(Number(byId[1]))
      : this.pagesIn(network).find((each) => valueAt(each.screenNames, instant) === wanted);
    return page?.network === network ? page : undefined;
  }

  /** What a page is at an instant. */
  stateOf(page: Page, instant: number): WallState {
    return valueAt(page.states, instant);
  }

  #entryOf(page: Page): PagePosts {
    const known = this.#posts.get(page.id);
    if (known) {
      this.#posts.delete(page.id);
      this.#posts.set(page.id, known);
      return known;
    }
    const entry: PagePosts = {
      weeks: new Map(),
      flat: [],
      flatThrough: this.calendar.weekOf(page.created) - 1,
    };
    this.#posts.set(page.id, entry);
    for (const oldest of this.#posts.keys()) {
      if (this.#posts.size <= this.#keptPages) {
        break;
      }
      this.#posts.delete(oldest);
    }
    return entry;
  }

  /** All posts of a page's week, deleted and future ones too. */
  postsOfWeek(page: Page, week: number): readonly Post[] {
    const { weeks } = this.#entryOf(page);
    let posts = weeks.get(week);
    if (posts === undefined) {
      posts = week < this.calendar.weekOf(page.created) ? [] : this.#makeWeek(page, week);
      weeks.set(week, posts);
    }
    return posts;
  }

  /** Every post ever published on a page up to an instant, deleted ones too, oldest first. */
  postsUntil(page: Page, instant: number): Post[] {
    const entry = this.#entryOf(page);
    const last = this.calendar.weekOf(instant);
    while (entry.flatThrough < last) {
      entry.flatThrough += 1;
      entry.flat.push(...this.postsOfWeek(page, entry.flatThrough));
    }
    return entry.flat.filter((post) => post.published <= instant);
  }

  /** The posts on a page's wall at an instant, newest first; the pinned one keeps its place. */
  wall(page: Page, instant: number): Post[] {
    return this.postsUntil(page, instant)
      .filter((post) => post.deletedAt === null || post.deletedAt > instant)
      .reverse();
  }

  /** The messages of a channel at an instant, newest first: an album is as many, without the first once that is deleted. */
  messages(page: Page, instant: number): Message[] {
    return this.wall(page, instant).flatMap((post) => {
      const messages = Array.from({ length: post.messages }, (_unused, index) => ({
        id: post.id + index,
        post,
        index,
      }));
      const isFirstGone = (post.firstMessageDeletedAt ?? Infinity) <= instant;
      return (isFirstGone ? messages.slice(1) : messages).reverse();
    });
  }

  /** The post pinned at an instant: the first own original of the page's pin week. */
  pinned(page: Page, instant: number): Post | undefined {
    if (page.pin === null || page.pin.from > instant) {
      return undefined;
    }
    const post = this.postsOfWeek(page, page.pin.week).find(
      (candidate) => candidate.placement === 'own' && candidate.sources.length === 0,
    );
    const gone = post === undefined || post.published > instant || (post.deletedAt ?? Infinity) <= instant;
    return gone ? undefined : post;
  }

  /** A post's text at an instant. */
  textOf(post: Post, instant: number): string {
    return post.edit !== null && post.edit.at <= instant ? post.edit.text : post.text;
  }
}
