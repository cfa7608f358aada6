import { hashOf, randomFor } from '../random.ts';
import type { Post } from '../world/types.ts';

/** JSON as the network answers it. */
export type Json = Record<string, unknown>;

const sizes = [
  ['s', 75],
  ['m', 130],
  ['x', 604],
  ['y', 807],
  ['z', 1080],
  ['w', 1280],
  ['o', 130],
  ['p', 200],
  ['q', 320],
  ['r', 510],
] as const;
const ladder = 'quality=95&as=32x24,72x54,160x120,240x180,360x270,540x405,720x540,1080x810,1280x960&from=bu';

function word(length: number, ...key: (string | number)[]): string {
  let text = '';
  for (let part = 0; text.length < length; part += 1) {
    text += hashOf(...key, part)
      .toString(36)
      .padStart(7, '0');
  }
  return text.slice(0, length);
}

function photoOf(post: Post, index: number): Json {
  const path = `https://sun9-${hashOf(post.id, index) % 80}.userapi.example.org/s/v1/ig2/${word(72, post.pageId, post.id, index)}.jpg`;
  const proof = `&u=${word(43, 'proof', post.id, index)}`;
  const url = (width: number, height: number): string => `${path}?${ladder}${proof}&cs=${width}x${height}`;
  return {
    album_id: -7,
    date: Math.floor(post.published / 1000),
    id: 457_000_000 + post.id * 8 + index,
    owner_id: -post.pageId,
    access_key: word(18, 'key', post.id, index),
    post_id: post.id,
    sizes: sizes.map(([type, width]) => {
      const height = Math.round(width * 0.75);
      return { height, type, width, url: url(width, height) };
    }),
    text: '',
    user_id: 100,
    web_view_token: word(18, 'view', post.id, index),
    has_tags: false,
    orig_photo: { height: 960, type: 'base', url: `${path}?${ladder}${proof}`, width: 1280 },
  };
}

function videoOf(post: Post): Json {
  const path = `https://i.mycdn.example.org/getVideoPreview?id=${post.id}&idx=0&type=39&tkn=${word(43, 'video', post.id)}`;
  return {
    response_type: 'full',
    access_key: word(18, 'video-key', post.id),
    can_comment: 1,
    can_like: 1,
    can_repost: 1,
    can_subscribe: 1,
    can_add_to_faves: 1,
    can_add: 1,
    comments: 0,
    date: Math.floor(post.published / 1000),
    description: post.text.slice(0, 120),
    duration: 20 + (post.id % 300),
    image: [130, 320, 720, 1280].map((width) => ({
      url: `${path}&fn=vid_${width}`,
      width,
      height: Math.round(width * 0.5625),
      with_padding: 1,
    })),
    id: 456_239_000 + post.id,
    owner_id: -post.pageId,
    title: post.text.slice(0, 40),
    is_favorite: false,
    track_code: `video_${word(60, 'track', post.id)}`,
    type: 'video',
    views: post.finalViews === null ? 0 : Math.floor(post.finalViews / 4),
  };
}

function linkOf(post: Post): Json {
  return {
    url: `https://news.example.org/${post.pageId}/${post.id}`,
    caption: 'news.example.org',
    description: post.text.slice(0, 100),
    is_favorite: false,
    title: post.text.slice(0, 60),
    photo: photoOf(post, 0),
  };
}

function pollOf(post: Post): Json {
  const random = randomFor('poll', post.pageId, post.id);
  const votes = [random.integer(10, 90), random.integer(5, 60), random.integer(0, 30)];
  const total = votes.reduce((sum, count) => sum + count, 0);
  const texts = ['Да', 'Нет', 'Пока не знаю'];
  return {
    multiple: false,
    end_date: 0,
    closed: false,
    is_board: false,
    can_edit: false,
    can_vote: true,
    can_report: true,
    can_share: true,
    answers: votes.map((count, index) => ({
      id: post.id * 10 + index,
      rate: Math.round((count / total) * 10_000) / 100,
      text: texts[index] ?? '',
      votes: count,
    })),
    created: Math.floor(post.published / 1000),
    id: 900_000_000 + post.id,
    owner_id: -post.pageId,
    author_id: -post.pageId,
    question: 'Касается ли это вас?',
    votes: total,
    disable_unvote: false,
    anonymous: true,
    embed_hash: word(18, 'embed', post.id),
  };
}

/** The attachments of a post, about as large as real ones. */
export function attachmentsOf(post: Post): Json[] {
  switch (post.attachments) {
    case 'none':
      return [];
    case 'photo':
      return [{ type: 'photo', photo: photoOf(post, 0), style: 'full' }];
    case 'album':
      return [0, 1].map((index) => ({ type: 'photo', photo: photoOf(post, index), style: 'full' }));
    case 'video':
      return [{ type: 'video', video: videoOf(post) }];
    case 'link':
      return [{ type: 'link', link: linkOf(post) }];
    case 'poll':
      return [{ type: 'poll', poll: pollOf(post) }];
  }
}
