import type { PostRow } from '../schema/observations/tables/posts.ts';
import type { Doubt, Look, ObservedPost } from './source.ts';

/**
 * What follows from an answer, and what does not. A missing post, an end and a zero need evidence: an answer that
 * contradicts what is known is *suspect*. It convinces when another one, hours later, says the same.
 */

const hour = 3_600_000;
/** A second answer convinces only so long after the first that said the same. */
const convincingAfter = 6 * hour;
/** How much later than the answer a post may say that it was published: clocks differ. */
const clockTolerance = 10 * 60_000;
/** So many posts may be gone at once on any page. */
const alwaysLikely = 3;
/** The share of posts that may be gone at once: at least, and at most on a page that often deletes. */
const [leastLikelyShare, mostLikelyShare] = [0.1, 0.3];
/** How many ids stand for all that are missing. */
const sampleSize = 20;

/** What is doubted of a page, as it is kept between looks. */
export interface StoredDoubt {
  kind: Doubt['kind'];
  detail: string;
  /** When the same was first seen, ISO 8601. */
  since: string;
  /** Of `vanished` and `unlisted`: the first of the missing ids, and how many were missing. */
  ids?: number[];
  count?: number;
  /** It has convinced: what goes on in the same way does at once. */
  accepted?: boolean;
  /** Of `unlisted`: when they were asked for last, ISO 8601. */
  asked?: string;
}

/** Reads what was kept; anything else is nothing. */
export function readDoubt(stored: string | null): StoredDoubt | null {
  if (stored === null) return null;
  const doubt = JSON.parse(stored) as StoredDoubt;
  return typeof doubt.kind === 'string' && typeof doubt.since === 'string' ? doubt : null;
}

/** A doubt seen now, as it is kept: the instant of the same one before stays. */
export function nextDoubt(
  before: StoredDoubt | null,
  doubt: Doubt & { missing?: readonly number[] },
  observed: Date,
): StoredDoubt {
  const { kind, detail, missing } = doubt;
  const ids = missing ? [...missing].sort((one, other) => one - other) : undefined;
  const same = before !== null && isSame(before, doubt);
  return {
    kind,
    detail,
    since: same ? before.since : observed.toISOString(),
    ...(ids ? { ids: ids.slice(0, sampleSize), count: ids.length } : {}),
    ...(same && isConvincing(before, observed) ? { accepted: true } : {}),
  };
}

/** Whether two doubts rest on the same evidence. Of missing posts: all that were missing still are. */
export function isSame(before: StoredDoubt, now: Doubt & { missing?: readonly number[] }): boolean {
  if (before.kind !== now.kind) return false;
  if (!now.missing) return before.detail === now.detail;
  // Once convinced, posts go in portions: fewer are missing each time.
  if (before.accepted) return now.missing.length <= (before.count ?? 0);
  const missing = new Set(now.missing);
  return (before.ids ?? []).every((id) => missing.has(id));
}

/** Posts that are there without being listed are asked for once a day. */
const askEvery = 24 * hour;

/** Whether exactly these posts were asked for lately, and were there. */
export function isAskedLately(
  before: StoredDoubt | null,
  missing: readonly number[],
  observed: Date,
): boolean {
  if (before?.kind !== 'unlisted' || before.asked === undefined || before.count !== missing.length)
    return false;
  if (!isSame(before, { kind: 'unlisted', detail: before.detail, missing })) return false;
  return observed.getTime() - Date.parse(before.asked) < askEvery;
}

/** Whether the same evidence, seen again at this instant, convinces. */
export function isConvincing(before: StoredDoubt, observed: Date): boolean {
  return before.accepted === true || observed.getTime() - Date.parse(before.since) >= convincingAfter;
}

/** A post that claims to be of the future is none: it is counted, and its id is there. */
export function withoutFuture(
  posts: readonly ObservedPost[],
  observed: Date,
): { posts: ObservedPost[]; future: number } {
  const latest = observed.getTime() + clockTolerance;
  const kept = posts.filter(({ published }) => published.getTime() <= latest);
  return { posts: kept, future: posts.length - kept.length };
}

/** Whether a stored publication cannot be right: later than the first answer that showed the post. */
export function isMisdated({ published, firstSeen }: PostRow): boolean {
  return published.getTime() > firstSeen.getTime() + clockTolerance;
}

/** The messages a post is made of. */
export function messagesOfRow({ parts, postId }: PostRow): readonly number[] {
  return parts.length > 0 ? parts : [postId];
}

/** Posts that are known to be there, and that a look does not show where it should. */
export interface Missing {
  /** The network names them as removed. */
  named: PostRow[];
  /** They are within what the answer claims to cover, and not in it. */
  absent: PostRow[];
  /** Posts known to be there within what the answer claims to cover, whether it shows them or not. */
  covered: number;
  /** Of all posts known there, those that are deleted. */
  deleted: number;
}

/** What a look does not show of the posts known before. */
export function missingFrom(
  look: Pick<Look, 'removed' | 'window'>,
  known: ReadonlyMap<number, PostRow>,
): Missing {
  const removed = new Set(look.removed);
  const shown = new Set(look.window?.ids);
  const missing: Missing = { named: [], absent: [], covered: 0, deleted: 0 };
  for (const row of known.values()) {
    const messages = messagesOfRow(row);
    const after = look.window?.after;
    const isCovered = after !== undefined && (after === null || row.published > after);
    if (row.deleted) {
      missing.deleted += isCovered ? 1 : 0;
      continue;
    }
    missing.covered += isCovered ? 1 : 0;
    if (messages.every((id) => removed.has(id))) missing.named.push(row);
    else if (isCovered && !messages.some((id) => shown.has(id))) missing.absent.push(row);
  }
  return missing;
}

/**
 * Whether more posts are missing at once than the page's life so far makes likely: more than three, and than a tenth of
 * those covered (up to three tenths on a page that often deletes); or all of three and more.
 */
export function isUnlikely({ named, absent, covered, deleted }: Missing): boolean {
  const count = named.length + absent.length;
  if (count >= alwaysLikely && absent.length > 0 && count >= covered) return true;
  const rate = (2 * deleted) / Math.max(1, covered + deleted);
  const share = Math.min(mostLikelyShare, Math.max(leastLikelyShare, rate));
  return count > Math.max(alwaysLikely, Math.ceil(share * covered));
}

/** Of a big answer, items that are no posts of the page may be this share of all before it is doubted. */
const strangeShare = 0.5;

/** Whether so many items were left out for a strange reason that the answer is doubtful as a whole. */
export function isMostlyStrange(strange: number, posts: number): boolean {
  return strange > 0 && strange >= strangeShare * (strange + posts);
}
