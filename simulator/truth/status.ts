import { addDays, type Day, daysOf, type Period } from '../calendar.ts';
import type { Organisation, Page, WallState } from '../world/types.ts';
import { knownPosts, lastReadable, within } from './facts.ts';
import type { KnownPost } from './known-post.ts';
import { looksAt, stateSeen } from './visibility.ts';
import { expectedDays, isHoliday, isPaused, type Question, spanOf, tierRules } from './rules.ts';
import type { Status } from './types.ts';

const day = 86_400_000;
const order: readonly Status[] = ['active', 'slow', 'paused', 'unknown', 'quiet', 'stale', 'dead', 'none'];
const stateNames = {
  ok: 'ok',
  closed: 'closed',
  private: 'closed',
  deleted: 'deleted',
  banned: 'blocked',
  taken: 'taken_over',
} as const;
/** Of a deleted channel nothing is left but its name, which nobody has. */
const gone = { vk: 'deleted', telegram: 'not_found' } as const;

/** A status with its reason and the days silent. */
export interface Verdict {
  status: Status;
  statusReason: string | null;
  daysSilent: number | null;
}

function earlier(one: Day, other: Day): Day {
  return one < other ? one : other;
}

function silentDays(
  question: Question,
  organisation: Organisation,
  last: Day,
  until: Day,
  holidaysToo: boolean,
): number {
  return daysOf({ from: addDays(last, 1), to: until }).filter(
    (one) => !isPaused(question, organisation, one) && !(holidaysToo && isHoliday(question, one)),
  ).length;
}

/** The state as seen by an instant; else, when the page was read later, ok; else as last seen. */
function stateAsOf(question: Question, page: Page, asOf: number): WallState {
  const looks = looksAt(question, page);
  const seen = looks.findLast((look) => look <= asOf);
  if (seen !== undefined) {
    return stateSeen(question, page, seen);
  }
  const wasReadable = looks.some((look) => stateSeen(question, page, look) === 'ok');
  const last = looks.at(-1);
  return wasReadable || last === undefined ? 'ok' : stateSeen(question, page, last);
}

function unknownReason(question: Question, page: Page, asOf: number): string | null {
  const look = lastReadable(question, page);
  const state = stateAsOf(question, page, asOf);
  if (state !== 'ok') {
    return state === 'deleted' ? gone[page.network] : stateNames[state];
  }
  return look === null || look < asOf - 3 * day ? 'no_observation' : null;
}

function frequencyFits(
  question: Question,
  organisation: Organisation,
  posts: readonly KnownPost[],
  lastDay: Day,
): boolean {
  const rule = tierRules[organisation.tier];
  if (rule.statusNorm === null) {
    return true;
  }
  const to = earlier(lastDay, addDays(question.today, -1));
  const stretch: Period = { from: addDays(to, 1 - rule.statusDays), to };
  const tracked = expectedDays(question, organisation, spanOf(question, organisation, stretch)).length;
  return tracked === 0 || within(posts, stretch).length / (tracked / 7) >= rule.statusNorm;
}

function pageVerdict(question: Question, organisation: Organisation, page: Page, period: Period): Verdict {
  const rule = tierRules[organisation.tier];
  const lastDay = earlier(period.to, question.today);
  const asOf = Math.min(question.now, question.world.calendar.endOf(lastDay));
  const posts = knownPosts(question, page).filter((post) => post.day <= lastDay);
  const last = posts.at(-1)?.day;
  const look = lastReadable(question, page);
  const until = look === null ? lastDay : earlier(lastDay, question.world.calendar.dayOf(look));
  const shown = last === undefined ? null : silentDays(question, organisation, last, until, false);
  if (isPaused(question, organisation, lastDay)) {
    return { status: 'paused', statusReason: null, daysSilent: shown };
  }
  const reason = unknownReason(question, page, asOf);
  if (reason !== null) {
    return { status: 'unknown', statusReason: reason, daysSilent: null };
  }
  if (last === undefined) {
    const quietDays =
      question.historyFrom <= until
        ? expectedDays(question, organisation, { from: question.historyFrom, to: until }).length
        : 0;
    return quietDays >= rule.dead
      ? { status: 'dead', statusReason: null, daysSilent: null }
      : { status: 'unknown', statusReason: 'no_observation', daysSilent: null };
  }
  const silent = silentDays(question, organisation, last, until, true);
  const frequent = frequencyFits(question, organisation, posts, lastDay);
  const status: Status =
    silent >= rule.dead
      ? 'dead'
      : silent >= rule.stale
        ? 'stale'
        : silent >= rule.quiet
          ? 'quiet'
          : frequent
            ? 'active'
            : 'slow';
  return { status, statusReason: null, daysSilent: shown };
}

/** The status of some pages of an organisation at a period's end: the best page's, with the common days silent. */
export function statusOf(
  question: Question,
  organisation: Organisation,
  pages: readonly Page[],
  period: Period,
): Verdict {
  const verdicts = pages.map((page) => pageVerdict(question, organisation, page, period));
  const best = order.find((status) => verdicts.some((verdict) => verdict.status === status)) ?? 'none';
  const statusReason = verdicts.find((verdict) => verdict.status === best)?.statusReason ?? null;
  if (best === 'unknown' || best === 'none') {
    return { status: best, statusReason, daysSilent: null };
  }
  const lastDay = earlier(period.to, question.today);
  const last = pages
    .flatMap((page) => knownPosts(question, page))
    .map((post) => post.day)
    .filter((one) => one <= lastDay)
    .sort()
    .at(-1);
  const look = Math.max(...pages.map((page) => lastReadable(question, page) ?? 0));
  const until = earlier(lastDay, question.world.calendar.dayOf(look));
  const daysSilent = last === undefined ? null : silentDays(question, organisation, last, until, false);
  return { status: best, statusReason, daysSilent };
}
