import { greatestCount } from '#domain/greatest-count.ts';
import { dayProblem } from '#domain/allowed-days.ts';
import { pageUrl } from '#domain/page-link.ts';
import { ValueRefused } from './observations/errors.ts';
import type { TableWrite } from './observations/table.ts';
import {
  mirroredOrganisations,
  mirroredPages,
  type OrganisationMirrorRow,
  type PageMirrorRow,
} from './observations/tables/register-mirror.ts';
import type { MemberCount } from './operations/members.ts';
import type { Organisation } from './operations/organisations.ts';
import type { Page, PageChanges } from './operations/pages.ts';
import type { Pause } from './operations/pauses.ts';

/** What of the register the store of observations does not take: it is left out of the mirror, and the rest is not. */
export interface SetAside {
  /**
   * `organisation` and `page`: the whole row, for the value of a column; else only that of it. Of a count of members its
   * day (`members`) or the count itself (`member_count`).
   */
  kind: 'pause' | 'members' | 'member_count' | 'value' | 'organisation' | 'page';
  organisationId: number;
  /** `null` when it is about no page. */
  pageId: number | null;
  /** The organisation's name, or the page's link. */
  name: string;
  /** The days of the pause, the day and the count, or the name of the column. */
  found: string;
}

/** A row of the mirror, `null` when it cannot be made, and what is not in it. */
export interface Mirrored<Row> {
  row: Row | null;
  setAside: SetAside[];
}

/** Whether the statistics know of a pause: both days are taken, and in their order. */
export function isPauseMirrored({ from, to }: Pick<Pause, 'from' | 'to'>): boolean {
  return dayProblem(from) === null && dayProblem(to) === null && from <= to;
}

/** Whether the statistics know of a count of members. */
export function isCountMirrored({ on, count }: Pick<MemberCount, 'on' | 'count'>): boolean {
  return dayProblem(on) === null && Number.isSafeInteger(count) && count >= 0 && count <= greatestCount;
}

/** The mirror's row of an organisation with its counts of members (oldest first) and agreed pauses. */
export function mirrorOfOrganisation(
  organisation: Organisation,
  counts: readonly MemberCount[],
  pauses: readonly Pause[],
): Mirrored<OrganisationMirrorRow> {
  const { id, createdAt: _, removedAt, ...said } = organisation;
  const of = { organisationId: id, pageId: null, name: organisation.name };
  const setAside: SetAside[] = [
    ...pauses
      .filter((pause) => !isPauseMirrored(pause))
      .map(({ from, to }) => ({ ...of, kind: 'pause' as const, found: `${from} – ${to}` })),
    ...counts
      .filter((count) => !isCountMirrored(count))
      .map(({ on, count }) => ({
        ...of,
        kind: dayProblem(on) === null ? ('member_count' as const) : ('members' as const),
        found: `${on}: ${count}`,
      })),
  ];
  const taken = { counts: counts.filter(isCountMirrored), pauses: pauses.filter(isPauseMirrored) };
  const row = {
    organisationId: id,
    ...said,
    membersOn: taken.counts.map(({ on }) => on),
    members: taken.counts.map(({ count }) => count),
    pausesFrom: taken.pauses.map(({ from }) => from),
    pausesTo: taken.pauses.map(({ to }) => to),
    isDeleted: removedAt !== null,
  };
  return fitted(
    mirroredOrganisations,
    row,
    { started: 'started' },
    { ...of, kind: 'organisation', found: '' },
    setAside,
  );
}

/**
 * The mirror's row of a page. Its address is the one by which it is known: `https://vk.com/club<id>` or
 * `https://t.me/<name>` of networks that are read, else the link as registered.
 */
export function mirrorOfPage(page: Page): Mirrored<PageMirrorRow> {
  const row: PageMirrorRow = {
    pageId: page.id,
    organisationId: page.organisationId,
    network: page.network,
    nativeId: page.nativeId ?? 0,
    name: page.name ?? '',
    title: page.title,
    url: addressOf(page),
    state: page.state,
    stateSince: page.stateSince,
    historyReached: page.historyReached,
    foundAs: page.foundAs,
    isDeleted: page.removedAt !== null,
  };
  const of = { organisationId: page.organisationId, pageId: page.id, name: page.link };
  const optional = { state_since: 'stateSince', history_reached: 'historyReached' } as const;
  return fitted(mirroredPages, row, optional, { ...of, kind: 'page', found: '' }, []);
}

/** Whether a change of a page changes its row of the mirror. */
export function touchesMirror(changes: PageChanges): boolean {
  return mirroredFields.some((field) => changes[field] !== undefined);
}

const mirroredFields = [
  'organisationId',
  'network',
  'nativeId',
  'name',
  'title',
  'link',
  'state',
  'stateSince',
  'historyReached',
  'foundAs',
  'removedAt',
] as const satisfies readonly (keyof PageChanges)[];

function addressOf({ network, nativeId, name, link }: Page): string {
  return pageUrl(network, nativeId, name) ?? link;
}

/** The row as its table takes it: what may be unknown is, when it is refused; any other refused value takes the row out. */
function fitted<Row extends object>(
  table: TableWrite<Row>,
  row: Row,
  optional: Readonly<Record<string, keyof Row>>,
  of: SetAside,
  setAside: SetAside[],
): Mirrored<Row> {
  let fitting = row;
  for (const column of table.columns) {
    try {
      column.encode(fitting);
    } catch (error) {
      if (!(error instanceof ValueRefused)) throw error;
      const field = optional[column.name];
      if (field === undefined) return { row: null, setAside: [{ ...of, found: column.name }] };
      fitting = { ...fitting, [field]: null };
      setAside.push({ ...of, kind: 'value', found: column.name });
    }
  }
  return { row: fitting, setAside };
}
