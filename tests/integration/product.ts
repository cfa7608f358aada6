import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess, type Running } from '../e2e/processes.ts';
import { claimAs, visitorOf, type Visitor } from '../helpers/signed-in.ts';

/** A data directory of a test's own, with the processes that were started on it. */
export interface Product {
  directory: string;
  /** Writes a file beside the data and gives its path. */
  file(name: string, content: string | Uint8Array): string;
  /** Runs a command of the tool to its end. */
  command(
    parameters: readonly string[],
    settings?: Record<string, string>,
  ): Promise<{ code: number | null; output: string }>;
  /** Starts `npm start` and waits for its address. */
  start(settings?: Record<string, string>): Promise<{ process: Running; origin: string }>;
  /** Starts `npm start` on a directory that nobody has claimed, and signs in as its first administrator. */
  startClaimed(
    settings?: Record<string, string>,
  ): Promise<{ process: Running; origin: string; administrator: Visitor }>;
  /** Starts a file of the project, whatever becomes of it. */
  launch(file: string, settings?: Record<string, string>, parameters?: readonly string[]): Running;
  /** Ends what still runs and removes the data. */
  close(): Promise<void>;
}

/** Who claims an instance of the tests. */
export const firstAdministrator = {
  ...{ name: 'Анна Петрова', email: 'anna@example.ru', password: 'выдра на льдине 1848' },
};

/** What a developer's own `.env` must not bring into a test. */
const nothingSet = {
  VK_TOKENS: '',
  TELEGRAM_SESSIONS: '',
  TELEGRAM_WEB_PROXY: '',
  CLICKHOUSE_URL: '',
  OPERATIONS_DATABASE_URL: '',
  PUBLIC_URL: '',
  TRUSTED_PROXY: '',
  // Channels are read without a key: never those of the real site.
  TELEGRAM_WEB_URL: 'http://127.0.0.1:9',
};

/** Makes an empty data directory for processes of the product. */
export function openProduct(): Product {
  const place = mkdtempSync(join(tmpdir(), 'profpulse-product-'));
  const directory = join(place, 'data');
  const started: Running[] = [];
  const environment = (settings: Record<string, string> = {}): Record<string, string> => ({
    ...nothingSet,
    DATA_DIR: directory,
    PORT: '0',
    LOCALE: 'en',
    LOG_LEVEL: 'error',
    ...settings,
  });
  const launch: Product['launch'] = (file, settings, parameters) => {
    const running = startProcess(file, environment(settings), parameters);
    started.push(running);
    return running;
  };
  return {
    directory,
    file: (name, content) => {
      writeFileSync(join(place, name), content);
      return join(place, name);
    },
    command: async (parameters, settings) => {
      const running = launch('cli/profpulse.ts', settings, parameters);
      const code = await running.ended;
      return { code, output: running.output() };
    },
    start: async (settings) => {
      const running = launch('server.ts', settings);
      const [origin] = await running.says(/http:\/\/127\.0\.0\.1:\d+/);
      await running.says(/Stop it with/);
      return { process: running, origin };
    },
    startClaimed: async (settings) => {
      const running = launch('server.ts', settings);
      const [origin] = await running.says(/http:\/\/127\.0\.0\.1:\d+/);
      const [link] = await running.says(/http:\S+\/claim\/\S+/);
      await running.says(/Stop it with/);
      const administrator = visitorOf(origin);
      await claimAs(administrator, new URL(link).pathname, firstAdministrator);
      return { process: running, origin, administrator };
    },
    launch,
    close: async () => {
      for (const running of started) await running.stop();
      rmSync(place, { recursive: true, force: true });
    },
  };
}
