import type { Period } from '../calendar.ts';
import type { Organisation } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { countedOf, windowOf } from './counted.ts';
import { knownPosts, within } from './facts.ts';
import { numbersOf } from './measures.ts';
import { questionOf, type Question } from './rules.ts';
import { rankingOf } from './ranking.ts';
import { statusOf } from './status.ts';
import type { TruthCounted, TruthMeasures, TruthRequest, TruthRow } from './types.ts';

/** A post as the truth knows it. */
export interface TruthPost {
  pageId: number;
  id: number;
  published: Date;
  kind: 'original' | 'repost';
  text: string;
  views: number | null;
  likes: number | null;
  comments: number | null;
  reposts: number | null;
}

/**
 * The expected measures, worked out from the world alone, post by post, as the definitions read. All periods are local
 * days, both inclusive. Throws `RangeError` for an organisation or a page that is not there.
 */
export class Truth {
  #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  #organisation(id: number): Organisation {
    const found = this.#world.organisation(id);
    if (found === undefined) {
      throw new RangeError(`There is no organisation ${id} in this world.`);
    }
    return found;
  }

  #measures(
    question: Question,
    organisation: Organisation,
    pageIds: readonly number[],
    period: Period,
  ): TruthMeasures {
    const pages = this.#world.pagesOf(organisation.id).filter((page) => pageIds.includes(page.id));
    return {
      ...numbersOf(question, organisation, pages, period),
      ...statusOf(question, organisation, pages, period),
    };
  }

  /** The measures of an organisation over all its pages. */
  organisation(id: number, period: Period, request: TruthRequest): TruthMeasures {
    const pages = this.#world.pagesOf(id).map((page) => page.id);
    return this.#measures(questionOf(this.#world, request), this.#organisation(id), pages, period);
  }

  /** The measures of one page, by its native id. */
  page(pageId: number, period: Period, request: TruthRequest): TruthMeasures {
    const page = this.#world.page(pageId);
    if (page === undefined) {
      throw new RangeError(`There is no page ${pageId} in this world.`);
    }
    const organisation = this.#organisation(page.organisationId);
    return this.#measures(questionOf(this.#world, request), organisation, [pageId], period);
  }

  /** What frequency and regularity are made of over the index window of a period. */
  counted(id: number, period: Period, request: TruthRequest): TruthCounted {
    const question = questionOf(this.#world, request);
    return countedOf(question, this.#organisation(id), this.#world.pagesOf(id), windowOf(question, period));
  }

  /** Every organisation with its measures, league, components, index and place. */
  ranking(period: Period, request: TruthRequest): TruthRow[] {
    return rankingOf(questionOf(this.#world, request), period);
  }

  /** A page's own undeleted posts of a period as known at its last look, oldest first. */
  posts(pageId: number, period: Period, request: TruthRequest): TruthPost[] {
    const question = questionOf(this.#world, request);
    const page = this.#world.page(pageId);
    const known = page ? knownPosts(question, page) : [];
    return within(known, period).map(({ post, shown }) => ({
      pageId,
      id: post.id,
      published: new Date(post.published),
      kind: post.sources.length > 0 ? 'repost' : 'original',
      text: post.donut ? '' : this.#world.textOf(post, question.lastLook ?? question.now),
      ...shown,
    }));
  }
}
