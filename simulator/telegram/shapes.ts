import { Api, helpers } from 'telegram';
import { hashOf } from '../random.ts';
import { countersAt } from '../world/counters.ts';
import { subscribersOf, valueAt } from '../world/subscribers.ts';
import type { ChannelTraits, Page, Post } from '../world/types.ts';
import type { Message, World } from '../world/world.ts';

const long = (value: number | string) => helpers.returnBigInt(value);
const seconds = (instant: number): number => Math.floor(instant / 1000);

/** Who took a name over. */
export type UnknownPage = NonNullable<ChannelTraits['takenBy']>;

/** The key by which an account reaches a channel: another for each account. */
export function accessHashOf(account: string, channelId: number): string {
  const high = BigInt(hashOf('access', account, channelId));
  return BigInt.asIntN(64, (high << 32n) | BigInt(hashOf('hash', account, channelId))).toString();
}

/** The id of the chat where a channel's readers comment. */
const commentsOf = ({ id }: Page): number => id + 50_000_000;

const notices = new Api.PeerNotifySettings({});

/** A channel as it stands among the chats of an answer. A blocked one says so. */
export function channelShape(page: Page, account: string, instant: number): Api.Channel {
  const isBlocked = valueAt(page.states, instant) === 'banned';
  const text = 'This channel can’t be displayed because it violated the law.';
  return new Api.Channel({
    id: long(page.id),
    accessHash: long(accessHashOf(account, page.id)),
    title: valueAt(page.titles, instant),
    username: valueAt(page.screenNames, instant),
    broadcast: true,
    signatures: true,
    photo: new Api.ChatPhotoEmpty(),
    date: seconds(page.created),
    ...(isBlocked
      ? {
          restricted: true,
          restrictionReason: [new Api.RestrictionReason({ platform: 'all', reason: 'terms', text })],
        }
      : {}),
  });
}

/** An unknown page, under the name it took. */
export function unknownPageShape(unknownPage: UnknownPage, name: string, account: string): Api.Channel {
  return new Api.Channel({
    id: long(unknownPage.id),
    accessHash: long(accessHashOf(account, unknownPage.id)),
    title: unknownPage.title,
    username: name,
    broadcast: true,
    photo: new Api.ChatPhotoEmpty(),
    date: 0,
  });
}

function fullShape(id: number, participantsCount: number, reactions: boolean, more = {}): Api.ChannelFull {
  return new Api.ChannelFull({
    id: long(id),
    about: '',
    participantsCount,
    availableReactions: reactions ? new Api.ChatReactionsAll({}) : new Api.ChatReactionsNone(),
    readInboxMaxId: 0,
    readOutboxMaxId: 0,
    unreadCount: 0,
    chatPhoto: new Api.PhotoEmpty({ id: long(0) }),
    notifySettings: notices,
    botInfo: [],
    pts: 1,
    ...more,
  });
}

/** All settings of a channel. */
export function channelFullShape(page: Page, instant: number): Api.ChannelFull {
  const more = page.channel?.comments ? { linkedChatId: long(commentsOf(page)) } : {};
  const subscribers = subscribersOf(page.subscribers, page.id, instant);
  return fullShape(page.id, subscribers, page.channel?.reactions ?? false, more);
}

/** All settings of an unknown page. */
export function unknownPageFullShape(unknownPage: UnknownPage): Api.ChannelFull {
  return fullShape(unknownPage.id, unknownPage.subscribers, false);
}

function mediaOf(post: Post, id: number): Api.TypeMessageMedia | undefined {
  const mediaId = long(hashOf('media', post.pageId, id));
  switch (post.attachments) {
    case 'photo':
    case 'album':
      return new Api.MessageMediaPhoto({ photo: new Api.PhotoEmpty({ id: mediaId }) });
    case 'video':
      return new Api.MessageMediaDocument({ document: new Api.DocumentEmpty({ id: mediaId }) });
    case 'link':
      return new Api.MessageMediaWebPage({ webpage: new Api.WebPageEmpty({ id: mediaId }) });
    case 'poll': {
      const say = (text: string) => new Api.TextWithEntities({ text, entities: [] });
      const answer = (text: string, option: number) =>
        new Api.PollAnswer({ text: say(text), option: Buffer.from([option]) });
      return new Api.MessageMediaPoll({
        poll: new Api.Poll({
          id: mediaId,
          question: say('Придёте?'),
          answers: [answer('Да', 0), answer('Нет', 1)],
        }),
        results: new Api.PollResults({}),
      });
    }
    case 'none':
      return undefined;
  }
}

const emoticons = ['👍', '❤', '🔥'];

function reactionsShape(count: number, post: Post): Api.MessageReactions {
  const kinds = Math.min(count, 1 + (hashOf('reactions', post.pageId, post.id) % emoticons.length));
  const results = Array.from({ length: kinds }, (_unused, index) => {
    const share = Math.floor(count / kinds) + (index < count % kinds ? 1 : 0);
    const reaction = new Api.ReactionEmoji({ emoticon: emoticons[index] ?? '👍' });
    return new Api.ReactionCount({ reaction, count: share });
  });
  return new Api.MessageReactions({ results });
}

function forwardShape(post: Post): Api.MessageFwdHeader | undefined {
  const [source] = post.sources;
  if (!source) return undefined;
  return new Api.MessageFwdHeader({
    fromId: new Api.PeerChannel({ channelId: long(Math.abs(source.ownerId)) }),
    channelPost: source.postId,
    date: seconds(source.published),
  });
}

function serviceShape(post: Post, peerId: Api.PeerChannel, page: Page): Api.MessageService {
  const isFirst = post.published === page.created;
  return new Api.MessageService({
    id: post.id,
    post: true,
    peerId,
    date: seconds(post.published),
    action: isFirst
      ? new Api.MessageActionChannelCreate({ title: valueAt(page.titles, post.published) })
      : new Api.MessageActionPinMessage(),
  });
}

/**
 * A message as `messages.getHistory` gives it at an instant. Of an album the first one that is still there carries the text,
 * the reactions and the comments; a counter that is not shown is left out.
 */
export function messageShape(
  world: World,
  page: Page,
  { id, post, index }: Message,
  instant: number,
): Api.Message | Api.MessageService {
  const peerId = new Api.PeerChannel({ channelId: long(page.id) });
  if (post.placement === 'service') return serviceShape(post, peerId, page);
  const isFirstGone = (post.firstMessageDeletedAt ?? Infinity) <= instant;
  const isLead = index === (isFirstGone ? 1 : 0);
  const counters = countersAt(post, instant);
  const isEdited = post.edit !== null && post.edit.at <= instant;
  const media = mediaOf(post, id);
  const forward = forwardShape(post);
  return new Api.Message({
    id,
    post: true,
    peerId,
    date: seconds(post.published),
    message: isLead ? world.textOf(post, instant) : '',
    views: counters.views ?? 0,
    forwards: counters.reposts ?? 0,
    ...(media ? { media } : {}),
    ...(forward ? { fwdFrom: forward } : {}),
    ...(post.messages > 1 ? { groupedId: long(`1${post.pageId}${post.id}`) } : {}),
    ...(post.signerId === null ? {} : { postAuthor: `Автор ${post.signerId % 100}` }),
    ...(isLead && isEdited && post.edit ? { editDate: seconds(post.edit.at) } : {}),
    ...(isLead && world.pinned(page, instant) === post ? { pinned: true } : {}),
    ...(isLead && counters.likes ? { reactions: reactionsShape(counters.likes, post) } : {}),
    ...(isLead && counters.comments !== null
      ? {
          replies: new Api.MessageReplies({
            comments: true,
            channelId: long(commentsOf(page)),
            replies: counters.comments,
            repliesPts: 1,
          }),
        }
      : {}),
  });
}
