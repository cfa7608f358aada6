import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pino from 'pino';
import { refreshRollups, verifyRollups } from '../../analytics/rollups.ts';
import { runCollection } from '../../collector/run.ts';
import { measuredNetworks } from '../../domain/vocabulary.ts';
import { connectObservations } from '../../schema/observations/connect.ts';
import { connectOperations } from '../../schema/operations/connect.ts';
import { insertOrganisation } from '../../schema/operations/organisations.ts';
import { insertPage, listPages } from '../../schema/operations/pages.ts';
import { setClock } from './collector-clocks.ts';
import type { OddNetworkOf, Wall } from './odd-walls.ts';
import { live, seededRandom, wallOf } from './odd-walls.ts';

const log = pino({ level: 'silent' });
const hour = 3_600_000;
const begin = new Date('2026-02-01T03:00:00Z');
const historyFrom = '2024-01-01';

/** What a story ended with, as far as it differs from the truth; and what the ledger said on the way. */
export interface StoryEnd {
  differences: string[];
  outcomes: Record<string, number>;
}

export interface Story {
  seed: number;
  walls: number;
  /** Looks while answers may be odd. */
  looks: number;
  /** The share of looks at a wall that are answered oddly. */
  odd: number;
}

/**
 * Collects walls that live on, with odd answers now and then, then for three weeks with good ones, and compares what is
 * stored with what is there: posts and their dates, deletions, how far the past is known, and the rollups.
 */
export async function playStory(networkOf: OddNetworkOf, story: Story): Promise<StoryEnd> {
  const random = seededRandom(story.seed);
  const clock = setClock(begin);
  const sizes = [3, 15, 40, 120, 250, 430];
  const walls = Array.from({ length: story.walls }, (_, index) =>
    wallOf(1000 + index, sizes[index % sizes.length] ?? 20, begin, random, index % 3 === 0 ? 1 : 5),
  );
  const directory = await mkdtemp(path.join(tmpdir(), 'profpulse-odd-'));
  const observations = await connectObservations({ dataDirectory: directory, database: 'profpulse', log });
  await observations.migrate();
  const operations = await connectOperations({ dataDirectory: directory, log });
  await operations.migrate();
  const network = await networkOf(walls, clock);
  try {
    const organisation = await insertOrganisation(
      operations,
      {
        parentId: null,
        council: '',
        name: 'Областная организация',
        short: '',
        level: 'branch',
        sector: '',
        municipality: '',
        tier: 'active',
        started: null,
        league: '',
      },
      begin,
    );
    for (const { id, name } of walls) {
      const kind = network.source.network;
      const link = kind === 'vk' ? `https://vk.com/club${id}` : `https://t.me/${name}`;
      const known = { nativeId: id, name: kind === 'vk' ? null : name, link };
      await insertPage(operations, { organisationId: organisation.id, network: kind, ...known }, begin);
    }
    const settings = { zone: 'Asia/Irkutsk', historyFrom };
    const context = { sources: [network.source], observations, operations, clock, settings, log };
    const analytics = { observations, clock, zone: settings.zone, historyFrom };
    const outcomes: Record<string, number> = {};
    const collect = async () => {
      const { outcomes: seen, changed } = await runCollection(context, {
        slot: clock.now(),
        kind: 'manual',
        pages: 'all',
      });
      for (const [name, count] of Object.entries(seen)) outcomes[name] = (outcomes[name] ?? 0) + count;
      await refreshRollups(analytics, changed);
    };
    const pass = (hours: number) => clock.set(new Date(clock.now().getTime() + hours * hour));
    for (let look = 0; look < story.looks; look += 1) {
      for (const wall of walls) {
        live(wall, clock.now(), random);
        if (random() >= story.odd) continue;
        const oddity = network.oddities[Math.floor(random() * network.oddities.length)] ?? '';
        network.arm(wall, oddity, 1 + Math.floor(random() * 3));
      }
      await collect();
      pass(1 + Math.floor(random() * 12));
    }
    network.disarm();
    for (const hours of [1, 7, 7, 7, 24 * 8, 7, 24 * 8, 7]) {
      pass(hours);
      for (const wall of walls) live(wall, clock.now(), random);
      await collect();
    }
    const differences = [
      ...(await compare(walls)),
      ...(await verifyRollups(analytics)).map((each) => `rollup ${JSON.stringify(each)}`),
    ];
    return { differences, outcomes };
  } finally {
    await network.close();
    await operations.close();
    await observations.close();
    await rm(directory, { recursive: true, force: true });
  }

  async function compare(truth: readonly Wall[]): Promise<string[]> {
    const differences: string[] = [];
    const pages = (
      await Promise.all(measuredNetworks.map((kind) => listPages(operations, { network: kind })))
    ).flat();
    const rows = await observations.rows<{
      page: number;
      id: number;
      published: string;
      deleted: string | null;
    }>(`SELECT page_id AS page, post_id AS id, published, deleted FROM ${observations.tables.posts} FINAL`);
    for (const wall of truth) {
      const page = pages.find(({ nativeId }) => nativeId === wall.id);
      const stored = rows.filter((row) => row.page === page?.id);
      const byId = new Map(stored.map((row) => [row.id, row]));
      const say = (what: string) => differences.push(`${wall.name} (${wall.posts.length}): ${what}`);
      if (stored.length !== byId.size) say(`${stored.length - byId.size} posts are stored twice`);
      const missing = wall.posts.filter(({ id }) => !byId.has(id));
      if (missing.length > 0) say(`${missing.length} are not collected`);
      const deleted = wall.posts.filter(({ id }) => byId.get(id)?.deleted);
      if (deleted.length > 0) say(`${deleted.length} are taken for deleted`);
      const misdated = wall.posts.filter(({ id, published }) => {
        const row = byId.get(id);
        return row && new Date(row.published).getTime() !== published.getTime();
      });
      if (misdated.length > 0) say(`${misdated.length} have a wrong date`);
      const there = wall.gone.filter(({ id }) => byId.has(id) && !byId.get(id)?.deleted);
      if (there.length > 0) say(`${there.length} are gone and not taken for deleted`);
      if (page?.historyReached !== historyFrom) say(`the past is known from ${String(page?.historyReached)}`);
      if (page?.lastOutcome !== 'ok') say(`the last outcome is ${String(page?.lastOutcome)}`);
    }
    return differences;
  }
}
