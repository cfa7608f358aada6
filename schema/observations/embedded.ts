import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import type { ClickHouseClient, ClickHouseClientConfigOptions } from '@clickhouse/client';
import { dataDirectoryHolder, DataDirectoryInUse } from '../data-directory.ts';
import { ObservationsUnavailable } from './errors.ts';
import type { Lane } from './pool.ts';
import { runThroughClient } from './client.ts';

type Connection = ClickHouseClientConfigOptions['connection'];

export interface EmbeddedOptions {
  /** The process's data directory; the engine's files go to `clickhouse/` in it, backups to `backups/`. */
  dataDirectory: string;
  memoryLimitMegabytes: number;
  /** How many queries may run at once. */
  lanes: number;
}

/** The engine's server configuration: it takes up to 90 % of the memory and 5 GB of caches when not told otherwise. */
function engineConfiguration(memoryLimitMegabytes: number, backups: string): string {
  const megabyte = 1024 * 1024;
  const settings: Record<string, string | number> = {
    max_server_memory_usage: memoryLimitMegabytes * megabyte,
    mark_cache_size: 32 * megabyte,
    index_mark_cache_size: 8 * megabyte,
    primary_index_cache_size: 32 * megabyte,
    uncompressed_cache_size: 0,
    index_uncompressed_cache_size: 0,
    query_condition_cache_size: 8 * megabyte,
    mmap_cache_size: 0,
    text_index_dictionary_block_cache_size: 8 * megabyte,
    text_index_tokens_cache_size: 8 * megabyte,
    text_index_header_cache_size: 8 * megabyte,
    text_index_postings_cache_size: 8 * megabyte,
    compiled_expression_cache_size: 8 * megabyte,
    // Rows that stand under a wrong publication go at once: by default such work is begun one to three seconds later.
    background_processing_pool_thread_sleep_seconds: 0.02,
    background_processing_pool_thread_sleep_seconds_random_part: 0.02,
    background_processing_pool_thread_sleep_seconds_if_nothing_to_do: 0.02,
    background_processing_pool_task_sleep_seconds_when_no_work_min: 0.05,
    background_processing_pool_task_sleep_seconds_when_no_work_random_part: 0.05,
  };
  const lines = Object.entries(settings).map(([name, value]) => `  <${name}>${value}</${name}>`);
  const path = backups.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<clickhouse>\n${lines.join('\n')}\n  <backups><allowed_path>${path}</allowed_path></backups>\n</clickhouse>\n`;
}

/** A question asked so often is worth the machine code that the engine makes of it. */
const worthCompiling = 100;

/** What every connection begins with. */
const connectionSettings = [
  // Else a time without a zone is taken for the machine's.
  "session_timezone = 'UTC'",
  // By default the third time: in a process that ends soon, a third of the time of all its questions goes into compiling.
  ...['expression', 'aggregate_expression', 'regular_expression', 'sort_description'].map(
    (what) => `min_count_to_compile_${what} = ${worthCompiling}`,
  ),
];

/**
 * Opens the engine inside this process. Main thread only: it does not survive the end of a worker thread. Loaded
 * here and not by a static import, since builders load modules in threads. The first session carries the
 * configuration, which later connections to the same path share, and is closed last.
 * Rejects with `DataDirectoryInUse` when another process has the directory, else `ObservationsUnavailable`.
 */
export async function openEmbedded(
  options: EmbeddedOptions,
): Promise<{ lanes: Lane[]; close(): Promise<void> }> {
  if (!isMainThread) {
    throw new ObservationsUnavailable(
      { ru: 'встроенная', en: 'the embedded engine' },
      'it was to be opened in a worker thread, whose end would take the whole process down',
      { ru: 'Откройте её в главном потоке.', en: 'Open it in the main thread.' },
    );
  }
  const directory = resolve(options.dataDirectory);
  const path = join(directory, 'clickhouse');
  const backups = join(directory, 'backups');
  const configuration = join(directory, 'clickhouse.xml');
  mkdirSync(backups, { recursive: true });
  writeFileSync(configuration, engineConfiguration(options.memoryLimitMegabytes, backups));
  const { Session, drainPending } = await import('chdb');
  const { createChdbConnection } = await import('chdb/connection');
  const { createClient } = await import('@clickhouse/client');
  const open = async (): Promise<ClickHouseClient> => {
    // The two packages carry each a copy of the same types, whose private parts differ in name only.
    const client = createClient({ connection: createChdbConnection({ path }) as unknown as Connection });
    await runThroughClient(client, { sql: `SET ${connectionSettings.join(', ')}` });
    return client;
  };
  let first: InstanceType<typeof Session> | null = null;
  try {
    const session = new Session(path, { connectionArgs: [`--config-file=${configuration}`] });
    first = session;
    const lanes: Lane[] = [];
    while (lanes.length < options.lanes) lanes.push(embeddedLane(await open(), open));
    return {
      lanes,
      close: async () => {
        await drainPending();
        session.close();
      },
    };
  } catch (error) {
    first?.close();
    const holder = dataDirectoryHolder(directory);
    if (holder && holder.pid !== process.pid) throw new DataDirectoryInUse(directory, holder, null);
    throw new ObservationsUnavailable(
      { ru: `встроенная, в ${path}`, en: `the embedded engine in ${path}` },
      error instanceof Error ? error.message : String(error),
      {
        ru: 'Выше — что вывела сама база. Чаще всего папку держит открытой другой процесс: завершите его или укажите в DATA_DIR другую папку.',
        en: 'See above what the engine wrote. Most often another process has the directory open: end it, or give this one a DATA_DIR of its own.',
      },
      { cause: error },
    );
  }
}

/**
 * One connection of the engine. After a failed query the connection is replaced: what the query had already
 * written of its answer would stand before the answer of the next.
 */
function embeddedLane(opened: ClickHouseClient, open: () => Promise<ClickHouseClient>): Lane {
  let client: ClickHouseClient | null = opened;
  return {
    run: async (statement) => {
      client ??= await open();
      try {
        return await runThroughClient(client, statement);
      } catch (error) {
        const spoilt = client;
        client = null;
        await spoilt.close();
        throw error;
      }
    },
    close: async () => {
      await client?.close();
    },
  };
}
