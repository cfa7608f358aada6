import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { slotsBetween } from '../collector/missed-slots.ts';
import type { Health } from '../dashboard/src/lib/server/services.ts';
import { heldDirectoryFault } from '../schema/data-directory.ts';
import { getSetting } from '../schema/operations/settings.ts';
import { listPages, type Page } from '../schema/operations/pages.ts';
import type { Services } from './services.ts';

type Reason = Health['reasons'][number];

const networkNames = { vk: 'VK', telegram: 'Telegram' } as const;

/** Planned slots that may pass without a run before collection counts as silent. */
const slotsBeforeSilent = 3;

/** How long a store may take to answer a check. */
const patience = 5_000;

/** Whether the data are there and both stores answer: the process can serve. Never rejects, and answers in bounded time. */
export async function readiness(services: Services): Promise<Health> {
  return healthOf(await storeReasons(services));
}

/**
 * Whether all is well. Beside the stores: a network is lost when all of its keys or accounts are laid aside; collection is silent when three planned slots have passed since the last run
 * that looked at anything (or had nothing to look at), and a network is useless when none of its pages was read in any
 * run of the last day.
 * Without networks to read, or pages to read, nothing is expected. `since`: when this process, or another, began.
 * Never rejects: a check that cannot be made is a reason itself.
 */
export async function wellness(services: Services, since: Date): Promise<Health> {
  const reasons = await storeReasons(services);
  if (reasons.length > 0) return healthOf(reasons);
  return healthOf(await attempt('check_failed', async () => await collectionReasons(services, since)));
}

async function collectionReasons(services: Services, since: Date): Promise<Reason[]> {
  const networks = new Set<string>(services.sources.map((source) => source.network));
  const pages = (await listPages(services.operations)).filter((page) => networks.has(page.network));
  if (pages.length === 0) return [];
  return [
    ...nothingToReadBy(services, pages),
    ...(await silence(services, since, pages)),
    ...(await nothingRead(services, pages)),
  ];
}

/** The reasons that a check gives; where it fails, or has not ended in time, that is the reason. */
async function attempt(code: string, check: () => Promise<Reason[]>): Promise<Reason[]> {
  const over = new AbortController();
  try {
    return await Promise.race([
      check(),
      delay(patience, undefined, { signal: over.signal }).then(() => {
        throw new Error(`no answer within ${patience / 1000} seconds`);
      }),
    ]);
  } catch (error) {
    return [{ code, detail: error instanceof Error ? error.message : String(error) }];
  } finally {
    over.abort();
  }
}

function healthOf(reasons: Reason[]): Health {
  return { ok: reasons.length === 0, reasons };
}

async function storeReasons(services: Services): Promise<Reason[]> {
  const { observations, operations } = services;
  const lost = await attempt('data_gone', () => Promise.resolve(dataReasons(services)));
  // What an engine says of files that are gone is of no use beside that.
  if (lost.length > 0) return lost;
  const reasons = await Promise.all([
    attempt('observations_unavailable', async () => {
      await observations.rows('SELECT 1');
      return [];
    }),
    attempt('operations_unavailable', async () => {
      await getSetting(operations, 'health');
      return [];
    }),
  ]);
  return reasons.flat();
}

/** Both engines go on for a while with files that are gone: nothing of what they write then is found again. */
function dataReasons({ observations, operations, settings }: Services): Reason[] {
  const directory = resolve(settings.DATA_DIR);
  const restore = 'Stop ProfPulse, put the data back from a backup, and start it again.';
  const fault = heldDirectoryFault(directory);
  if (fault === 'gone')
    return [{ code: 'data_gone', detail: `The data directory ${directory} is gone. ${restore}` }];
  if (fault === 'replaced') {
    const detail = `Another directory stands in the place of the data directory ${directory}. Stop ProfPulse and start it again.`;
    return [{ code: 'data_gone', detail }];
  }
  const files = [
    ...(observations.embedded ? ['clickhouse'] : []),
    ...(operations.dialect === 'sqlite' ? ['operations.sqlite'] : []),
  ];
  return files
    .map((name) => join(directory, name))
    .filter((path) => !existsSync(path))
    .map((path) => ({ code: 'data_gone', detail: `${path} is gone. ${restore}` }));
}

/** Networks that have pages, and not one key or account that is not laid aside. */
function nothingToReadBy({ sources }: Services, pages: readonly Page[]): Reason[] {
  return sources.flatMap(({ network, keys, parked }) => {
    const laidAside = (parked?.() ?? []).filter(({ partly }) => !partly);
    const lost = new Set(laidAside.map(({ what }) => what));
    const isRead = pages.some((page) => page.network === network);
    if (!isRead || keys === undefined || keys === 0 || lost.size < keys) return [];
    const each = laidAside.map(
      ({ what, cause, until }) =>
        `${what}: ${cause}${until === null ? '' : `; tried again at ${until.toISOString()}`}`,
    );
    return [
      {
        code: 'keys_parked',
        detail: `Nothing of ${networkNames[network]} can be read, as all it is read by is laid aside. ${each.join('. ')}.`,
      },
    ];
  });
}

async function silence(services: Services, since: Date, pages: readonly Page[]): Promise<Reason[]> {
  const { observations, clock, settings } = services;
  const [row] = await observations.rows<{ last: string | null }>(`
    SELECT maxOrNull(finished) AS last
    FROM ${observations.tables.runs} FINAL
    WHERE finished IS NOT NULL
      AND (empty(planned) OR slot IN (SELECT slot FROM ${observations.tables.outcomes} WHERE outcome != 'missed'))`);
  const firstPage = Math.min(...pages.map((page) => page.addedAt.getTime()));
  const last = row?.last ? new Date(row.last).getTime() : 0;
  const from = new Date(Math.max(last, firstPage, since.getTime()));
  const slots = slotsBetween(settings.COLLECT_CRON, settings.TIMEZONE, from, clock.now());
  if (slots.length < slotsBeforeSilent) return [];
  const when = row?.last ? `since ${row.last}` : 'at all';
  return [
    {
      code: 'collection_silent',
      detail: `No collection has finished ${when}: ${slots.length} planned slots passed. Look into the log, and run "npm run profpulse -- doctor".`,
    },
  ];
}

async function nothingRead(
  { observations, clock, sources }: Services,
  pages: readonly Page[],
): Promise<Reason[]> {
  const day = new Date(clock.now().getTime() - 24 * 3_600_000);
  const reasons: Reason[] = [];
  for (const { network } of sources) {
    const ids = pages.flatMap((page) => (page.network === network ? [page.id] : []));
    const [row] = await observations.rows<{ slots: number; read: number; cause: string }>(
      `
      SELECT
        toUInt32(uniqExact(slot)) AS slots,
        toUInt32(countIf(outcome IN ('ok', 'empty', 'closed', 'gone'))) AS read,
        anyLast(cause) AS cause
      FROM ${observations.tables.outcomes} FINAL
      WHERE finished > {day: DateTime64(3, 'UTC')} AND page_id IN {ids: Array(UInt32)}`,
      { day, ids },
    );
    if (!row || row.slots < slotsBeforeSilent || row.read > 0) continue;
    reasons.push({
      code: 'nothing_read',
      detail: `No page of ${networkNames[network]} could be read in ${row.slots} runs of the last 24 hours; one cause: ${row.cause}.`,
    });
  }
  return reasons;
}
