import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#domain/clock.ts';
import {
  createSimulation,
  SimulatorClock,
  type Simulation,
  type TelegramWebServer,
} from '#simulator/index.ts';
import { startProcess, type Running } from '../e2e/processes.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';

/** The instant of the world, a Monday noon of its federation. */
export const anchor = new Date('2026-11-16T12:00:00+08:00');

/** Servers, networks, and processes of the product over them. */
export interface Stack {
  postgres: PostgresServer;
  simulation: Simulation;
  web: TelegramWebServer;
  /** The register's file. */
  register: string;
  /** The settings of a process over the servers, in a database of that name on both. */
  served(name: string, others?: Record<string, string>): Promise<Record<string, string>>;
  /** The settings of a process with embedded databases in a folder of that name. */
  embedded(name: string): Record<string, string>;
  /** Starts a process of the product (`npm start`). */
  start(settings: Record<string, string>): Running;
  /** Runs a command of the tool to its end. */
  command(
    parameters: readonly string[],
    settings: Record<string, string>,
  ): Promise<{ code: number | null; output: string }>;
  /** Asks the observations of a served database in SQL with `{table}`. */
  rows(name: string, sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Settings by which the product lives at an instant that stands still. */
export function still(instant: Date): Record<string, string> {
  const preload = new URL('still-clock.js', import.meta.url).href;
  return { NODE_OPTIONS: `--import=${preload}`, TEST_STILL: String(instant.getTime()) };
}

/** A time of the product's own that runs on. */
export interface ProductTime {
  settings: Record<string, string>;
  now(): Date;
}

/** The product's time begins at an instant now. */
export function timeFrom(instant: Date): ProductTime {
  const ours = Number(process.env['TEST_CLOCK_AHEAD'] ?? 0);
  const ahead = instant.getTime() - systemClock.now().getTime();
  return {
    settings: { TEST_CLOCK_AHEAD: String(ours + ahead) },
    now: () => new Date(systemClock.now().getTime() + ahead),
  };
}

const token = 'served-key';

/** Starts the servers and the networks, with a small world that stands still. */
export async function openStack(): Promise<Stack> {
  const place = mkdtempSync(join(tmpdir(), 'profpulse-served-'));
  const clock = new SimulatorClock({ at: anchor, speed: 0 });
  const size = { organisations: 4, historyWeeks: 6, channels: true };
  const simulation = createSimulation({ seed: 21, anchor, clock, size });
  const postgres = await startPostgres({ connections: 40 });
  const vk = await simulation.serveVk({
    tokens: [{ token, kind: 'service', requestsPerSecond: 10_000, dailyWallGets: 1_000_000 }],
  });
  const web = await simulation.serveTelegramWeb();
  const clickhouse = startProcess('tests/contract/serve-clickhouse.ts', {}, [
    '--path',
    join(place, 'clickhouse'),
  ]);
  const [clickhouseUrl] = await clickhouse.says(/http:\/\/\S+/);
  const started: Running[] = [clickhouse];
  const register = join(place, 'register.csv');
  writeFileSync(register, simulation.registerCsv());

  const common = {
    TIMEZONE: 'Asia/Irkutsk',
    LOCALE: 'en',
    // What the processes tell is compared: nobody has to sign in for that.
    PUBLIC_DASHBOARD: 'true',
    LOG_LEVEL: 'info',
    PORT: '0',
    HISTORY_FROM: '2026-10-01',
    VK_TOKENS: token,
    VK_API_URL: vk.url,
    VK_RPS: '1000',
    VK_DAILY_QUOTA: '1000000',
    TELEGRAM_WEB_URL: web.url,
    // As on a real installation: on a slow machine a process is silent for a while.
    LEASE_SECONDS: '60',
  };
  const launch = (
    file: string,
    settings: Record<string, string>,
    parameters: readonly string[] = [],
  ): Running => {
    const running = startProcess(file, settings, parameters);
    started.push(running);
    return running;
  };
  return {
    postgres,
    simulation,
    web,
    register,
    served: async (name, others = {}) => ({
      ...common,
      CLICKHOUSE_URL: clickhouseUrl,
      CLICKHOUSE_DATABASE: name,
      OPERATIONS_DATABASE_URL: await postgres.database(name),
      ...others,
    }),
    embedded: (name) => ({ ...common, DATA_DIR: join(place, name) }),
    start: (settings) => launch('server.ts', settings),
    command: async (parameters, settings) => {
      const running = launch('cli/profpulse.ts', settings, parameters);
      return { code: await running.ended, output: running.output() };
    },
    rows: async (name, sql) => {
      const query = `${sql.replaceAll(/\{(\w+)\}/g, (_, table: string) => `${name}.${table}`)} FORMAT JSONEachRow`;
      const answer = await fetch(clickhouseUrl, { method: 'POST', body: query });
      const text = await answer.text();
      if (!answer.ok) throw new Error(text);
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
    },
    close: async () => {
      for (const running of started.reverse()) {
        running.child.kill('SIGCONT');
        await running.stop();
      }
      await Promise.all([vk.close(), web.close()]);
      await postgres.close();
      rmSync(place, { recursive: true, force: true });
    },
  };
}

/** The address of a process that serves the dashboard. */
export async function originOf(process: Running): Promise<string> {
  return (await process.says(/http:\/\/127\.0\.0\.1:\d+/))[0];
}

const period = 'from=2026-10-19&to=2026-11-15';
const lists = ['organisations', 'pages', 'posts', 'subscribers', 'runs'] as const;

/** Everything that an API tells, by address, as it is sent. */
export async function everythingOf(origin: string): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  const ask = async (path: string): Promise<string> => {
    const answer = await fetch(`${origin}/api/v1/${path}`);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
    return (answers[path] = text);
  };
  for (const parameters of [period, `${period}&format=csv`, `${period}&network=telegram`])
    await ask(`leaderboard?${parameters}`);
  for (const list of lists) {
    let cursor: string | null = '';
    while (cursor !== null) {
      const text = await ask(`${list}?limit=1000${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
      const { meta } = JSON.parse(text) as { meta: { nextCursor?: string | null } };
      cursor = meta.nextCursor ?? null;
    }
  }
  return answers;
}
