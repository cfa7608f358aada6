import type { Outcome, PageState } from '#domain/vocabulary.ts';

/** How a look ends that failed. */
export interface FailedLook {
  outcome: Exclude<Outcome, 'missed' | 'ok' | 'empty'>;
  /** What the failure says of the page; `null` when it says nothing of it. */
  state: PageState | null;
}

const ends = new Map<string, FailedLook>([
  ['closed', { outcome: 'closed', state: 'closed' }],
  ['free_name', { outcome: 'gone', state: 'not_found' }],
  ['taken_over', { outcome: 'gone', state: 'taken_over' }],
  // The name is a person's or a group's by now.
  ['not_channel', { outcome: 'gone', state: 'taken_over' }],
  // The address holds a group chat, which is no page of publications: as one that was a group from the first.
  ['became_group', { outcome: 'gone', state: 'unresolved' }],
  ['blocked', { outcome: 'gone', state: 'blocked' }],
  ['flood', { outcome: 'rate_limited', state: null }],
  ['quota', { outcome: 'rate_limited', state: null }],
]);

/** How a look at a channel of Telegram ends by a failure of this kind: the same in whichever way the channel is read. */
export function channelOutcome(kind: string): FailedLook {
  return ends.get(kind) ?? { outcome: 'error', state: null };
}
