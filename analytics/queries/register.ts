import type { Level, OtherKind, PageState, Tier } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { buildPageAddress } from '../addresses.ts';
import type { OrganisationRef, PageRef } from '../refs.ts';
import type { Day } from '../types.ts';

/** An organisation as the ranking needs it, from the register's copy. */
export interface RegisteredOrganisation extends OrganisationRef {
  parentId: number | null;
  council: string;
  level: Level;
  sector: string;
  municipality: string;
  tier: Tier;
  /** The first day it takes part; `null` when not said. */
  started: Day | null;
  /** The dated series of union members, oldest first. */
  membersOn: Day[];
  members: number[];
  /** Agreed pauses, first to last day inclusive. */
  pausesFrom: Day[];
  pausesTo: Day[];
  /** A league set by hand; `''` is automatic. */
  league: string;
}

/** A page as the ranking needs it, from the register's copy. */
export interface RegisteredPage extends PageRef {
  organisationId: number;
  /** `0` while not known. */
  nativeId: number;
  name: string;
  /** As the network gives its title; `''` while not known. */
  ownTitle: string;
  /** The link as registered. */
  link: string;
  state: PageState;
  /** The first local day of the history that has been read; `null` before the first look. */
  historyReached: Day | null;
  /** What it is when it is no page of publications; `null` when it is one, or that is not known. */
  foundAs: OtherKind | null;
}

/** Every organisation of the register's copy, in the order of their ids. */
export async function queryOrganisations(observations: Observations): Promise<RegisteredOrganisation[]> {
  const { tables } = observations;
  return observations.rows<RegisteredOrganisation>(`
    -- queryOrganisations
    SELECT organisation_id AS id, parent_id AS parentId, council, name,
           if(organisation.short = '', organisation.name, organisation.short) AS short, level, sector, municipality, tier,
           started, members_on AS membersOn, members, pauses_from AS pausesFrom, pauses_to AS pausesTo, league
    FROM ${tables.organisations} AS organisation FINAL
    WHERE is_deleted = 0
    ORDER BY organisation_id`);
}

/** Every page of the register's copy, in the order of their ids. */
export async function queryPages(observations: Observations): Promise<RegisteredPage[]> {
  const { tables } = observations;
  const rows = await observations.rows<Omit<RegisteredPage, 'url'>>(`
    -- queryPages
    SELECT page_id AS id, organisation_id AS organisationId, network, native_id AS nativeId, name,
           multiIf(page.title != '', page.title, name != '', name, page.url) AS title, page.title AS ownTitle, page.url AS link, state,
           history_reached AS historyReached, nullIf(found_as, '') AS foundAs
    FROM ${tables.pages} AS page FINAL
    WHERE is_deleted = 0
    ORDER BY page_id`);
  return rows.map((row) => ({ ...row, url: buildPageAddress({ ...row, url: row.link }) }));
}
