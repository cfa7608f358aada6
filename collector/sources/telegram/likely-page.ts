import type { Doubt } from '../../source.ts';
import { strangeDrops } from '../kit/dropped.ts';
import { joinIds, joinPosts } from '../kit/holes.ts';
import type { PageSeen } from '../kit/plausible.ts';
import type { HistoryPage } from './map.ts';
import type { Place } from './reader.ts';

/** How many messages of the channel itself a page shows. */
export const messagesIn = ({ ids, removed }: HistoryPage): number => ids.length + removed.length;

/** Reasons by which an item is left out that takes the place of a message, and has no id of the channel's. */
const placeTakers = ['no_id', 'other_channel', 'other_kind'] as const;

/** How many of the messages that the channel counts a page stands for. */
export function countedIn(page: HistoryPage): number {
  return placeTakers.reduce((sum, reason) => sum + (page.dropped[reason] ?? 0), messagesIn(page));
}

/**
 * What a page is compared by. It is short when it has fewer messages than were asked for and the channel counts more, or
 * where the count helps not, when it does not show the channel's first message.
 */
export function seenOf(page: HistoryPage, { before }: Place, asked: number): PageSeen {
  const ids = [...page.ids, ...page.removed];
  const left = before === null ? null : page.count - before - page.returned;
  const isLast = left === null ? ids.includes(1) : left <= 0;
  return { ids, posts: page.posts, isShort: page.returned < asked && !isLast, mayBeLast: isLast };
}

/** Pages that show less than half of what was asked for whenever asked, though the channel counts more. */
export function farTooShort(page: HistoryPage, { before }: Place, asked: number): Doubt | null {
  if (before === null || page.returned * 2 >= asked || before + page.returned >= page.count) return null;
  const detail = 'answers have less than half of the messages asked for, though the channel counts more';
  return { kind: 'vanished', detail };
}

/** What two answers to the same question show, down to the message that both came to. Pure. */
export function joined(first: HistoryPage, second: HistoryPage): HistoryPage {
  const bottomOf = ({ next }: HistoryPage) => next ?? 1;
  const upper = bottomOf(first) > bottomOf(second) ? first : second;
  const bottom = bottomOf(upper);
  const isSounder = strangeDrops(first.dropped) < strangeDrops(second.dropped);
  const ids = joinIds(first.ids, second.ids, bottom).sort((one, other) => other - one);
  return {
    ...upper,
    posts: joinPosts(first.posts, second.posts, bottom).reverse(),
    ids,
    removed: joinIds(first.removed, second.removed, bottom).filter((id) => !ids.includes(id)),
    dropped: isSounder ? first.dropped : second.dropped,
    returned: Math.max(first.returned, second.returned, ids.length),
    count: Math.max(first.count, second.count),
    inOrder: first.inOrder && second.inOrder,
    channel: second.channel ?? first.channel,
  };
}
