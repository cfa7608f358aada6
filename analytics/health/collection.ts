import type { MeasuredNetwork } from '#domain/vocabulary.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { queryLastWorkingRun, queryNetworkLooks } from '../queries/collection-health.ts';

/** Planned slots that may pass without a run before collection counts as silent. */
const slotsBeforeSilent = 3;
const dayMilliseconds = 24 * 3_600_000;

/** A key or account that is not used for the time being. */
export interface ParkedKey {
  what: string;
  cause: string;
  until: Date | null;
  /** It still serves for a part of the work. */
  partly?: boolean;
}

/** What a network is read by in this process. */
export interface NetworkKeys {
  network: MeasuredNetwork;
  /** How many keys or accounts there are; `undefined` where none are needed. */
  keys?: number | undefined;
  parked?: (() => readonly ParkedKey[]) | undefined;
}

/** What is not well with collecting. */
export type CollectionProblem =
  | { code: 'keys_parked'; network: MeasuredNetwork; parked: ParkedKey[] }
  /** `since`: the last run's end; `null` when none has ended. */
  | { code: 'collection_silent'; since: Date | null; slots: number }
  | { code: 'nothing_read'; network: MeasuredNetwork; slots: number; cause: string };

/** What collection is judged by, beside the observations. */
export interface CollectionCheck {
  observations: Observations;
  now: Date;
  /** When this process, or another, began: what was planned before is not held against it. */
  since: Date;
  networks: readonly NetworkKeys[];
  /** Registered pages of the networks that are read. */
  pages: readonly { network: string; addedAt: Date }[];
  /** How many slots the schedule has between two instants. */
  countSlots: (from: Date, to: Date) => number;
}

/**
 * What is not well with collecting: a network whose keys are all laid aside; no run, although three planned slots have
 * passed; a network of which no page was read in any run of the last day. Without pages to read nothing is expected.
 */
export async function findCollectionProblems(check: CollectionCheck): Promise<CollectionProblem[]> {
  if (check.pages.length === 0) return [];
  return [...findLostNetworks(check), ...(await findSilence(check)), ...(await findUnread(check))];
}

function findLostNetworks({ networks, pages }: CollectionCheck): CollectionProblem[] {
  return networks.flatMap(({ network, keys, parked }) => {
    const laidAside = (parked?.() ?? []).filter(({ partly }) => !partly);
    const lost = new Set(laidAside.map(({ what }) => what));
    const isWanted = pages.some((page) => page.network === network);
    const isLost = isWanted && keys !== undefined && keys > 0 && lost.size >= keys;
    return isLost ? [{ code: 'keys_parked' as const, network, parked: laidAside }] : [];
  });
}

async function findSilence(check: CollectionCheck): Promise<CollectionProblem[]> {
  const since = await queryLastWorkingRun(check.observations, check.now);
  const firstPage = Math.min(...check.pages.map((page) => page.addedAt.getTime()));
  const from = new Date(Math.max(since?.getTime() ?? 0, firstPage, check.since.getTime()));
  const slots = check.countSlots(from, check.now);
  return slots < slotsBeforeSilent ? [] : [{ code: 'collection_silent', since, slots }];
}

async function findUnread({ observations, networks, now }: CollectionCheck): Promise<CollectionProblem[]> {
  const from = new Date(now.getTime() - dayMilliseconds);
  const problems: CollectionProblem[] = [];
  for (const { network } of networks) {
    const { slots, read, cause } = await queryNetworkLooks(observations, { network, from, to: now });
    if (slots >= slotsBeforeSilent && read === 0)
      problems.push({ code: 'nothing_read', network, slots, cause });
  }
  return problems;
}
