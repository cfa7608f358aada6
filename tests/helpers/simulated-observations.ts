import { dayOf } from '#domain/period.ts';
import type { Observations } from '#schema/observations/connect.ts';
import type { OutcomeRow } from '#schema/observations/tables/outcomes.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import type { OrganisationMirrorRow } from '#schema/observations/tables/register-mirror.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { insertRuns } from '#schema/observations/tables/runs.ts';
import { insertSubscribers } from '#schema/observations/tables/subscribers.ts';
import type { Organisation, Page, World } from '#simulator/index.ts';
import { subscribersShown, valueAt } from '#simulator/world/subscribers.ts';
import { organisationRow, outcomeRow, pageRow, subscribersRow } from './observed-rows.ts';
import type { TelegramMode } from './simulated-posts.ts';
import { postsSeen } from './simulated-posts.ts';

/** How a simulated federation is looked at. */
export interface Watching {
  /** When every page is looked at, oldest first. */
  looks: readonly Date[];
  telegram: TelegramMode;
  historyFrom: string;
  /** When the register was written. */
  registered: Date;
}

/** Outcomes of looks at pages that cannot be read, as the collector names them. */
const failures = {
  private: { outcome: 'closed', state: 'closed' },
  closed: { outcome: 'closed', state: 'closed' },
  banned: { outcome: 'gone', state: 'blocked' },
  taken: { outcome: 'gone', state: 'taken_over' },
} as const satisfies Record<string, Partial<OutcomeRow>>;

/**
 * Whether a channel cannot be found without a key: the name of the register leads nowhere any more, for the channel has
 * another name, or none.
 */
function isNameless(page: Page, look: Date, registered: Date): boolean {
  const [now, then] = [look, registered].map((at) => valueAt(page.screenNames, at.getTime()));
  return now !== then || valueAt(page.states, look.getTime()) === 'private';
}

/** How a look at a page ends when it cannot be read; `null` when it can. */
function failureOf(
  world: World,
  page: Page,
  look: Date,
  { telegram, registered }: Watching,
): Partial<OutcomeRow> | null {
  const state = world.stateOf(page, look.getTime());
  const isKeyless = page.network === 'telegram' && telegram === 'web';
  const isLiving = state === 'ok' || state === 'private';
  if (state === 'deleted' || (isKeyless && isLiving && isNameless(page, look, registered)))
    return { outcome: 'gone', state: page.network === 'vk' ? 'deleted' : 'not_found' };
  if (state !== 'ok') return failures[state];
  return isKeyless && page.channel?.preview === false ? failures.private : null;
}

/** An organisation as a register in CSV tells of it. */
function registeredRow(organisation: Organisation, today: string): OrganisationMirrorRow {
  const { name, short, level, parentId, council, sector, municipality, tier } = organisation;
  const members = organisation.members.findLast(({ on }) => on <= today);
  return organisationRow(organisation.id, {
    ...{ name, short, level, parentId, council, sector, municipality, tier },
    membersOn: members ? [members.on] : [],
    members: members ? [members.count] : [],
  });
}

/**
 * Writes what a collector would have written that looked at every page of a simulated federation at some instants: the
 * register's copy and, of each look, its outcome, the subscribers and the posts. Returns the ids of the pages.
 */
export async function writeSimulation(
  observations: Observations,
  world: World,
  watching: Watching,
): Promise<number[]> {
  const { looks, telegram, historyFrom, registered } = watching;
  const today = dayOf(registered, world.calendar.zone);
  await insertMirroredOrganisations(
    observations,
    world.organisations.map((organisation) => registeredRow(organisation, today)),
  );
  const pages = world.pages.map((page, index) => {
    const isLookedAt = page.network === 'vk' || telegram !== 'not_read';
    const seen = (isLookedAt ? looks : []).map((look) => ({
      look,
      failure: failureOf(world, page, look, watching),
    }));
    const read = seen.filter(({ failure }) => failure === null).map(({ look }) => look);
    // A closed wall, and the card of a channel without preview, tell their subscribers all the same.
    const told = seen.filter(({ look, failure }) => {
      const isTold = page.network === 'vk' || page.channel?.preview === false;
      return (
        !failure || (failure.state === 'closed' && isTold && subscribersShown(page, look.getTime()) !== null)
      );
    });
    return { page, pageId: index + 1, seen, read, told: told.map(({ look }) => look) };
  });
  await insertMirroredPages(
    observations,
    pages.map(({ page, pageId, seen, read }) =>
      pageRow(pageId, page.organisationId, {
        network: page.network,
        nativeId: page.id,
        url: `https://${page.network === 'vk' ? 'vk.com/club' : 't.me/c/'}${page.id}`,
        state: seen.at(-1)?.failure?.state || 'ok',
        historyReached: read.length > 0 ? historyFrom : null,
      }),
    ),
  );
  await insertOutcomes(
    observations,
    pages.flatMap(({ pageId, seen }) =>
      seen.map(({ look, failure }) => outcomeRow(pageId, look, { ...failure, finished: look })),
    ),
  );
  await insertSubscribers(
    observations,
    pages.flatMap(({ page, pageId, told }) =>
      told.map((look) =>
        subscribersRow(pageId, look, subscribersShown(page, look.getTime()), { observed: look }),
      ),
    ),
  );
  await insertPosts(
    observations,
    pages.flatMap(({ page, pageId, read }) => postsSeen(world, page, pageId, read, telegram)),
  );
  const pageIds = pages.map(({ pageId }) => pageId);
  await insertRuns(
    observations,
    looks.map((slot) => ({ slot, kind: 'manual' as const, started: slot, finished: slot, planned: pageIds })),
  );
  return pageIds;
}
