import { monthOf } from '../calendar.ts';
import type { Random } from '../random.ts';
import { isAnotherVersion, toldBy } from '../texts/alike.ts';
import { composeNews } from '../texts/compose.ts';
import type { Post } from './types.ts';
import type { Draft, WeekRequest } from './week.ts';

/** Texts for a post that are no other version of what its organisation tells at that time. */
export interface FreeTexts {
  isFree: (text: string) => boolean;
  /** News on the topic, or on the next one that is free. */
  news: (random: Random, topic: number, hashtag: string) => string;
}

const hour = 3_600_000;
/** Repetitions are looked for within 48 hours. */
const nearby = 49 * hour;
/** After so many topics it is written whatever others have written. */
const mostTopics = 24;

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
      let text = composeNews(random, { topic, month, hashtag });
      for (let tries = 1; tries < mostTopics && !isFree(text); tries += 1) {
        text = composeNews(random, { topic: topic + tries, month, hashtag });
      }
      return text;
    },
  };
}
