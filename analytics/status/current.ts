import type { League } from '#domain/league.ts';
import { isMeasuredNetwork } from '#domain/networks.ts';
import { calendarPeriod, contains } from '#domain/period.ts';
import type { PageStatusInput, StatusContext } from '#domain/status.ts';
import { organisationStatus, pageStatus } from '#domain/status.ts';
import type {
  Level,
  MeasuredNetwork,
  OtherKind,
  Outcome,
  PageState,
  Status,
  TextKind,
} from '#domain/vocabulary.ts';
import { buildPostAddress } from '../addresses.ts';
import { selectMeasuredPages } from '../ranking/ranking.ts';
import type { Register, StatusInputs } from '../ranking/period-facts.ts';
import { loadRegisterMirror, loadStatusInputs } from '../ranking/period-facts.ts';
import { loadLeagues } from '../ranking/leagues.ts';
import { queryPostBeginnings } from '../queries/post-beginnings.ts';
import { queryNewestLooks } from '../queries/newest-looks.ts';
import { queryPostsSince } from '../queries/posts-since.ts';
import type { RegisteredOrganisation, RegisteredPage } from '../queries/register.ts';
import type { OrganisationRef, PageRef } from '../refs.ts';
import type { AnalyticsSources } from '../sources.ts';
import { foundAsIn, buildPageStatusInput, buildRules, buildStatusContext, type Rules } from './inputs.ts';
import { mapYielding } from '../yielding.ts';
import type { Day, Period } from '../types.ts';

/**
 * Why nothing is claimed of a page: its state; it was never read, or not lately; or it was, but shows no post, and too
 * little of its history is known to call that silence.
 */
export type UnreadReason = Exclude<PageState, 'ok'> | 'never_read' | 'not_lately' | 'no_posts_yet';

/** How a page stands now. */
export interface PageStatus extends PageRef {
  /** `0` while not known, and `''`: what addresses of posts are made from. */
  nativeId: number;
  name: string;
  state: PageState;
  status: Status;
  /** With the status `unknown` only. */
  unread: UnreadReason | null;
  /** What it is when it is no page of publications; `null` when it is one, or that is not known. */
  foundAs: OtherKind | null;
  daysSilent: number | null;
  lastPost: Date | null;
}

/** How an organisation stands now: its best page's status, as in the ranking. */
export interface OrganisationStatus extends OrganisationRef {
  level: Level;
  sector: string;
  municipality: string;
  council: string;
  league: { id: string; name: string } | null;
  status: Status;
  daysSilent: number | null;
  /** The agreed pause of today. */
  pause: Period | null;
  /** Pages that are read. */
  pages: PageStatus[];
  /** Addresses of pages in networks that are not read. */
  otherPages: string[];
}

/** How everybody stands as of now. */
export interface CurrentStatuses {
  asOf: Date;
  today: Day;
  leagues: League[];
  /** In the order of registration; in one network the pages of that network alone. */
  organisations: OrganisationStatus[];
}

/** How all organisations stand as of now, in one network or over all, judged as in the ranking (`metrics.md`). */
export async function currentStatuses(
  sources: AnalyticsSources,
  request: { network?: MeasuredNetwork | undefined } = {},
): Promise<CurrentStatuses> {
  const [register, facts] = await Promise.all([loadRegisterMirror(sources), loadStatusInputs(sources)]);
  const rules = buildRules(sources);
  const leagues = await loadLeagues(sources, register, calendarPeriod('week', rules.today).to);
  const organisations = await mapYielding(register.organisations, (organisation) => {
    const league = leagues.membership.get(organisation.id)?.league;
    return [
      {
        ...standingOf(organisation, { register, facts, rules, network: request.network }),
        league: league ? { id: league.id, name: league.name } : null,
      },
    ];
  });
  return { asOf: facts.asOf, today: rules.today, leagues: leagues.leagues, organisations };
}

function standingOf(
  organisation: RegisteredOrganisation,
  asked: { register: Register; facts: StatusInputs; rules: Rules; network: MeasuredNetwork | undefined },
): Omit<OrganisationStatus, 'league'> {
  const { register, facts, rules, network } = asked;
  const context = buildStatusContext(organisation, { from: rules.today, to: rules.today }, rules);
  const pages = selectMeasuredPages(organisation, register).pages.filter(
    (page) => network === undefined || page.network === network,
  );
  const input = pages.map((page) => buildPageStatusInput(page, facts, context, rules.today));
  const status = organisationStatus(input, context);
  const { id, name, short, level, sector, municipality, council } = organisation;
  return {
    id,
    name,
    short,
    level,
    sector,
    municipality,
    council,
    status: status.status,
    daysSilent: status.daysSilent,
    pause: pauseOf(context, rules.today),
    pages: pages.flatMap((page, index) => {
      const each = input[index];
      return each ? [standingPage(page, each, facts, context)] : [];
    }),
    otherPages: (register.pagesOf.get(id) ?? []).flatMap((page) =>
      isMeasuredNetwork(page.network) ? [] : [page.link],
    ),
  };
}

function pauseOf({ pauses }: StatusContext, today: Day): Period | null {
  return pauses.find((pause) => contains(pause, today)) ?? null;
}

function standingPage(
  page: RegisteredPage,
  input: PageStatusInput,
  facts: StatusInputs,
  context: StatusContext,
): PageStatus {
  const status = pageStatus(input, context);
  return {
    id: page.id,
    network: page.network,
    url: page.url,
    nativeId: page.nativeId,
    name: page.name,
    title: page.title,
    state: input.state,
    status: status.status,
    unread: status.status === 'unknown' ? unreadReason(input, context) : null,
    foundAs: foundAsIn(input.state, page),
    daysSilent: status.daysSilent,
    lastPost: facts.postBounds.get(page.id)?.last ?? null,
  };
}

/** A page read lately of which nothing is claimed has shown no post. */
function unreadReason({ state, ...input }: PageStatusInput, context: StatusContext): UnreadReason {
  if (state !== 'ok') return state;
  if (input.lastSuccess === null) return 'never_read';
  const shown = { ...input, state, lastPostDay: context.period.to };
  return pageStatus(shown, context).status === 'unknown' ? 'not_lately' : 'no_posts_yet';
}

/** The last post of a page, and how it begins. */
export interface LastPost {
  published: string;
  url: string;
  text: string;
  /** What the words are of. */
  textKind: TextKind;
}

/** What a list shows of a page beside its standing. */
export interface PageDetails {
  lastPost: LastPost | null;
  /** The last successful look ever, and how the newest look ended; `null` when there was none. */
  lastSuccess: string | null;
  lastOutcome: Outcome | null;
}

/** The details of pages, by page: for as many as a list shows at once. */
export async function pageDetails(
  sources: AnalyticsSources,
  pages: readonly PageStatus[],
): Promise<Map<number, PageDetails>> {
  const { observations } = sources;
  const pageIds = pages.map((page) => page.id);
  const published = pages.flatMap(({ id, lastPost }) =>
    lastPost ? [{ pageId: id, published: lastPost }] : [],
  );
  const [posts, looks] = await Promise.all([
    queryPostBeginnings(observations, published),
    queryNewestLooks(observations, pageIds),
  ]);
  const beginnings = new Map(posts.map((post) => [post.pageId, post]));
  return new Map(
    pages.map((page) => {
      const [post, look] = [beginnings.get(page.id), looks.get(page.id)];
      const lastPost = post
        ? {
            published: post.published,
            url: buildPostAddress(page, post.id),
            text: post.text,
            textKind: post.textKind,
          }
        : null;
      return [
        page.id,
        { lastPost, lastSuccess: look?.lastSuccess ?? null, lastOutcome: look?.lastOutcome ?? null },
      ];
    }),
  );
}

/** What became of a page after an instant, as far as was seen. */
export interface Aftermath {
  posts: number;
  first: Date | null;
  /** Whether the page was read at all since: without that nothing is known. */
  isKnown: boolean;
}

/** What pages have published since an instant each, in the order of asking. */
export async function loadPostsSince(
  sources: AnalyticsSources,
  asked: readonly { pageId: number; since: Date }[],
): Promise<Aftermath[]> {
  const { observations } = sources;
  const pageIds = [...new Set(asked.map(({ pageId }) => pageId))];
  const [rows, looks] = await Promise.all([
    queryPostsSince(observations, asked),
    queryNewestLooks(observations, pageIds),
  ]);
  const found = new Map(rows.map((row) => [`${row.pageId} ${new Date(row.since).getTime()}`, row]));
  return asked.map(({ pageId, since }) => {
    const row = found.get(`${pageId} ${since.getTime()}`);
    const lastSuccess = looks.get(pageId)?.lastSuccess ?? null;
    return {
      posts: row?.posts ?? 0,
      first: row ? new Date(row.first) : null,
      isKnown: row !== undefined || (lastSuccess !== null && new Date(lastSuccess) > since),
    };
  });
}
