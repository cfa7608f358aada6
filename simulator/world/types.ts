import type { Day } from '../calendar.ts';

export type Level = 'federation' | 'branch' | 'territorial' | 'united_primary' | 'primary';
export type Tier = 'flagship' | 'active' | 'card';

export interface Person {
  name: string;
  email: string;
  phone: string;
}

export interface AgreedPause {
  from: Day;
  to: Day;
  reason: string;
}

/** An organisation of the world, as a register would describe it. */
export interface Organisation {
  id: number;
  name: string;
  short: string;
  level: Level;
  parentId: number | null;
  /** Coordination council of the town; empty when there is none. */
  council: string;
  sector: string;
  municipality: string;
  tier: Tier;
  /** Union members by the date of the count, oldest first; empty when never counted. */
  members: { on: Day; count: number }[];
  /** The first day it takes part; `null` is "always". */
  started: Day | null;
  chair: Person;
  /** Without a name where nobody is. */
  responsible: Person;
  pauses: AgreedPause[];
}

export type Network = 'vk' | 'telegram';

/**
 * What a page is from an instant on. VK: `closed` shows its subscribers, `private` shows nothing. Telegram: `private` has
 * lost its public name and lets nobody read, `deleted` is gone with its name, `banned` is blocked, and `taken` is gone,
 * while its name leads to somebody else's channel (`ChannelTraits.takenBy`).
 */
export type WallState = 'ok' | 'closed' | 'private' | 'deleted' | 'banned' | 'taken';

/** What only a channel of Telegram has. */
export interface ChannelTraits {
  /** Shows its posts on `t.me/s` to everybody; without it only members and accounts read them. */
  preview: boolean;
  /** Readers may react. */
  reactions: boolean;
  /** A chat for comments is linked, so that posts show how many there are. */
  comments: boolean;
  /** Part of posts that are albums of several messages. */
  albumShare: number;
  /** The unknown page that has the name once the page is `taken`. */
  takenBy: { id: number; title: string; subscribers: number } | null;
}

/** How a page publishes. */
export type Rhythm = 'active' | 'slow' | 'stopped' | 'dead' | 'reposts' | 'summer' | 'bursts' | 'never';

/** Something that holds from an instant on (milliseconds since 1970). */
export interface Since<Value> {
  from: number;
  value: Value;
}

/** How a page's subscribers change: slow growth, daily noise, jumps at known instants. */
export interface SubscriberModel {
  /** At the anchor, without jumps. */
  base: number;
  anchor: number;
  /** Part gained a week, e.g. 0.002. */
  weeklyGrowth: number;
  /** Greatest daily deviation, as a part. */
  noise: number;
  /** Parts gained or lost at known instants. */
  jumps: Since<number>[];
}

/** A community of VK or a channel of Telegram. */
export interface Page {
  network: Network;
  /** Positive native id; those of the networks do not overlap here. */
  id: number;
  /** `null` on VK. */
  channel: ChannelTraits | null;
  organisationId: number;
  type: 'group' | 'page';
  titles: Since<string>[];
  screenNames: Since<string>[];
  states: Since<WallState>[];
  /** The first instant of its wall. */
  created: number;
  /** The last instant with posts; `null` goes on. */
  stops: number | null;
  rhythm: Rhythm;
  /** Posts a week when it publishes. */
  rate: number;
  /** Part of its posts that are reposts. */
  repostShare: number;
  subscribers: SubscriberModel;
  /** Final views of an ordinary post as a part of the subscribers. */
  reach: number;
  /** Final reactions of an ordinary post as a part of its views. */
  engagement: number;
  /** Part of posts that show no views. */
  viewsMissing: number;
  /** The comments' counter is never shown. */
  commentsHidden: boolean;
  /** Part of posts for paying subscribers only. */
  donutShare: number;
  /** Part of posts marked as advertising. */
  advertisingShare: number;
  /** Visitors' posts a week. */
  visitors: number;
  /** The page whose texts it repeats, a main page of the same organisation. */
  repeats: number | null;
  /** From when the first own post of a week is pinned. */
  pin: { week: number; from: number } | null;
}

/** `service` is a message of Telegram about the channel itself («Channel created»): nobody's post. */
export type Placement = 'own' | 'visitor' | 'advertising' | 'service';

/** An entry of a repost's source, newest first. Owners that are communities or channels are negative. */
export interface RepostSource {
  ownerId: number;
  postId: number;
  authorId: number;
  published: number;
  text: string;
  type: 'post' | 'reply';
}

export type AttachmentKind = 'photo' | 'album' | 'video' | 'link' | 'poll' | 'none';

/** A post of the world; counters are what they come to in the end. */
export interface Post {
  pageId: number;
  /** Of an album the id of its first message; the others follow without a gap. */
  id: number;
  /** How many messages it is made of: more than 1 is an album of Telegram. */
  messages: number;
  /** When the first message of an album is deleted, while the others stay; `null` is never. */
  firstMessageDeletedAt: number | null;
  published: number;
  placement: Placement;
  /** Negative for the community itself. */
  authorId: number;
  signerId: number | null;
  sources: RepostSource[];
  text: string;
  /** What its text, or a repost's source, is about; `null` when it is no news, or none of this world's making. */
  theme: string | null;
  edit: { at: number; text: string } | null;
  deletedAt: number | null;
  donut: boolean;
  attachments: AttachmentKind;
  /** The post whose text it repeats, `page_post`; `null` for words of its own. */
  copyOf: string | null;
  finalViews: number | null;
  finalLikes: number | null;
  finalComments: number | null;
  finalReposts: number | null;
}
