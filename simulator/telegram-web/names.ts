import { subscribersShown, valueAt } from '../world/subscribers.ts';
import type { World } from '../world/world.ts';
import { type ShownPost, postsShown } from './shown.ts';
import { unknownPagePosts } from './unknown-page.ts';

/** A channel as everybody sees it. */
export interface ShownChannel {
  kind: 'channel';
  id: number;
  /** As the channel itself writes it. */
  name: string;
  title: string;
  subscribers: number;
  description: string;
  /** Posts are shown to everybody. */
  preview: boolean;
  /** Oldest first. */
  posts: () => ShownPost[];
}

/** What stands under a name: a channel, one that Telegram has blocked, or nothing. */
export type Named = ShownChannel | { kind: 'blocked'; name: string; title: string } | { kind: 'free' };

/**
 * What a name leads to at an instant, in letters of any case. A channel that is private or deleted, or that does not
 * exist yet, has left its name free; the name of one that is `taken` leads to the unknown page.
 */
export function namedAt(world: World, name: string, instant: number): Named {
  const page = world.pageNamed(name, instant, 'telegram');
  if (page === undefined || page.created > instant) return { kind: 'free' };
  const ownName = valueAt(page.screenNames, instant);
  const title = valueAt(page.titles, instant);
  const state = world.stateOf(page, instant);
  const unknownPage = page.channel?.takenBy ?? null;
  if (state === 'banned') return { kind: 'blocked', name: ownName, title };
  if (state === 'taken' && unknownPage !== null) {
    const since = page.states.findLast((entry) => entry.from <= instant)?.from ?? 0;
    return {
      kind: 'channel',
      ...unknownPage,
      name: ownName,
      description: 'Скидки каждый день.',
      preview: true,
      posts: () => unknownPagePosts(unknownPage, since, instant),
    };
  }
  const subscribers = subscribersShown(page, instant);
  if (subscribers === null) return { kind: 'free' };
  return {
    kind: 'channel',
    id: page.id,
    name: ownName,
    title,
    subscribers,
    description: `Официальный канал. Наш сайт: https://union${page.organisationId}.example.org`,
    preview: state === 'ok' && page.channel?.preview !== false,
    posts: () => postsShown(world, page, instant),
  };
}
