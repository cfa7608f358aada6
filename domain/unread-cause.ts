import type { MeasuredNetwork } from './networks.ts';
import type { StatusReason } from './status.ts';
import type { Network, Outcome } from './vocabulary.ts';

/** What is known of a page about which nothing is claimed. */
export interface UnreadPage {
  network: Network;
  /** Why its status is `unknown`: its state, or that it was not read. */
  statusReason: StatusReason | null;
  /** How the newest look ended; `null` without one. */
  lastOutcome: Outcome | null;
}

/** Why a page is not read: the key of its network is not set, how the newest look ended, or the reason of its status. */
export type UnreadCause = 'no_key' | Exclude<Outcome, 'ok' | 'empty'> | StatusReason;

/**
 * Why a page is not read. A state that was seen (closed, deleted) says it by itself; that an address was never checked, or
 * a page never read, has a reason of its own: nothing is read of the networks whose key is not set (`networksWithoutKey`),
 * and else the newest look tells.
 */
export function unreadCause(
  { network, statusReason, lastOutcome }: UnreadPage,
  networksWithoutKey: readonly MeasuredNetwork[],
): UnreadCause {
  const reason = statusReason ?? 'no_observation';
  if (!isUnseen(reason)) return reason;
  if (networksWithoutKey.some((each) => each === network)) return 'no_key';
  return lastOutcome === null || lastOutcome === 'ok' || lastOutcome === 'empty' ? reason : lastOutcome;
}

/** Whether a reason says only that nothing was seen, and not why. */
export function isUnseen(reason: StatusReason): boolean {
  return reason === 'unresolved' || reason === 'no_observation' || reason === 'ok';
}

/** The pages of a row in the networks that it is of, whose not being read makes it `unknown`. */
export function unreadPagesOf<Page extends UnreadPage & { status: string }>(row: {
  status: string;
  pages: readonly Page[];
  networks: object;
}): Page[] {
  if (row.status !== 'unknown') return [];
  return row.pages.filter(({ status, network }) => status === 'unknown' && network in row.networks);
}
