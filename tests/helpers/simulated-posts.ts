import { signatureOf } from '#domain/text/near-identity.ts';
import { stemLine } from '#domain/text/stems.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { Page, Post, TruthRequest, World } from '#simulator/index.ts';
import type { PostCounters } from '#simulator/world/counters.ts';
import { countersAt } from '#simulator/world/counters.ts';
import { shortValue } from '#simulator/world/short-number.ts';
import { postRow } from './observed-rows.ts';

/** How the channels of a simulated federation are read. */
export type TelegramMode = NonNullable<TruthRequest['telegram']>;

/** A post on a wall at a look: an album as its messages. */
interface Shown {
  post: Post;
  ids: number[];
}

/** What stands on a wall at a look; of a channel, message by message, without what nobody has written. */
function shownAt(world: World, page: Page, look: Date): Shown[] {
  const at = look.getTime();
  if (page.network === 'vk') {
    return world.wall(page, at).map((post) => ({ post, ids: [post.id] }));
  }
  const messages = world.messages(page, at).filter(({ post }) => post.placement !== 'service');
  return [...Map.groupBy(messages, ({ post }) => post)].map(([post, own]) => ({
    post,
    ids: own.map(({ id }) => id).sort((one, other) => one - other),
  }));
}

/** The counters under the posts of a wall, as a source maps them. */
function countersShown(page: Page, posts: readonly Post[], look: Date, mode: TelegramMode): PostCounters[] {
  const all = posts.map((post) => countersAt(post, look.getTime()));
  if (page.network === 'vk' || mode === 'accounts') return all;
  // Without a key nothing is shown of no reactions: where nobody reacts to anything, it is not known whether they may.
  const mayReact = all.some(({ likes }) => likes !== null && likes > 0);
  return all.map(({ views, likes }) => ({
    views: views === null ? null : shortValue(views),
    likes: likes === 0 && !mayReact ? null : likes,
    comments: null,
    reposts: null,
  }));
}

function precisionsOf({ views, likes, comments, reposts }: PostCounters, isShort: boolean) {
  const exact = (count: number | null) => (count === null ? null : ('exact' as const));
  const isRounded = isShort && views !== null && views >= 1000;
  return {
    viewsPrecision: isRounded ? ('rounded' as const) : exact(views),
    likesPrecision: exact(likes),
    commentsPrecision: exact(comments),
    repostsPrecision: exact(reposts),
  };
}

function wordsOf(post: Post, at: Date): { text: string; sourceText: string } {
  if (post.donut) return { text: '', sourceText: '' };
  const isEdited = post.edit !== null && post.edit.at <= at.getTime();
  return {
    text: isEdited ? (post.edit?.text ?? '') : post.text,
    sourceText: post.text === '' ? (post.sources[0]?.text ?? '') : '',
  };
}

/**
 * The newest state of every post of a page that was on its wall at one of the looks at which it could be read: with the
 * counters of the last look that showed it, deleted at the first that did not, an album under the smallest id seen in it.
 */
export function postsSeen(
  world: World,
  page: Page,
  pageId: number,
  looks: readonly Date[],
  mode: TelegramMode,
): PostRow[] {
  const rows = new Map<Post, PostRow>();
  for (const look of looks) {
    const shown = shownAt(world, page, look);
    const counters = countersShown(
      page,
      shown.map(({ post }) => post),
      look,
      mode,
    );
    for (const [index, { post, ids }] of shown.entries()) {
      const known = rows.get(post);
      const counted = counters[index] ?? countersAt(post, look.getTime());
      const { text, sourceText } = wordsOf(post, look);
      const words = text === '' ? sourceText : text;
      const isSame = known?.text === text && known.sourceText === sourceText;
      const parts = [...new Set([...(known?.parts ?? []), ...ids])].sort((one, other) => one - other);
      rows.set(
        post,
        postRow(pageId, Math.min(...parts), new Date(post.published), {
          parts: post.messages > 1 ? parts : [],
          placement: post.placement === 'service' ? 'own' : post.placement,
          kind: post.sources.length > 0 ? 'repost' : 'original',
          text,
          sourceText,
          sourceOwner: post.sources[0]?.ownerId ?? null,
          sourcePost: post.sources[0]?.postId ?? null,
          stems: isSame ? known.stems : stemLine(words),
          signature: isSame ? known.signature : signatureOf(words),
          ...counted,
          ...precisionsOf(counted, page.network === 'telegram' && mode === 'web'),
          firstSeen: known?.firstSeen ?? look,
          lastSeen: look,
          isDonut: post.donut,
        }),
      );
    }
    for (const [post, row] of rows) {
      if (row.lastSeen < look && row.deleted === null) rows.set(post, { ...row, deleted: look });
    }
  }
  return [...rows.values()];
}
