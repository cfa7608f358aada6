/**
 * The words of the field, as closed lists. `docs/glossary.md` says what each means, in Russian and English.
 */

export { measuredNetworks, networks } from './networks.ts';
export type { MeasuredNetwork, Network } from './networks.ts';

/** Where an organisation stands in the federation. */
export const levels = ['federation', 'branch', 'territorial', 'united_primary', 'primary'] as const;
export type Level = (typeof levels)[number];

/** What is expected of an organisation's pages: sets the norm. */
export const tiers = ['flagship', 'active', 'card'] as const;
export type Tier = (typeof tiers)[number];

/** What a page is known to be. A new name of the same id is an event, not a state. */
export const pageStates = [
  'ok',
  'closed',
  'deleted',
  'blocked',
  'not_found',
  'taken_over',
  'moved',
  'unresolved',
] as const;
export type PageState = (typeof pageStates)[number];

/**
 * How the look at one page in one slot ended. `suspect`: an answer came that contradicts what is known, or itself; it is
 * no success, and nothing is concluded from what it leaves out.
 */
export const outcomes = [
  'ok',
  'empty',
  'closed',
  'gone',
  'rate_limited',
  'error',
  'missed',
  'suspect',
] as const;
export type Outcome = (typeof outcomes)[number];

/** What an address turned out to be that is no page of publications. */
export const otherKinds = ['group_chat', 'bot', 'person', 'application'] as const;
export type OtherKind = (typeof otherKinds)[number];

/** What the words of a post are of: its own text, or, when it has none, that of what is attached. */
export const textKinds = ['text', 'poll', 'article', 'video'] as const;
export type TextKind = (typeof textKinds)[number];

/** What makes an answer of a network doubtful. */
export const doubtKinds = ['no_posts', 'wrong_place', 'dropped', 'vanished', 'unlisted', 'redated'] as const;
export type DoubtKind = (typeof doubtKinds)[number];

/** How well it is known that a page has no older posts: once by one kind of answer, or by agreement. */
export const reachProofs = ['weak', 'proven'] as const;
export type ReachProof = (typeof reachProofs)[number];

/** The status of a page, or of an organisation (its best page's), in the order "best first". */
export const statuses = ['active', 'slow', 'paused', 'unknown', 'quiet', 'stale', 'dead', 'none'] as const;
export type Status = (typeof statuses)[number];

/** How well a counter is known. */
export const precisions = ['exact', 'rounded'] as const;
export type Precision = (typeof precisions)[number];

/** The counters a network may show under a post. */
export const counters = ['views', 'likes', 'comments', 'reposts'] as const;
export type Counter = (typeof counters)[number];

export const postKinds = ['original', 'repost'] as const;
export type PostKind = (typeof postKinds)[number];

/** Whose a post on a page is: only `own` ones are counted. */
export const placements = ['own', 'visitor', 'advertising'] as const;
export type Placement = (typeof placements)[number];

export const roles = ['chair', 'responsible', 'page_administrator'] as const;
export type Role = (typeof roles)[number];

/** How somebody was reminded of pages that are silent. */
export const reminderChannels = ['phone', 'mail', 'messenger', 'in_person'] as const;
export type ReminderChannel = (typeof reminderChannels)[number];
