import type { Overview } from '#analytics/overview/types.ts';
import { pagesWithoutKey, type PagesWithoutKey } from '#domain/networks/without-key.ts';
import { addDays, type Day } from '#domain/period.ts';
import type { Person } from '#schema/operations/people.ts';
import { growthTargetKey, readGrowthTarget } from '#register/growth-target.ts';
import { readVersion } from '#schema/operations/row-versions.ts';
import type { Locale } from '#wording/locale.ts';
import { readEditAddress, type EditAddress } from '../edit-address.ts';
import { wholeNumber } from '../search-parameters.ts';
import { withCauseText } from './causes.ts';
import { openContactBook } from './contacts.ts';
import { growthSeries, type GrowthSeries } from './growth-series.ts';
import { refuseWrongDays } from './periods.ts';
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
  /** Whether the reader sees who is not updated: else they are counted, and not named. */
  maySeeSilent: boolean;
  /** The reader sees a part of the organisations: all that is shown is of these. */
  isPart: boolean;
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
  const within = reader.reach('numbers.read');
  // Before the target itself, so that none is overwritten that is not shown.
  const targetEdits = reader.may('target.edit') ? await readTargetEdits(services, reader, edits) : null;
  const [view, health] = await Promise.all([
    readGrowthTarget(operations).then((target) => {
      const asked = { posts, target, within };
      return shareAnswer(services, 'overview', asked, () => overview(analytics, asked));
    }),
    services.health(),
  ]);
  return {
    view: reader.may('silent.read') ? view : withoutSilent(view),
    calls: reader.may('contacts.read') ? await callsOf(services, reader, view) : null,
    maySeeSilent: reader.may('silent.read'),
    isPart: within !== null,
    // Whoever sees a part of the organisations can do nothing about the program, and it names others.
    reasons: within ? [] : health.reasons,
    withoutKey: pagesWithoutKey(view.collection.coverage.registered, settings.networksWithoutKey),
    next: collection.next(),
    growthSeries: growthSeries(view.growth),
    tomorrow: addDays(view.today, 1),
    targetEdits,
  };
}

/** How many of the newest posts are listed at first, and at most. */
const [newest, most] = [8, 200];

/** The overview as its address asks for it, with the causes of what was not read in words. */
export async function overviewAt(
  services: DashboardServices,
  reader: Reader,
  { url, locale }: { url: URL; locale: Locale },
) {
  refuseWrongDays(url);
  const posts = Math.min(wholeNumber(1).read(url.searchParams.get('posts')) ?? newest, most);
  const screen = await overviewScreen(services, reader, { posts, edits: readEditAddress(url.searchParams) });
  const view = withCauseText(screen.view, locale);
  return { ...screen, view, posts, morePosts: Math.min(posts + 24, most) };
}

async function readTargetEdits(
  services: DashboardServices,
  reader: Reader,
  address: EditAddress,
): Promise<TargetEdits> {
  const version = await readVersion(services.operations, `setting:${growthTargetKey}`);
  const { done, undone } = await recentEdits(services, reader, address, 0);
  // What was done to the register is told on its own screens.
  const told = (row: RecentEditRow | null): RecentEditRow | null =>
    row?.summary && ['target', 'clear'].includes(row.summary.kind) ? row : null;
  return { version, done: told(done), undone: told(undone) };
}

/** How many are not updated, without who. */
const withoutSilent = (view: Overview): Overview => ({
  ...view,
  silent: { ...view.silent, organisations: [] },
});

async function callsOf(
  { operations }: DashboardServices,
  reader: Reader,
  { silent }: Overview,
): Promise<NonNullable<OverviewScreen['calls']>> {
  const book = await openContactBook(operations, reader.reach('contacts.read'));
  return Object.fromEntries(
    silent.organisations.map(({ organisation: { id } }) => [
      id,
      book.toCall(id).map(({ name, phone }) => ({ name, phone })),
    ]),
  );
}
