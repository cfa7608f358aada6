import type { ClickHouseClient } from '@clickhouse/client';
import type { Lane } from './pool.ts';
import { runThroughClient } from './client.ts';
import { asIs } from '../../domain/said.ts';
import { ObservationsUnavailable } from './errors.ts';

const wantedAddress = {
  ru: 'Нужен адрес вида http://имя:пароль@сервер:8123.',
  en: 'Give one like http://user:password@host:8123.',
};

export interface ServedOptions {
  url: string;
  /** How many queries may run at once. */
  lanes: number;
  /** How long the database may work on one question. */
  seconds: number;
}

/** The address without name and password, for messages. */
export function withoutCredentials(url: string): string {
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}

/**
 * Connects to a ClickHouse server over HTTP(S); nothing is sent yet. Throws `ObservationsUnavailable` when the
 * address is none.
 */
export async function openServed(options: ServedOptions): Promise<{ lanes: Lane[]; close(): Promise<void> }> {
  if (!URL.canParse(options.url) || !/^https?:$/.test(new URL(options.url).protocol)) {
    throw new ObservationsUnavailable(
      asIs('CLICKHOUSE_URL'),
      { ru: 'её значение — не адрес', en: 'its value is not an address' },
      wantedAddress,
    );
  }
  // The server keeps the answer until it is whole, so that an error comes as an error and not in mid-answer.
  const url = new URL(options.url);
  url.searchParams.set('ch_wait_end_of_query', '1');
  url.searchParams.set('ch_session_timezone', 'UTC');
  const { ClickHouseLogLevel, createClient } = await import('@clickhouse/client');
  let client: ClickHouseClient;
  try {
    client = createClient({
      url,
      application: 'profpulse',
      // What fails is rejected to the caller, who knows what to say of it.
      log: { level: ClickHouseLogLevel.OFF },
      max_open_connections: options.lanes,
      request_timeout: (options.seconds + 30) * 1000,
      compression: { request: true, response: true },
    });
  } catch (error) {
    throw new ObservationsUnavailable(
      asIs('CLICKHOUSE_URL'),
      error instanceof Error ? error.message : String(error),
      wantedAddress,
      { cause: error },
    );
  }
  const lane: Lane = {
    run: (sql, parameters, lines) => runThroughClient(client, sql, parameters, lines),
    close: async () => undefined,
  };
  return { lanes: Array.from({ length: options.lanes }, () => ({ ...lane })), close: () => client.close() };
}
