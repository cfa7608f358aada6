import { monthOf } from '../calendar.ts';
import { Random } from '../random.ts';
import { isAnotherVersion, toldBy } from '../texts/similar.ts';
import { composeNews, composeRemarks, type News } from '../texts/compose.ts';
import type { Post } from './types.ts';
import type { Draft, WeekRequest } from './week.ts';

/** Texts for a post that are no other version of what its organisation tells at that time. */
export interface FreeTexts {
  isFree: (text: string) => boolean;
  /** News on the topic, or on the next one that is free. */
  news: (random: Random, topic: number, hashtag: string) => News;
  /** Own words above a repost of news on the theme, which nobody nearby has said; empty when all are said. */
  remark: (random: Random, theme: string) => string;
}

const hour = 3_600_000;
/** Repetitions are looked for within 48 hours. */
const nearby = 49 * hour;
/** After so many topics it is written whatever others have written. */
const mostTopics = 24;

/** A stream for words alone, so that other words change nothing but themselves. */
const forWords = (random: Random): Random => new Random(random.integer(0, 0xffff_ffff));

/** The texts on the page itself and on its siblings near an instant, as far as they are written. */
function textsNear(request: WeekRequest, written: readonly Draft[], instant: number): string[] {
  const { page, week, siblings, postsOfWeek } = request;
  const others = siblings.flatMap((sibling) =>
    [week - 1, week, week + 1].flatMap((each) => postsOfWeek(sibling, each)),
  );
  return [...others, ...postsOfWeek(page, week - 1), ...written]
    .filter(({ published }: Draft | Post) => Math.abs(published - instant) <= nearby)
    .map(({ text, sources }) => (text === '' ? (sources[0]?.text ?? '') : text));
}

/**
 * The texts that are free for a post: each the same as one nearby or clearly another, so that it is beyond doubt which
 * posts are one publication. `written` are the week's posts before it.
 */
export function freeTexts(request: WeekRequest, written: readonly Draft[], instant: number): FreeTexts {
  const near = textsNear(request, written, instant).map(toldBy);
  const month = monthOf(request.calendar.dayOf(instant));
  const isFree = (text: string): boolean => {
    const told = toldBy(text);
    return !near.some((other) => isAnotherVersion(told, other));
  };
  return {
    isFree,
    news: (random, topic, hashtag) => {
      const words = forWords(random);
      let news = composeNews(words, { topic, month, hashtag });
      for (let tries = 1; tries < mostTopics && !isFree(news.text); tries += 1) {
        news = composeNews(words, { topic: topic + tries, month, hashtag });
      }
      return news;
    },
    remark: (random, theme) => {
      const isSaid = (text: string): boolean => {
        const told = toldBy(text);
        return near.some((other) => other.words === told.words || isAnotherVersion(told, other));
      };
      return composeRemarks(forWords(random), theme).find((text) => !isSaid(text)) ?? '';
    },
  };
}
