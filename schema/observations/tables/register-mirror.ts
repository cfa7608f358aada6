import type { Level, Network, OtherKind, PageState, Tier } from '#domain/vocabulary.ts';
import { levels, networks, pageStates, tiers } from '#domain/vocabulary.ts';
import {
  day,
  deletionMark,
  instant,
  list,
  nullable,
  text,
  unsigned32,
  unsigned64,
  enumText,
  nullableEnumText,
} from '../codecs.ts';
import type { Observations } from '../connect.ts';
import { inParts } from '../in-parts.ts';
import type { TableWrite } from '../table.ts';
import { column, decodeRow, selectList, writtenAs } from '../table.ts';

/** An organisation of the register, copied for joins; its key is organisationId. */
export interface OrganisationMirrorRow {
  organisationId: number;
  parentId: number | null;
  council: string;
  name: string;
  short: string;
  level: Level;
  sector: string;
  municipality: string;
  tier: Tier;
  /** The first local day it takes part. */
  started: string | null;
  /** Member counts as a dated series: days, and the count on each. */
  membersOn: readonly string[];
  members: readonly number[];
  /** Agreed pauses: first and last local day of each. */
  pausesFrom: readonly string[];
  pausesTo: readonly string[];
  /** Set by hand; '' is automatic. */
  league: string;
  isDeleted: boolean;
}

export const mirroredOrganisations: TableWrite<OrganisationMirrorRow> = {
  table: 'organisations',
  recorded: false,
  columns: [
    column('organisation_id', 'organisationId', unsigned32),
    column('parent_id', 'parentId', nullable(unsigned32)),
    column('council', 'council', text),
    column('name', 'name', text),
    column('short', 'short', text),
    column('level', 'level', enumText(levels)),
    column('sector', 'sector', text),
    column('municipality', 'municipality', text),
    column('tier', 'tier', enumText(tiers)),
    column('started', 'started', nullable(day)),
    column('members_on', 'membersOn', list(day)),
    column('members', 'members', list(unsigned32)),
    column('pauses_from', 'pausesFrom', list(day)),
    column('pauses_to', 'pausesTo', list(day)),
    column('league', 'league', text),
    column('is_deleted', 'isDeleted', deletionMark),
  ],
};

/** A page of the register, copied for joins; its key is pageId. */
export interface PageMirrorRow {
  pageId: number;
  organisationId: number;
  network: Network;
  /** 0 while it is not known. */
  nativeId: number;
  name: string;
  title: string;
  url: string;
  state: PageState;
  stateSince: Date | null;
  /** The first local day whose posts are known. */
  historyReached: string | null;
  /** What it is when it is no page of publications; `null` when it is one, or that is not known. */
  foundAs: OtherKind | null;
  isDeleted: boolean;
}

export const mirroredPages: TableWrite<PageMirrorRow> = {
  table: 'pages',
  recorded: false,
  columns: [
    column('page_id', 'pageId', unsigned32),
    column('organisation_id', 'organisationId', unsigned32),
    column('network', 'network', enumText(networks)),
    column('native_id', 'nativeId', unsigned64),
    column('name', 'name', text),
    column('title', 'title', text),
    column('url', 'url', text),
    column('state', 'state', enumText(pageStates)),
    column('state_since', 'stateSince', nullable(instant)),
    column('history_reached', 'historyReached', nullable(day)),
    column('found_as', 'foundAs', nullableEnumText<OtherKind>()),
    column('is_deleted', 'isDeleted', deletionMark),
  ],
};

/** What an organisation was in the register, from one revision to the next; its key is (organisationId, version). */
export const historyOfOrganisations: TableWrite<OrganisationMirrorRow> = {
  ...mirroredOrganisations,
  table: 'organisation_states',
};

/** What a page was in the register, from one revision to the next; its key is (pageId, version). */
export const historyOfPages: TableWrite<PageMirrorRow> = { ...mirroredPages, table: 'page_states' };

/** Writes new versions of copied organisations, their history first. Rejects with `ValueRefused`. */
export async function insertMirroredOrganisations(
  observations: Observations,
  rows: readonly OrganisationMirrorRow[],
): Promise<void> {
  await addStates(observations, historyOfOrganisations, rows, (row) => row.organisationId);
  await observations.insert(mirroredOrganisations, rows);
}

/** Writes new versions of copied pages, their history first. Rejects with `ValueRefused`. */
export async function insertMirroredPages(
  observations: Observations,
  rows: readonly PageMirrorRow[],
): Promise<void> {
  await addStates(observations, historyOfPages, rows, (row) => row.pageId);
  await observations.insert(mirroredPages, rows);
}

/** Adds to a history what its newest states do not say. What is removed and never was in it needs no state. */
async function addStates<Row extends { isDeleted: boolean }>(
  observations: Observations,
  table: TableWrite<Row>,
  rows: readonly Row[],
  idOf: (row: Row) => number,
): Promise<void> {
  const [key] = table.columns.map(({ name }) => name);
  const newest = await inParts(rows, (part) =>
    observations.rows<Record<string, unknown>>(
      `-- addStates
       SELECT ${selectList(table)} FROM ${observations.tables[table.table]}
       WHERE ${key} IN {ids: Array(UInt32)} ORDER BY ${key} DESC, version DESC LIMIT 1 BY ${key}`,
      { ids: part.map(idOf) },
    ),
  );
  const known = new Map(
    newest.map((json) => {
      const state = decodeRow(table, json);
      return [idOf(state), writtenAs(table, state)];
    }),
  );
  await observations.insert(
    table,
    rows.filter((row) => {
      const state = known.get(idOf(row));
      return row.isDeleted && state === undefined ? false : state !== writtenAs(table, row);
    }),
  );
}
