import { rm } from 'node:fs/promises';
import pino from 'pino';
import type { AnalyticsSources } from '#analytics/sources.ts';
import type { CollectionContext, RunSummary } from '#collector/context.ts';
import { runCollection } from '#collector/run.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { connectObservations } from '#schema/observations/connect.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { connectOperations } from '#schema/operations/connect.ts';
import { insertOrganisation } from '#schema/operations/organisations.ts';
import type { Page } from '#schema/operations/pages.ts';
import { insertPage, listPages } from '#schema/operations/pages.ts';
import type { SetClock } from './collector-clocks.ts';
import { setClock } from './collector-clocks.ts';
import type { OddNetwork, OddNetworkOf, Wall } from './odd-walls.ts';
import { makeDataDirectory } from './prepared-stores.ts';

const log = pino({ level: 'silent' });

/** A post as it is stored. */
export interface StoredPost {
  page: number;
  id: number;
  published: string;
  deleted: string | null;
  last_deleted: string | null;
  returned: string | null;
}

/** Both stores in a directory of their own, and the collector set up to read walls of one network. */
export interface OddStack {
  network: OddNetwork;
  clock: SetClock;
  observations: Observations;
  operations: Operations;
  analytics: AnalyticsSources;
  context: CollectionContext;
  /** Lets so many hours pass, then looks at all pages. */
  collect(hours?: number): Promise<RunSummary>;
  /** The registered page of a wall. */
  page(wall: Wall): Promise<Page>;
  /** Posts stored of a wall, of all when left out. */
  posts(wall?: Wall): Promise<StoredPost[]>;
  close(): Promise<void>;
}

/** Opens a test stack around walls, all of which are registered by their ids. */
export async function openOddStack(
  networkOf: OddNetworkOf,
  walls: readonly Wall[],
  { at, historyFrom }: { at: Date; historyFrom: string },
): Promise<OddStack> {
  const clock = setClock(at);
  const directory = await makeDataDirectory('odd');
  const observations = await connectObservations({ dataDirectory: directory, database: 'profpulse', log });
  await observations.migrate();
  const operations = await connectOperations({ dataDirectory: directory, log });
  await operations.migrate();
  const network = await networkOf(walls, clock);
  const organisation = {
    ...{ parentId: null, council: '', name: 'Областная организация', short: '', level: 'branch' as const },
    ...{ sector: '', municipality: '', tier: 'active' as const, started: null, league: '' },
  };
  const { id: organisationId } = await insertOrganisation(operations, organisation, at);
  const kind = network.source.network;
  for (const { id, name } of walls) {
    const link = kind === 'vk' ? `https://vk.com/club${id}` : `https://t.me/${name}`;
    const page = { organisationId, network: kind, nativeId: id, name: kind === 'vk' ? null : name, link };
    await insertPage(operations, page, at);
  }
  const settings = { zone: 'Asia/Irkutsk', historyFrom };
  const context = { sources: [network.source], observations, operations, clock, settings, log };
  const page = async (wall: Wall) => {
    const found = (await listPages(operations, { network: kind })).find(
      ({ nativeId }) => nativeId === wall.id,
    );
    if (!found) throw new Error(`The wall ${wall.id} is not registered.`);
    return found;
  };
  return {
    network,
    clock,
    observations,
    operations,
    analytics: { observations, clock, zone: settings.zone, historyFrom },
    context,
    collect: async (hours = 0) => {
      clock.set(new Date(clock.now().getTime() + hours * 3_600_000));
      return await runCollection(context, { slot: clock.now(), kind: 'manual', pages: 'all' });
    },
    page,
    posts: async (wall) => {
      const id = wall ? (await page(wall)).id : null;
      const rows = await observations.rows<StoredPost>(
        `SELECT page_id AS page, post_id AS id, published, deleted, last_deleted, returned
         FROM ${observations.tables.posts} FINAL ORDER BY page_id, post_id`,
      );
      return rows.filter((row) => id === null || row.page === id);
    },
    close: async () => {
      await network.close();
      await operations.close();
      await observations.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
