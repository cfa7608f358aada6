import { countersAt, type PostCounters } from '../world/counters.ts';
import { shortValue } from '../world/short-number.ts';
import { subscribersShown, valueAt } from '../world/subscribers.ts';
import type { Page, Post, WallState } from '../world/types.ts';
import type { SeenCounters } from './known-post.ts';
import type { Question } from './rules.ts';

/** The looks at a page: none at a channel when Telegram is not read. */
export function looksAt(question: Question, page: Page): readonly number[] {
  return page.network === 'telegram' && question.telegram === 'not_read' ? [] : question.looks;
}

/** The state a page is in for who looks at it. */
export function stateSeen(question: Question, page: Page, look: number): WallState {
  const state = question.world.stateOf(page, look);
  return page.network === 'telegram' && question.telegram === 'web'
    ? stateWithoutKey(question, page, look)
    : state;
}

/**
 * Without an account a channel is its name: one that was renamed or lets nobody in any more has none that leads to it,
 * and one without preview lets nobody read it.
 */
function stateWithoutKey({ world, registered }: Question, page: Page, look: number): WallState {
  const state = world.stateOf(page, look);
  if (state === 'private') {
    return 'deleted';
  }
  if (state !== 'ok') {
    return state;
  }
  const isRenamed = valueAt(page.screenNames, look) !== valueAt(page.screenNames, registered);
  if (isRenamed) {
    return 'deleted';
  }
  return page.channel?.preview === false ? 'private' : state;
}

/** The subscribers that a look shows: the card of a channel without preview tells them too. */
export function subscribersSeen(question: Question, page: Page, look: number): number | null {
  const state = stateSeen(question, page, look);
  const isCard = question.telegram === 'web' && state === 'private' && page.channel?.preview === false;
  const isSeen = page.network === 'vk' || state === 'ok' || isCard;
  return isSeen && looksAt(question, page).includes(look) ? subscribersShown(page, look) : null;
}

/** Whether some message of a channel shows a reaction at a look, so that none elsewhere means none. */
function showsReactions(question: Question, page: Page, look: number): boolean {
  const key = `${page.id} ${look}`;
  const known = question.reacting.get(key);
  if (known !== undefined) {
    return known;
  }
  const shows = question.world.wall(page, look).some((post) => (countersAt(post, look).likes ?? 0) > 0);
  question.reacting.set(key, shows);
  return shows;
}

function shownAt(question: Question, page: Page, post: Post, look: number): PostCounters {
  const counters = countersAt(post, look);
  if (page.network !== 'telegram' || question.telegram !== 'web') {
    return counters;
  }
  return {
    views: counters.views === null ? null : shortValue(counters.views),
    likes: counters.likes === 0 && !showsReactions(question, page, look) ? null : counters.likes,
    comments: null,
    reposts: null,
  };
}

/** The counters of a post as a look shows them. */
export function countersSeen(question: Question, page: Page, post: Post, look: number): SeenCounters {
  const shown = shownAt(question, page, post, look);
  const isForward = page.network === 'telegram' && post.sources.length > 0;
  return {
    shown,
    own: isForward ? { ...shown, views: null, reposts: null } : shown,
    rounded: page.network === 'telegram' && question.telegram === 'web' && (shown.views ?? 0) >= 1000,
  };
}
