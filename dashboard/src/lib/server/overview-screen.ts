import type { Overview } from '../../../../analytics/overview/types.ts';
import { addDays, type Day } from '../../../../domain/period.ts';
import type { Person } from '../../../../schema/operations/people.ts';
import { openContactBook } from './contacts.ts';
import { growthSeries, type GrowthSeries } from './growth-series.ts';
import { pagesWithoutKey } from './missing-key.ts';
import { readGrowthTarget } from './growth-target.ts';
import { overview } from './questions.ts';
import { shareAnswer } from './reader-answers.ts';
import type { DashboardServices } from './services.ts';

/** What the overview shows. */
export interface OverviewScreen {
  view: Overview;
  /** Whom to call about the silent organisations shown, by organisation; `null` while everybody may read. */
  calls: Record<number, Pick<Person, 'name' | 'phone'>[]> | null;
  /** What is not well, with what to do about it. */
  reasons: { code: string; detail: string }[];
  /** Pages that are not read because the key of their network is not set. */
  withoutKey: number;
  next: Date | null;
  growthSeries: GrowthSeries;
  /** The first day that a target can be set for. */
  tomorrow: Day;
  canChange: boolean;
}

/** The overview with the newest `posts` posts. */
export async function overviewScreen(services: DashboardServices, posts: number): Promise<OverviewScreen> {
  const { analytics, operations, collection, settings } = services;
  const [view, health] = await Promise.all([
    readGrowthTarget(operations).then((target) =>
      shareAnswer(services, 'overview', { posts, target }, () => overview(analytics, { posts, target })),
    ),
    services.health(),
  ]);
  return {
    view,
    calls: settings.publicDashboard ? null : await callsOf(services, view),
    reasons: health.reasons,
    withoutKey: pagesWithoutKey(view.collection.coverage, settings),
    next: collection.next(),
    growthSeries: growthSeries(view.growth),
    tomorrow: addDays(view.today, 1),
    canChange: !settings.publicDashboard,
  };
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
