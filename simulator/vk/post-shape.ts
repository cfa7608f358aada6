import { hashOf } from '../random.ts';
import { countersAt } from '../world/counters.ts';
import type { Post, RepostSource } from '../world/types.ts';
import { attachmentsOf, type Json } from './attachments.ts';

/** What decides how a post looks in an answer. */
export interface PostView {
  /** Milliseconds since 1970. */
  instant: number;
  text: string;
  pinned: boolean;
  comments: 'open' | 'hidden';
}

const seconds = (instant: number): number => Math.floor(instant / 1000);

function sourceShape(source: RepostSource, post: Post): Json {
  const shared = {
    inner_type: 'wall_wallpost',
    date: seconds(source.published),
    from_id: source.authorId,
    id: source.postId,
    owner_id: source.ownerId,
    post_source: { type: 'vk' },
    post_type: source.type,
    text: source.text,
  };
  if (source.type === 'reply') {
    return { ...shared, parents_stack: [source.postId - 3], reply_post_id: source.postId - 9 };
  }
  const original = {
    ...post,
    pageId: Math.abs(source.ownerId),
    id: source.postId,
    attachments: 'photo' as const,
  };
  return { ...shared, attachments: attachmentsOf(original), type: 'post' };
}

function donutShape(post: Post): Json {
  if (!post.donut) {
    return { is_donut: false };
  }
  return {
    is_donut: true,
    placeholder: { text: 'Запись доступна только платным подписчикам' },
    can_publish_free_copy: false,
    edit_mode: 'duration',
  };
}

/** A post as `wall.get` answers it, at an instant. Counters that are not shown have no key. */
export function postShape(post: Post, view: PostView): Json {
  const counters = countersAt(post, view.instant);
  const attachments = post.donut ? [] : attachmentsOf(post);
  return {
    inner_type: 'wall_wallpost',
    donut: donutShape(post),
    ...(view.comments === 'open'
      ? { comments: { can_post: 1, can_view: 1, count: counters.comments ?? 0, groups_can_post: true } }
      : {}),
    marked_as_ads: post.placement === 'advertising' ? 1 : 0,
    ...(post.sources.length > 0
      ? { copy_history: post.sources.map((source) => sourceShape(source, post)) }
      : {}),
    hash: `${hashOf('hash', post.pageId, post.id).toString(36)}${hashOf('tail', post.id).toString(36)}`,
    type: 'post',
    attachments,
    ...(attachments.length > 0
      ? {
          attachments_meta: {
            primary_mode: attachments.length > 1 ? 'grid' : 'single',
            carousel_ratio: 1,
            ratio: 1,
          },
        }
      : {}),
    compact_attachments_before_cut: 0,
    date: seconds(post.published),
    ...(post.edit !== null && post.edit.at <= view.instant ? { edited: seconds(post.edit.at) } : {}),
    from_id: post.authorId,
    header: { photo: { source_id: post.authorId }, title: { source_id: post.authorId }, descriptions: [] },
    id: post.id,
    is_favorite: false,
    ...(view.pinned ? { is_pinned: 1 } : {}),
    ...(counters.likes === null
      ? {}
      : {
          likes: {
            can_like: 1,
            count: counters.likes,
            user_likes: 0,
            can_publish: 1,
            repost_disabled: false,
          },
          reactions: { count: counters.likes, items: [{ id: 0, count: counters.likes }] },
        }),
    reaction_set_id: 'reactions',
    owner_id: -post.pageId,
    post_source: { type: 'vk' },
    post_type: 'post',
    ...(counters.reposts === null ? {} : { reposts: { count: counters.reposts, user_reposted: 0 } }),
    ...(post.signerId === null ? {} : { signer_id: post.signerId }),
    text: post.donut ? '' : view.text,
    ...(counters.views === null ? {} : { views: { count: counters.views } }),
  };
}
