import { rm } from 'node:fs/promises';
import pino from 'pino';
import type { CollectionContext, CollectionRequest, RunSummary } from '#collector/context.ts';
import { runCollection } from '#collector/run.ts';
import { createVkSource } from '#collector/sources/vk/source.ts';
import { systemClock } from '#domain/clock.ts';
import { parsePageLink } from '#domain/page-link.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { connectObservations } from '#schema/observations/connect.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { connectOperations } from '#schema/operations/connect.ts';
import { insertOrganisation } from '#schema/operations/organisations.ts';
import type { Page } from '#schema/operations/pages.ts';
import { insertPage, listPages } from '#schema/operations/pages.ts';
import type { Simulation, TokenSettings, VkServer } from '#simulator/index.ts';
import { createSimulation, SimulatorClock } from '#simulator/index.ts';
import { hastyTimer } from './collector-clocks.ts';
import { makeDataDirectory } from './prepared-stores.ts';

const log = pino({ level: 'silent' });

/** A key without VK's pace, so that tests do not wait for it. */
export const swiftKey: TokenSettings = {
  token: 'swift-service-key',
  kind: 'service',
  requestsPerSecond: 1000,
};

/** Both stores in a directory of their own, and the collector set up to read a simulation. */
export interface TestStack {
  directory: string;
  simulation: Simulation;
  server: VkServer;
  observations: Observations;
  operations: Operations;
  context: CollectionContext;
  /** Registers pages of one organisation by their links. */
  register(...links: string[]): Promise<void>;
  /** Collects; all pages now, unless said otherwise. */
  collect(request?: Partial<CollectionRequest>): Promise<RunSummary>;
  /** The registered page of a native id. */
  page(nativeId: number): Promise<Page>;
  /** Rows of a question; tables by `{posts}` and the like. */
  rows<Row>(sql: string): Promise<Row[]>;
  /** Closes everything and leaves the directory, for another process. */
  leave(): Promise<void>;
  /** Closes everything and removes the directory. */
  close(): Promise<void>;
}

export interface TestStackOptions {
  tokens?: readonly TokenSettings[];
  historyFrom?: string;
  /** An existing directory, to go on with what another process left. */
  directory?: string;
}

/** Opens a test stack around a simulation. */
export async function openTestStack(
  simulation: Simulation,
  options: TestStackOptions = {},
): Promise<TestStack> {
  const directory = options.directory ?? (await makeDataDirectory('collector'));
  const tokens = options.tokens ?? [swiftKey];
  const server = await simulation.serveVk({ tokens });
  const observations = await connectObservations({ dataDirectory: directory, database: 'profpulse', log });
  await observations.migrate();
  const operations = await connectOperations({ dataDirectory: directory, log });
  await operations.migrate();
  const { clock } = simulation;
  const source = createVkSource({
    tokens: tokens.map(({ token }) => token),
    url: server.url,
    requestsPerSecond: 500,
    dailyQuota: 5000,
    clock,
    timer: hastyTimer(50),
    // A second and a half: a busy machine must not look like a network that hangs.
    deadline: 75_000,
    log,
  });
  const context: CollectionContext = {
    sources: [source],
    observations,
    operations,
    clock,
    settings: { zone: 'Asia/Irkutsk', historyFrom: options.historyFrom ?? '2025-01-01' },
    log,
  };
  const tables = (sql: string) =>
    sql.replace(/\{(\w+)\}/g, (_, name: keyof Observations['tables']) => observations.tables[name]);
  const leave = async () => {
    await server.close();
    await operations.close();
    await observations.close();
  };
  return {
    directory,
    simulation,
    server,
    observations,
    operations,
    context,
    register: async (...links) => await register(operations, links),
    collect: async (request = {}) =>
      await runCollection(context, { slot: clock.now(), kind: 'manual', pages: 'all', ...request }),
    page: async (nativeId) => {
      const page = (await listPages(operations)).find((each) => each.nativeId === nativeId);
      if (!page) throw new Error(`No page ${nativeId}.`);
      return page;
    },
    rows: async (sql) => await observations.rows(tables(sql)),
    leave,
    close: async () => {
      await leave();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function register(operations: Operations, links: readonly string[]): Promise<void> {
  const now = systemClock.now();
  const organisation = await insertOrganisation(
    operations,
    {
      parentId: null,
      council: '',
      name: 'Областная организация',
      short: 'Область',
      level: 'branch',
      sector: '',
      municipality: '',
      tier: 'active',
      started: null,
      league: '',
    },
    now,
  );
  for (const text of links) {
    const { network, nativeId, name, url } = parsePageLink(text);
    await insertPage(
      operations,
      { organisationId: organisation.id, network, nativeId, name, link: url },
      now,
    );
  }
}

/** When the small world is looked at. */
export const smallWorldAt = new Date('2026-02-10T04:00:00Z');

/** A test stack around a small world whose clock stands still; all of its pages are registered. */
export async function openSmallStack(tokens: readonly TokenSettings[] = [swiftKey]) {
  const clock = new SimulatorClock({ at: smallWorldAt, speed: 0 });
  const size = { organisations: 12, historyWeeks: 6 };
  const simulation = createSimulation({ seed: 5, anchor: smallWorldAt, clock, size });
  const stack = await openTestStack(simulation, { tokens, historyFrom: '2025-12-01' });
  const pages = simulation.world.pages;
  await stack.register(...pages.map(({ id }) => `https://vk.com/club${id}`));
  const readable = pages.filter((page) => simulation.world.stateOf(page, smallWorldAt.getTime()) === 'ok');
  const [first] = readable;
  if (!first) throw new Error('No page can be read in this world.');
  return { stack, clock, simulation, pages, readable, first };
}
