import type { Overview } from '#analytics/overview/types.ts';
import { pagesWithoutKey, type PagesWithoutKey } from '#domain/networks/without-key.ts';
import { addDays, type Day } from '#domain/period.ts';
import type { Person } from '#schema/operations/people.ts';
import { growthTargetKey, readGrowthTarget } from '#register/growth-target.ts';
import { readVersion } from '#schema/operations/row-versions.ts';
import type { EditAddress } from '../edit-address.ts';
import { openContactBook } from './contacts.ts';
import { growthSeries, type GrowthSeries } from './growth-series.ts';
import { overview } from './questions.ts';
import type { Reader } from './reader.ts';
import { shareAnswer } from './reader-answers.ts';
import { recentEdits, type RecentEditRow } from './recent-edits.ts';
import type { DashboardServices } from './services.ts';

/** What the overview shows. */
export interface OverviewScreen {
  view: Overview;
  /** Whom to call about the silent organisations shown, by organisation; `null` for who may not see contacts. */
  calls: Record<number, Pick<Person, 'name' | 'phone'>[]> | null;
  /** What is not well, with what to do about it. */
  reasons: { code: string; detail: string }[];
  /** Pages that are not read because the key of their network is not set. */
  withoutKey: readonly PagesWithoutKey[];
  next: Date | null;
  growthSeries: GrowthSeries;
  /** The first day that a target can be set for. */
  tomorrow: Day;
  /** How the target is edited; `null` for who may not. */
  targetEdits: TargetEdits | null;
}

/** What a form of the growth target is sent with, and what was just done with one. */
export interface TargetEdits {
  version: number | null;
  done: RecentEditRow | null;
  undone: RecentEditRow | null;
}

/** The overview with the newest `posts` posts. */
export async function overviewScreen(
  services: DashboardServices,
  reader: Reader,
  { posts, edits }: { posts: number; edits: EditAddress },
): Promise<OverviewScreen> {
  const { analytics, operations, collection, settings } = services;
  // Before the target itself, so that none is overwritten that is not shown.
  const targetEdits = reader.may('target.edit') ? await readTargetEdits(services, edits) : null;
  const [view, health] = await Promise.all([
    readGrowthTarget(operations).then((target) =>
      shareAnswer(services, 'overview', { posts, target }, () => overview(analytics, { posts, target })),
    ),
    services.health(),
  ]);
  return {
    view,
    calls: reader.may('contacts.read') ? await callsOf(services, view) : null,
    reasons: health.reasons,
    withoutKey: pagesWithoutKey(view.collection.coverage.registered, settings.networksWithoutKey),
    next: collection.next(),
    growthSeries: growthSeries(view.growth),
    tomorrow: addDays(view.today, 1),
    targetEdits,
  };
}

async function readTargetEdits(services: DashboardServices, address: EditAddress): Promise<TargetEdits> {
  const version = await readVersion(services.operations, `setting:${growthTargetKey}`);
  const { done, undone } = await recentEdits(services, address, 0);
  // What was done to the register is told on its own screens.
  const told = (row: RecentEditRow | null): RecentEditRow | null =>
    row?.summary && ['target', 'clear'].includes(row.summary.kind) ? row : null;
  return { version, done: told(done), undone: told(undone) };
}

async function callsOf(
  { operations }: DashboardServices,
  { silent }: Overview,
): Promise<NonNullable<OverviewScreen['calls']>> {
  const book = await openContactBook(operations);
  return Object.fromEntries(
    silent.organisations.map(({ organisation: { id } }) => [
      id,
      book.toCall(id).map(({ name, phone }) => ({ name, phone })),
    ]),
  );
}
