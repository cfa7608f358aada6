import type { Holiday, Norms } from '#domain/norms.ts';
import { defaultHolidays, defaultNorms, holidaysIn } from '#domain/norms.ts';
import { dayNumberOf, dayOf } from '#domain/period.ts';
import type { PageStatusInput, StatusContext } from '#domain/status.ts';
import { pageStatus, statusWindow } from '#domain/status.ts';
import { isMeasuredNetwork, type MeasuredNetwork, type Network } from '#domain/networks.ts';
import type { StatusInputs } from '../ranking/period-facts.ts';
import type { DayCell } from '../queries/day-cells.ts';
import type { RegisteredOrganisation, RegisteredPage } from '../queries/register.ts';
import type { SubscribersAt } from '../queries/subscribers-at.ts';
import type { AnalyticsSources } from '../sources.ts';
import type { Day, PageSummary, Period } from '../types.ts';

/** What the federation has set, and the instant of asking. */
export interface Rules {
  norms: Norms;
  holidays: readonly Holiday[];
  historyFrom: Day;
  zone: string;
  now: Date;
  today: Day;
}

/** The federation's rules as of now, with the defaults for what it has not set. */
export function buildRules(sources: AnalyticsSources): Rules {
  const now = sources.clock.now();
  return {
    norms: sources.norms ?? defaultNorms,
    holidays: sources.holidays ?? defaultHolidays,
    historyFrom: sources.historyFrom,
    zone: sources.zone,
    now,
    today: dayOf(now, sources.zone),
  };
}

/** The agreed pauses of an organisation, first to last day inclusive. */
function pausesOf(organisation: RegisteredOrganisation): Period[] {
  return organisation.pausesFrom.flatMap((from, index) => {
    const to = organisation.pausesTo[index];
    return to === undefined ? [] : [{ from, to }];
  });
}

/** What holds for the status of all pages of an organisation at the end of a period. */
export function buildStatusContext(
  organisation: RegisteredOrganisation,
  period: Period,
  rules: Rules,
): StatusContext {
  const from = rules.historyFrom < period.from ? rules.historyFrom : period.from;
  const whole = { from, to: period.to > rules.today ? period.to : rules.today };
  return {
    norm: rules.norms[organisation.tier],
    period,
    now: rules.now,
    zone: rules.zone,
    started: organisation.started,
    pauses: pausesOf(organisation),
    holidays: rememberedHolidays(whole, organisation.sector, rules),
  };
}

/** The same sectors ask for the holidays of the same days again and again. */
const holidaysByRules = new WeakMap<Rules, Map<string, Period[]>>();

function rememberedHolidays(period: Period, sector: string, rules: Rules): Period[] {
  const known = holidaysByRules.get(rules) ?? new Map<string, Period[]>();
  holidaysByRules.set(rules, known);
  const key = `${period.from} ${period.to} ${sector}`;
  const found = known.get(key) ?? holidaysIn(period, sector, rules.holidays);
  known.set(key, found);
  return found;
}

/** What the status of a page at the end of the period is judged by. */
export function buildPageStatusInput(
  page: RegisteredPage,
  facts: StatusInputs,
  context: StatusContext,
  today: Day,
): PageStatusInput {
  const looks = facts.looks.get(page.id);
  const lastSuccess = looks?.lastSuccess ? new Date(looks.lastSuccess) : null;
  const last = facts.postBounds.get(page.id)?.last;
  const counted = statusWindow(context.norm, context.period, today);
  return {
    state: stateAsOf(page, facts, lastSuccess),
    lastSuccess,
    plannedInterval: null,
    lastPostDay: last ? dayOf(last, context.zone) : null,
    historyReached: page.historyReached,
    postsInStatusWindow: postsIn(facts.cells.get(page.id) ?? [], counted),
  };
}

/** The state a page had at the end of the period: as seen by then; else, when it was read later, ok; else today's. */
function stateAsOf(
  page: RegisteredPage,
  facts: StatusInputs,
  lastSuccess: Date | null,
): RegisteredPage['state'] {
  const seen = facts.looks.get(page.id)?.lastState;
  if (seen) return seen;
  return lastSuccess !== null && lastSuccess > facts.asOf ? 'ok' : page.state;
}

/** Posts of a page on the days of a period. */
export function postsIn(cells: readonly DayCell[], period: Period): number {
  const [first, last] = [dayNumberOf(period.from), dayNumberOf(period.to)];
  return cells.reduce(
    (sum, cell) => (cell.dayNumber >= first && cell.dayNumber <= last ? sum + cell.posts : sum),
    0,
  );
}

/** A page as a row of the ranking shows it. */
export function summarizePage(
  page: RegisteredPage,
  facts: StatusInputs,
  input: PageStatusInput,
  context: StatusContext,
  subscribers: Pick<SubscribersAt, 'count' | 'precision'> | null,
): PageSummary {
  const status = pageStatus(input, context);
  const looks = facts.looks.get(page.id);
  return {
    id: page.id,
    network: page.network,
    url: page.url,
    nativeId: page.nativeId || null,
    title: page.title,
    state: input.state,
    status: status.status,
    statusReason: status.statusReason,
    foundAs: foundAsIn(input.state, page),
    daysSilent: status.daysSilent,
    subscribers: subscribers?.count ?? null,
    precision: subscribers?.precision ?? null,
    lastPost: facts.postBounds.get(page.id)?.last.toISOString() ?? null,
    lastOutcome: looks?.lastOutcome ?? null,
    lastCause: looks?.lastCause ?? '',
  };
}

/**
 * What a page is, in a state of it: the register knows that as of today, and it held no sooner than the page was not
 * resolved any more.
 */
export function foundAsIn(
  state: RegisteredPage['state'],
  { foundAs }: Pick<RegisteredPage, 'foundAs'>,
): RegisteredPage['foundAs'] {
  return state === 'unresolved' ? foundAs : null;
}

/** Whether pages of the network are read, and have a status of their own. */
export function isMeasured<Page extends { network: Network }>(
  page: Page,
): page is Page & { network: MeasuredNetwork } {
  return isMeasuredNetwork(page.network);
}
