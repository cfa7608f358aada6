import { addDays, type Day, daysOf, type Period } from '../calendar.ts';
import type { AgreedPause, Organisation, Tier } from '../world/types.ts';
import type { World } from '../world/world.ts';
import type { KnownPost } from './known-post.ts';
import type { TruthRequest } from './types.ts';

/** What a tier is measured by. */
export interface TierRule {
  /** Posts expected in a block of days: an ISO week, or 28 days back from the window's end. */
  posts: number;
  blockDays: number;
  /** Days over which the status counts, and posts a week it wants there. */
  statusDays: number;
  statusNorm: number | null;
  quiet: number;
  stale: number;
  dead: number;
}

/** The default norms of the tiers. */
export const tierRules: Readonly<Record<Tier, TierRule>> = {
  flagship: { posts: 5, blockDays: 7, statusDays: 28, statusNorm: 5, quiet: 7, stale: 14, dead: 30 },
  active: { posts: 3, blockDays: 7, statusDays: 28, statusNorm: 3, quiet: 7, stale: 14, dead: 30 },
  card: { posts: 1, blockDays: 28, statusDays: 90, statusNorm: null, quiet: 31, stale: 45, dead: 90 },
};

const defaultHolidays = [{ from: '01-01', to: '01-08' }] as const;

/** Posts younger than this are left out of medians and rates. */
export const maturity = 72 * 3_600_000;
/** How far from a bound a snapshot may be; and within which a repeated text is one. */
export const twoDays = 48 * 3_600_000;

/** A request with the defaults filled in, and the days worked out. */
export interface Question {
  world: World;
  now: number;
  today: Day;
  /** Looks up to the last one that counts, in order. */
  looks: number[];
  lastLook: number | null;
  historyFrom: Day;
  knows: 'register' | 'world';
  /** When the register that is known was written. */
  registered: number;
  holidays: readonly { from: string; to: string }[];
  telegram: 'accounts' | 'web' | 'not_read';
  /** What has been worked out: whether a channel showed reactions at a look, by `page look`; the posts of a page. */
  reacting: Map<string, boolean>;
  known: Map<number, readonly KnownPost[]>;
}

/** Fills a request's defaults in. */
export function questionOf(world: World, request: TruthRequest): Question {
  const now = request.now.getTime();
  const until = Math.min(now, request.lastObservation?.getTime() ?? now);
  const looks = (request.snapshots ?? [request.lastObservation ?? request.now])
    .map((instant) => instant.getTime())
    .filter((instant) => instant <= until)
    .sort((left, right) => left - right);
  return {
    world,
    now,
    today: world.calendar.dayOf(now),
    looks,
    lastLook: looks.at(-1) ?? null,
    historyFrom: request.historyFrom,
    knows: request.knows ?? 'register',
    registered: request.registered?.getTime() ?? now,
    holidays: request.holidays ?? defaultHolidays,
    telegram: request.telegram ?? 'accounts',
    reacting: new Map(),
    known: new Map(),
  };
}

/** The pauses that are known. */
function pausesOf(question: Question, organisation: Organisation): readonly AgreedPause[] {
  return question.knows === 'world' ? organisation.pauses : [];
}

/** Whether a day lies in a known pause. */
export function isPaused(question: Question, organisation: Organisation, day: Day): boolean {
  return pausesOf(question, organisation).some((pause) => pause.from <= day && day <= pause.to);
}

/** Whether a day is a holiday of any year. */
export function isHoliday(question: Question, day: Day): boolean {
  const date = day.slice(5);
  return question.holidays.some(({ from, to }) =>
    from <= to ? from <= date && date <= to : date >= from || date <= to,
  );
}

/**
 * The days that are tracked of a period: from the wanted history or the organisation's start to the period's end or
 * yesterday, pauses and holidays still in; `null` when there are none.
 */
export function spanOf(question: Question, organisation: Organisation, period: Period): Period | null {
  const started = question.knows === 'world' ? (organisation.started ?? '') : '';
  const from = [period.from, question.historyFrom, started].sort().at(-1) ?? period.from;
  const yesterday = addDays(question.today, -1);
  const to = period.to < yesterday ? period.to : yesterday;
  return from <= to ? { from, to } : null;
}

/** The days of a span on which posts are expected. */
export function expectedDays(question: Question, organisation: Organisation, span: Period | null): Day[] {
  return span === null
    ? []
    : daysOf(span).filter((day) => !isPaused(question, organisation, day) && !isHoliday(question, day));
}
