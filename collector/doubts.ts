import { z } from 'zod';
import { doubtKinds } from '#domain/vocabulary.ts';
import { strangeDrops } from './sources/kit/dropped.ts';
import { readStoredJson } from '#schema/operations/stored-json.ts';
import type { Doubt } from './source.ts';

/**
 * An answer that contradicts what is known is *suspect*. It convinces when another one, hours later, rests on the same
 * evidence: what is doubted of a page is kept between its looks.
 */

const hour = 3_600_000;
/** A second answer convinces only so many milliseconds after the first that said the same. */
export const convincingAfter = 6 * hour;
/** How many ids stand for all that are missing. */
const sampleSize = 20;
/** How many ids of posts are kept that are there without being listed: all of them, or none is believed. */
export const mostUnlisted = 100;
/** Posts that are there by id, and not listed for so long, are taken for what the page does not list. */
const unlistedAfter = 24 * hour;

/** How many doubts of one page are kept. */
const mostDoubts = 5;

/** What is doubted of a page, as it is kept between looks. */
export interface StoredDoubt {
  kind: Doubt['kind'];
  detail: string;
  /** When the same was first seen, ISO 8601. */
  since: string;
  /** Of `vanished`, `unlisted` and `redated`: the first of the ids that were missing at first, or were last believed, and how many. */
  ids?: number[];
  count?: number;
  /** Of `dropped`: items left out, by reason, when they were first counted, or were last believed. */
  drops?: Readonly<Record<string, number>>;
  /** It was seen more than once. */
  again?: boolean;
  /** It has convinced: what goes on in the same way does at once. */
  accepted?: boolean;
  /** Of missing posts: when they were asked for last, ISO 8601. */
  asked?: string;
  /** Others that were seen since the last answer that was good; the newest first. */
  others?: readonly StoredDoubt[];
}

/** A doubt as it is seen, with what it rests on. */
export type DoubtSeen = Doubt & {
  /** Ids that are missing; of `redated` those of new posts with dates of long ago. */
  missing?: readonly number[];
  /** Strange items left out, by reason. */
  drops?: Readonly<Record<string, number>>;
};

const doubtShape = z.object({
  kind: z.enum(doubtKinds),
  detail: z.string(),
  since: z.iso.datetime(),
  ids: z.array(z.number()).optional(),
  count: z.number().optional(),
  drops: z.record(z.string(), z.number()).optional(),
  again: z.boolean().optional(),
  accepted: z.boolean().optional(),
  asked: z.iso.datetime().optional(),
});
const keptShape = doubtShape.extend({ others: z.array(doubtShape).optional() });

/** Reads what was kept; anything else is nothing. */
export function readDoubt(stored: string | null): StoredDoubt | null {
  if (stored === null) return null;
  const read = keptShape.safeParse(readStoredJson(stored));
  return read.success ? (read.data as StoredDoubt) : null;
}

function alone({ others: _, ...doubt }: StoredDoubt): StoredDoubt {
  return doubt;
}

/** All that is doubted, the newest first. */
export function doubtsOf(before: StoredDoubt | null): readonly StoredDoubt[] {
  return before === null ? [] : [alone(before), ...(before.others ?? [])];
}

/** Doubts as they are kept together, the first of them foremost; `null` when there are none. */
export function keptTogether(doubts: readonly (StoredDoubt | null)[]): StoredDoubt | null {
  const [first, ...others] = doubts.filter((each) => each !== null).map(alone);
  if (!first) return null;
  return others.length === 0 ? first : { ...first, others: others.slice(0, mostDoubts - 1) };
}

const sameIn = (kept: readonly StoredDoubt[], now: DoubtSeen) => kept.find((each) => isSame(each, now));

/** What was kept that rests on the same evidence as a doubt seen now; `null` when nothing does. */
export function sameDoubt(before: StoredDoubt | null, now: DoubtSeen): StoredDoubt | null {
  return sameIn(doubtsOf(before), now) ?? null;
}

function evidenceOf({ ids, count, drops }: StoredDoubt): Partial<StoredDoubt> {
  return { ...(ids ? { ids, count: count ?? ids.length } : {}), ...(drops ? { drops } : {}) };
}

function next(same: StoredDoubt | undefined, doubt: DoubtSeen, observed: Date): StoredDoubt {
  const { kind, detail, missing, drops } = doubt;
  const ids = missing ? [...missing].sort((one, other) => one - other) : undefined;
  const isAccepted = same !== undefined && isConvincing(same, observed);
  const seen = {
    ...(ids ? { ids: ids.slice(kind === 'unlisted' ? -mostUnlisted : -sampleSize), count: ids.length } : {}),
    ...(drops ? { drops } : {}),
  };
  return {
    kind,
    detail,
    since: same?.since ?? observed.toISOString(),
    // What grows little by little is measured by what it was at first, until that is believed.
    ...(isAccepted || !same ? seen : evidenceOf(same)),
    ...(same ? { again: true } : {}),
    ...(isAccepted ? { accepted: true } : {}),
    ...(same?.asked === undefined ? {} : { asked: same.asked }),
  };
}

/**
 * Doubts seen now as they are kept, in their order, and behind them those that were kept before: the instant of the same
 * one before stays, and so do others.
 */
export function nextDoubts(
  before: StoredDoubt | null,
  seen: readonly DoubtSeen[],
  observed: Date,
): { seen: StoredDoubt[]; others: StoredDoubt[] } {
  const kept = doubtsOf(before);
  const same = seen.map((doubt) => sameIn(kept, doubt));
  return {
    seen: seen.map((doubt, index) => next(same[index], doubt, observed)),
    others: kept.filter((each) => !same.includes(each)),
  };
}

/** One doubt seen now, as it is kept with others from before. */
export function nextDoubt(before: StoredDoubt | null, doubt: DoubtSeen, observed: Date): StoredDoubt {
  const { seen, others } = nextDoubts(before, [doubt], observed);
  return keptTogether([...seen, ...others]) as StoredDoubt;
}

const sumOf = (drops: Readonly<Record<string, number>>) =>
  Object.values(drops).reduce((sum, count) => sum + count, 0);

/** Items that are left out for no other reasons than before, and are not more than twice as many. */
function isAlike(before: Readonly<Record<string, number>>, now: Readonly<Record<string, number>>): boolean {
  return Object.keys(now).every((reason) => reason in before) && sumOf(now) <= 2 * sumOf(before);
}

/**
 * Whether two doubts rest on the same evidence. Of missing posts: all that were missing still are; of items left out: for
 * the same reasons, and not many more. Any other by its words.
 */
function isSame(before: StoredDoubt, now: DoubtSeen): boolean {
  if (before.kind !== now.kind) return false;
  // Other dates convince post by post (`dates.ts`).
  if (now.kind === 'redated' && !now.missing) return before.ids === undefined;
  if (now.drops || before.drops) {
    return now.drops !== undefined && before.drops !== undefined && isAlike(before.drops, now.drops);
  }
  if (!now.missing) return before.detail === now.detail;
  // Once convinced, posts go in portions: fewer are missing each time.
  if (before.accepted && before.kind === 'vanished') return now.missing.length <= (before.count ?? 0);
  const missing = new Set(now.missing);
  const oldest = Math.min(...now.missing);
  const ids = before.ids ?? [];
  // As new posts come the oldest ones leave the window: of those nothing is said any more.
  const covered = ids.filter((id) => id >= oldest);
  return 2 * covered.length >= ids.length && covered.every((id) => missing.has(id));
}

/** Items left out for reasons that a sound answer does not have. */
export function strangeOf(dropped: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(dropped).filter(([reason, count]) => strangeDrops({ [reason]: count }) > 0),
  );
}

/** Posts that are there without being listed are asked for once a day. */
const askEvery = 24 * hour;

/** Whether exactly these posts were asked for lately, and were there. */
export function isAskedLately(
  before: StoredDoubt | null,
  missing: readonly number[],
  observed: Date,
): boolean {
  const same = sameDoubt(before, { kind: 'unlisted', detail: '', missing });
  if (same?.asked === undefined || same.count !== missing.length) return false;
  return observed.getTime() - Date.parse(same.asked) < askEvery;
}

/** Whether missing posts were asked for, and were there, so lately that asking again would tell nothing. */
export function isAskedInVain({ asked }: StoredDoubt, observed: Date): boolean {
  return asked !== undefined && observed.getTime() - Date.parse(asked) < convincingAfter;
}

/** Ids of posts that the page does not list, though they are there: that was so for hours. */
export function unlistedIn(before: StoredDoubt | null): ReadonlySet<number> {
  const doubts = doubtsOf(before).filter(({ kind, accepted }) => kind === 'unlisted' && accepted === true);
  return new Set(doubts.flatMap(({ ids }) => ids ?? []));
}

/** Whether posts that are missing, and were there whenever asked for, have been so for long enough. */
export function isLastingly({ kind, since }: StoredDoubt, observed: Date): boolean {
  return kind === 'vanished' && observed.getTime() - Date.parse(since) >= unlistedAfter;
}

/** Whether the same evidence, seen again at this instant, convinces. */
export function isConvincing(before: StoredDoubt, observed: Date): boolean {
  return before.accepted === true || observed.getTime() - Date.parse(before.since) >= convincingAfter;
}
