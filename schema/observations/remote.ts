import type { ClickHouseClient } from '@clickhouse/client';
import type { Clock } from '#domain/clock.ts';
import { asIs, type Said } from '#domain/said.ts';
import { runThroughClient } from './client.ts';
import { ObservationsUnavailable } from './errors.ts';
import { Liveness, type Patience } from './liveness.ts';
import type { Connection, Statement } from './pool.ts';

const wantedAddress = {
  ru: 'Нужен адрес вида http://имя:пароль@сервер:8123.',
  en: 'Give one like http://user:password@host:8123.',
};

export interface RemoteOptions {
  url: string;
  /** How many queries may run at once. */
  connections: number;
  /** How long the database may work on one question. */
  seconds: number;
  patience: Patience;
  clock: Clock;
}

/** A connected server. */
export interface Remote {
  connections: Connection[];
  /** Since when it is known not to answer; `null` while it does. */
  awaySince(): Date | null;
  close(): Promise<void>;
}

/** The address without name and password, for messages. */
export function withoutCredentials(url: string): string {
  const parsed = new URL(url);
  parsed.username = '';
  parsed.password = '';
  return parsed.href;
}

const reasons: Readonly<Record<string, Said>> = {
  TimeoutError: { ru: 'нет ответа', en: 'no answer' },
  ECONNREFUSED: { ru: 'сервер не принимает соединений', en: 'the server takes no connections' },
  ECONNRESET: { ru: 'соединение обрывается', en: 'the connection breaks' },
  UND_ERR_SOCKET: { ru: 'соединение обрывается', en: 'the connection breaks' },
  ENOTFOUND: { ru: 'имя сервера не найдено', en: 'the name of the server is not found' },
  EAI_AGAIN: { ru: 'имя сервера не найдено', en: 'the name of the server is not found' },
};

/** What came instead of an answer, without addresses: readers see it. The innermost cause says it. */
function reasonOf(error: unknown): Said {
  const { cause, message, code, name } = error as { cause?: unknown; code?: unknown } & Error;
  if (cause !== undefined) return reasonOf(cause);
  return reasons[name] ?? reasons[String(code)] ?? asIs(typeof code === 'string' ? code : message);
}

/** Asks a server whether it lives: `null` when it does, else what is wrong. A proxy that finds it dead says 502 to 504. */
async function ping(server: string, signal: AbortSignal): Promise<Said | null> {
  try {
    const url = new URL(server);
    url.pathname = `${url.pathname.replace(/\/$/, '')}/ping`;
    url.search = '';
    const { status, body } = await fetch(url, { signal });
    await body?.cancel();
    return status < 500 ? null : asIs(`HTTP ${status}`);
  } catch (error) {
    return reasonOf(error);
  }
}

/** How long a statement is on its way, roughly: for messages. */
function bytesOf({ sql, parameters, lines }: Statement): number {
  return Buffer.byteLength(sql) + Buffer.byteLength(lines ?? '') + JSON.stringify(parameters ?? {}).length;
}

/**
 * Connects to a ClickHouse server over HTTP(S); nothing is sent yet. Throws `ObservationsUnavailable` when the
 * address is none.
 */
export async function openRemote(options: RemoteOptions): Promise<Remote> {
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
      max_open_connections: options.connections,
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
  const server = withoutCredentials(options.url);
  const { patience, clock } = options;
  const liveness = new Liveness({
    ping: (signal) => ping(server, signal),
    server,
    patience,
    clock,
  });
  const connection: Connection = {
    run: (statement) =>
      liveness.during(bytesOf(statement), (signal) => runThroughClient(client, statement, signal)),
    close: async () => undefined,
  };
  return {
    connections: Array.from({ length: options.connections }, () => ({ ...connection })),
    awaySince: () => liveness.awaySince,
    close: async () => {
      liveness.close();
      await client.close();
    },
  };
}
