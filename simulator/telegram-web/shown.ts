import { hashOf } from '../random.ts';
import { personNames } from '../texts/names.ts';
import { countersAt } from '../world/counters.ts';
import { valueAt } from '../world/subscribers.ts';
import type { AttachmentKind, Page, Post, RepostSource } from '../world/types.ts';
import type { World } from '../world/world.ts';

/** A post as everybody sees it: one message, or all that are left of an album. */
export interface ShownPost {
  /** Ids of its messages, growing. */
  ids: readonly number[];
  /** Published as several messages, even if only one is left or shown. */
  album: boolean;
  published: number;
  /** Telegram's own notice, nobody's post. */
  service: boolean;
  text: string;
  edited: boolean;
  views: number | null;
  /** Of all kinds together; `null` where none can be seen. */
  reactions: number | null;
  /** Stars that readers paid; `null` where nobody did. */
  stars: number | null;
  signature: string | null;
  /** Whose message it passes on; `link` is `null` when the source cannot be opened. */
  forward: { title: string; link: string | null } | null;
  /** The earlier post it answers; `media` says what it shows in place of its words. */
  reply: { id: number; text: string; media: boolean } | null;
  attachments: AttachmentKind;
}

/** One original in so many answers an earlier post of its channel. */
const repliesOneIn = 11;
const quotedLength = 70;

/** One post in so many has been paid for, by many more Stars than it has readers who react. */
const paidOneIn = 13;

function starsOf(page: Page, post: Post): number | null {
  const chance = hashOf('stars', page.id, post.id);
  return chance % paidOneIn === 0 ? 50 + (chance % 9_000) : null;
}

function personOf(id: number): string {
  return personNames[hashOf('person', id) % personNames.length] ?? '';
}

function forwardOf(world: World, source: RepostSource, instant: number): ShownPost['forward'] {
  if (source.ownerId > 0) return { title: personOf(source.ownerId), link: null };
  const page = world.page(-source.ownerId, 'telegram');
  if (page === undefined) {
    return { title: 'Профсоюзы страны', link: `https://t.me/profsim_strana_tg/${source.postId}` };
  }
  const isOpen = world.stateOf(page, instant) === 'ok';
  return {
    title: valueAt(page.titles, instant),
    link: isOpen ? `https://t.me/${valueAt(page.screenNames, instant)}/${source.postId}` : null,
  };
}

function replyOf(page: Page, post: Post, earlier: ShownPost | undefined): ShownPost['reply'] {
  const isReply =
    post.placement === 'own' &&
    post.sources.length === 0 &&
    post.messages === 1 &&
    hashOf('reply', page.id, post.id) % repliesOneIn === 0;
  if (!isReply || earlier === undefined) return null;
  const [id = 0] = earlier.ids;
  const words = earlier.text.replace(/\s+/gu, ' ').trim();
  if (earlier.attachments === 'video') return { id, text: 'Video', media: true };
  if (words === '') return { id, text: 'Photo', media: true };
  return {
    id,
    text: words.length > quotedLength ? `${words.slice(0, quotedLength)}…` : words,
    media: false,
  };
}

/** What stands in a channel at an instant, oldest first; deleted messages are missing, an album is one post. */
export function postsShown(world: World, page: Page, instant: number): ShownPost[] {
  const idsByPost = new Map<Post, number[]>();
  for (const { post, id } of world.messages(page, instant).reverse()) {
    idsByPost.set(post, [...(idsByPost.get(post) ?? []), id]);
  }
  const shown: ShownPost[] = [];
  let earlier: ShownPost | undefined;
  for (const [post, ids] of idsByPost) {
    const service = post.placement === 'service';
    const counters = countersAt(post, instant);
    const [source] = post.sources;
    const one: ShownPost = {
      ids,
      album: post.messages > 1,
      published: post.published,
      service,
      text: world.textOf(post, instant),
      edited: post.edit !== null && post.edit.at <= instant,
      views: service ? null : counters.views,
      reactions: service || page.channel?.reactions === false ? null : counters.likes,
      stars: service || page.channel?.reactions === false ? null : starsOf(page, post),
      signature: post.signerId === null ? null : personOf(post.signerId),
      forward: source ? forwardOf(world, source, instant) : null,
      reply: replyOf(page, post, earlier),
      attachments: post.attachments,
    };
    if (!service) earlier = one;
    shown.push(one);
  }
  return shown;
}
