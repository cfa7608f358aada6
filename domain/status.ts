import type { TierNorm } from './norms.ts';
import { addDays, countDaysWithout, dayOf, endOfDay, overlap } from './period.ts';
import type { Day, Period } from './period.ts';
import { statuses } from './vocabulary.ts';
import type { PageState, Status } from './vocabulary.ts';

const dayLength = 24 * 3_600_000;
/** A page is unknown when it has not been read for so many of its planned intervals. */
export const intervalsMissed = 3;

/** What the status of a page is judged by. */
export interface PageStatusInput {
  state: PageState;
  /** The last successful look ever; one after the period's end counts, for it has read the history too. */
  lastSuccess: Date | null;
  /** Milliseconds between planned looks; `null` or more than a day counts as a day. */
  plannedInterval: number | null;
  /** Local day of the last undeleted post by the page itself up to the period's end; `null` when none is known. */
  lastPostDay: Day | null;
  /** The first local day whose posts are known; `null` before the history was read. */
  historyReached: Day | null;
  /** Posts on the days of `statusWindow`. */
  postsInStatusWindow: number;
}

/** What holds for all pages of an organisation. */
export interface StatusContext {
  norm: TierNorm;
  /** The status is the one at this period's end, or now when the period has not ended. */
  period: Period;
  now: Date;
  zone: string;
  /** The first day the organisation takes part; `null` when not said. */
  started: Day | null;
  /** Agreed pauses. */
  pauses: readonly Period[];
  /** Holidays; they have to reach back as far as silence may. */
  holidays: readonly Period[];
}

/** Why a status is `unknown`: what the page is known to be, or that nobody could look. */
export type StatusReason = PageState | 'no_observation';

export interface StatusVerdict {
  status: Status;
  statusReason: StatusReason | null;
  /** Agreed pauses left out; `null` when unknown or when there never was a post. */
  daysSilent: number | null;
}

/** The local days whose posts the status counts: full ones, up to the period's end or yesterday. */
export function statusWindow(norm: TierNorm, period: Period, today: Day): Period {
  const yesterday = addDays(today, -1);
  const to = period.to < yesterday ? period.to : yesterday;
  return { from: addDays(to, 1 - norm.statusDays), to };
}

/** Days from the last post to the day it is looked from, without those in agreed pauses (or in what else is given). */
export function daysSilent(lastPostDay: Day, until: Day, without: readonly Period[]): number {
  return lastPostDay < until ? countDaysWithout({ from: addDays(lastPostDay, 1), to: until }, without) : 0;
}

/** The status of one page (`metrics.md`, status of a page): silence first, then frequency. */
export function pageStatus(page: PageStatusInput, context: StatusContext): StatusVerdict {
  const silent = silence(page, context);
  const shown = silent?.withoutPauses ?? null;
  if (context.pauses.some(({ from, to }) => from <= lastDay(context) && lastDay(context) <= to)) {
    return { status: 'paused', statusReason: null, daysSilent: shown };
  }
  const reason = unknownReason(page, context);
  if (reason !== null) {
    return { status: 'unknown', statusReason: reason, daysSilent: null };
  }
  if (silent === null) {
    return neverAPost(page, context);
  }
  return { status: statusOfSilence(silent.counted, page, context), statusReason: null, daysSilent: shown };
}

/**
 * The status of an organisation: its best page's in the order of `statuses`, `none` without pages. Its days silent go
 * from the last post on any page to the last successful look at any; unknown when the status is.
 */
export function organisationStatus(pages: readonly PageStatusInput[], context: StatusContext): StatusVerdict {
  const verdicts = pages.map((page) => pageStatus(page, context));
  const best = statuses.find((status) => verdicts.some((verdict) => verdict.status === status)) ?? 'none';
  const statusReason = verdicts.find((verdict) => verdict.status === best)?.statusReason ?? null;
  if (best === 'unknown' || best === 'none') {
    return { status: best, statusReason, daysSilent: null };
  }
  const lastPostDay = latest(pages.map((page) => page.lastPostDay));
  const lastSuccess = latest(pages.map((page) => page.lastSuccess));
  const silent = silence({ lastPostDay, lastSuccess }, context);
  return { status: best, statusReason, daysSilent: silent?.withoutPauses ?? null };
}

/** The better of two statuses, in the order of `statuses`. */
export function betterStatus(one: Status, other: Status): Status {
  return statuses.indexOf(one) <= statuses.indexOf(other) ? one : other;
}

function latest<Value extends Day | Date>(values: readonly (Value | null)[]): Value | null {
  return values.reduce<Value | null>(
    (last, value) => (value !== null && (last === null || value > last) ? value : last),
    null,
  );
}

/** The last local day that is looked at. */
function lastDay({ period, now, zone }: StatusContext): Day {
  const today = dayOf(now, zone);
  return period.to < today ? period.to : today;
}

function lastObservedDay(lastSuccess: Date | null, context: StatusContext): Day {
  const last = lastDay(context);
  const observed = lastSuccess === null ? last : dayOf(lastSuccess, context.zone);
  return observed < last ? observed : last;
}

function silence(page: Pick<PageStatusInput, 'lastPostDay' | 'lastSuccess'>, context: StatusContext) {
  if (page.lastPostDay === null) {
    return null;
  }
  const until = lastObservedDay(page.lastSuccess, context);
  return {
    withoutPauses: daysSilent(page.lastPostDay, until, context.pauses),
    counted: daysSilent(page.lastPostDay, until, [...context.pauses, ...context.holidays]),
  };
}

function unknownReason(page: PageStatusInput, context: StatusContext): StatusReason | null {
  if (page.state !== 'ok') {
    return page.state;
  }
  const end = endOfDay(lastDay(context), context.zone).getTime();
  const asOf = Math.min(context.now.getTime(), end);
  const interval = Math.min(page.plannedInterval ?? dayLength, dayLength);
  const oldest = asOf - intervalsMissed * interval;
  return page.lastSuccess === null || page.lastSuccess.getTime() < oldest ? 'no_observation' : null;
}

/** Without any post known: dead when what was read reaches back far enough, else nothing is claimed. */
function neverAPost(page: PageStatusInput, context: StatusContext): StatusVerdict {
  const until = lastObservedDay(page.lastSuccess, context);
  const known = page.historyReached !== null && page.historyReached <= until;
  const days = known
    ? countDaysWithout({ from: page.historyReached ?? until, to: until }, stopped(context))
    : 0;
  return days >= context.norm.deadFrom
    ? { status: 'dead', statusReason: null, daysSilent: null }
    : { status: 'unknown', statusReason: 'no_observation', daysSilent: null };
}

function statusOfSilence(days: number, page: PageStatusInput, context: StatusContext): Status {
  const { norm } = context;
  if (days >= norm.deadFrom) {
    return 'dead';
  }
  if (days >= norm.staleFrom) {
    return 'stale';
  }
  if (days >= norm.quietFrom) {
    return 'quiet';
  }
  return isBelowNorm(page, context) ? 'slow' : 'active';
}

function isBelowNorm(page: PageStatusInput, context: StatusContext): boolean {
  const { norm, period, now, zone, started } = context;
  if (norm.statusPostsPerWeek === null) {
    return false;
  }
  const beginnings = [started, page.historyReached].filter((day) => day !== null);
  const since = { from: beginnings.sort().at(-1) ?? '0001-01-01', to: '9999-12-31' };
  const days = countDaysWithout(
    overlap(statusWindow(norm, period, dayOf(now, zone)), since),
    stopped(context),
  );
  return days > 0 && page.postsInStatusWindow / (days / 7) < norm.statusPostsPerWeek;
}

function stopped({ pauses, holidays }: StatusContext): Period[] {
  return [...pauses, ...holidays];
}
