import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { openServices } from '#cli/compose.ts';
import type { Services } from '#cli/services.ts';
import { systemClock } from '#domain/clock.ts';
import { readSettings, type Settings } from '#domain/settings.ts';
import { applyImport, planImport } from '#register/import.ts';
import { createSimulation, SimulatorClock, type Simulation } from '#simulator/index.ts';
import { testClock } from '../clock/machine.ts';
import { environmentOf } from '../e2e/processes.ts';
import { makeDataDirectory } from './prepared-stores.ts';

const token = 'store-folder-key';

/** A data directory that is opened again and again, over a simulated world whose clock stands where it is set. */
export interface StoreFolder {
  directory: string;
  simulation: Simulation;
  clock: SimulatorClock;
  settings: Settings;
  open(settings?: Partial<Settings>): Promise<Services>;
  /** Opens the stores for so long as the work takes. */
  opened<Result>(
    work: (services: Services) => Promise<Result>,
    settings?: Partial<Settings>,
  ): Promise<Result>;
  /** Imports the simulation's register, its rows in this order; brings the copy up to date. */
  importRegister(services: Services, order?: (rows: string[]) => string[]): Promise<void>;
  /**
   * Collects in a process of its own that kills itself where `point` says (`collect-and-die.ts`), on a machine whose clock is
   * `ahead` by so many milliseconds; resolves with its signal.
   */
  collectAndDie(point: string, ahead?: number): Promise<NodeJS.Signals | null>;
  /** Keeps a copy of the folder while nobody has it open, and the clock; the answer makes all as it was then. */
  keep(): () => void;
  close(): Promise<void>;
}

/** Collects all pages now, after what every command does first. */
export async function collectAll(services: Services): Promise<void> {
  await services.mend();
  await services.collect({ slot: services.clock.now(), kind: 'manual', pages: 'all' });
}

/** Makes a folder with empty stores and a world. */
export async function openStoreFolder(world: {
  seed: number;
  at: Date;
  organisations: number;
  historyFrom: string;
}): Promise<StoreFolder> {
  const directory = await makeDataDirectory('stores');
  const kept = `${directory}-kept`;
  const clock = new SimulatorClock({ at: world.at, speed: 0 });
  const simulation = createSimulation({
    seed: world.seed,
    anchor: world.at,
    clock,
    size: { organisations: world.organisations, historyWeeks: 8 },
  });
  const vk = await simulation.serveVk({
    tokens: [{ token, kind: 'service', requestsPerSecond: 10_000, dailyWallGets: 1_000_000 }],
  });
  const environment = {
    DATA_DIR: directory,
    TIMEZONE: 'Asia/Irkutsk',
    HISTORY_FROM: world.historyFrom,
    LOCALE: 'en',
    VK_TOKENS: token,
    VK_API_URL: vk.url,
    VK_RPS: '1000',
    VK_DAILY_QUOTA: '1000000',
    TELEGRAM_WEB_URL: 'http://127.0.0.1:9',
  };
  const settings = readSettings(environment, { now: world.at, readFile: () => '' });
  const log = pino({ level: 'silent' });
  const open: StoreFolder['open'] = async (changed = {}) =>
    await openServices(
      { ...settings, ...changed },
      { command: 'test of stores', clock, timer: systemClock, simulatedNetworks: true, log },
    );
  return {
    directory,
    simulation,
    clock,
    settings,
    open,
    opened: async (work, changed) => {
      const services = await open(changed);
      try {
        return await work(services);
      } finally {
        await services.close();
      }
    },
    importRegister: async (services, order = (rows) => rows) => {
      const [head = '', ...rows] = simulation.registerCsv().trimEnd().split('\n');
      const content = Buffer.from(`${[head, ...order(rows)].join('\n')}\n`);
      const file = { name: 'register.csv', content };
      const plan = await planImport(services.operations, file, { today: services.today(), skipBad: false });
      if (!plan.acceptable) throw new Error(JSON.stringify(plan.problems.slice(0, 3)));
      await applyImport(services.operations, plan, { who: 'test', now: services.clock.now() });
      await services.syncRegister();
    },
    collectAndDie: async (point, ahead = 0) => {
      const script = fileURLToPath(new URL('collect-and-die.ts', import.meta.url));
      const child = spawn(process.execPath, [script, clock.now().toISOString(), point], {
        env: environmentOf({ ...environment, ...testClock(ahead) }),
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
      return signal;
    },
    keep: () => {
      const at = clock.now();
      const copy = (from: string, to: string) => {
        rmSync(to, { recursive: true, force: true });
        cpSync(from, to, { recursive: true, verbatimSymlinks: true });
      };
      copy(directory, kept);
      return () => {
        copy(kept, directory);
        clock.set(at);
      };
    },
    close: async () => {
      await vk.close();
      for (const folder of [directory, kept]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
