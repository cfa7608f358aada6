import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { openServices } from '../../cli/compose.ts';
import type { Services } from '../../cli/services.ts';
import { systemClock } from '../../domain/clock.ts';
import { readSettings } from '../../domain/settings.ts';
import { applyImport, planImport } from '../../register/import.ts';
import { createSimulation, SimulatorClock } from '../../simulator/index.ts';
import type { Simulation, VkServer } from '../../simulator/index.ts';

/** The whole house over a simulated federation: real client, real stores, a clock that stands still. */
export interface House {
  simulation: Simulation;
  vk: VkServer;
  services: Services;
  /** The instants collected so far, oldest first. */
  slots: Date[];
  /** When the register was imported. */
  registered: Date;
  /** Sets the clock to an instant and collects every page then, as a person would. */
  collectAt(instant: Date): Promise<void>;
  close(): Promise<void>;
}

/** What a house is made for. */
export interface HouseOptions {
  seed: number;
  /** The instant the world is made for: «three weeks ago» counts from it. */
  anchor: Date;
  /** When the register is imported. */
  opens: Date;
  organisations?: number;
  historyFrom: string;
  /** Settings beside those of the simulated network. */
  settings?: Record<string, string>;
}

const token = 'integration-key';

/** Makes a world, serves it, opens the stores in a directory of their own, and imports the register. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const clock = new SimulatorClock({ at: options.opens, speed: 0 });
  const simulation = createSimulation({
    seed: options.seed,
    anchor: options.anchor,
    clock,
    size: { organisations: options.organisations ?? 20 },
  });
  const vk = await simulation.serveVk({
    tokens: [{ token, kind: 'service', requestsPerSecond: 10_000, dailyWallGets: 1_000_000 }],
  });
  const dataDirectory = mkdtempSync(join(tmpdir(), 'profpulse-house-'));
  const environment = {
    DATA_DIR: dataDirectory,
    TIMEZONE: 'Asia/Irkutsk',
    HISTORY_FROM: options.historyFrom,
    VK_TOKENS: token,
    VK_API_URL: vk.url,
    VK_RPS: '1000',
    VK_DAILY_QUOTA: '1000000',
    ...options.settings,
  };
  const settings = readSettings(environment, {
    now: options.opens,
    readFile: () => {
      throw new Error('no file is named');
    },
  });
  const log = pino({ level: 'silent' });
  const services = await openServices(settings, {
    command: 'integration test',
    clock,
    timer: systemClock,
    log,
  });
  const close = async () => {
    await services.close();
    await vk.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    await importRegister(services, simulation);
  } catch (error) {
    await close();
    throw error;
  }
  const slots: Date[] = [];
  return {
    simulation,
    vk,
    services,
    slots,
    registered: options.opens,
    collectAt: async (instant) => {
      clock.set(instant);
      await services.collect({ slot: instant, kind: 'manual', pages: 'all' });
      slots.push(instant);
    },
    close,
  };
}

async function importRegister(services: Services, simulation: Simulation): Promise<void> {
  const content = Buffer.from(simulation.registerCsv());
  const file = { name: 'register.csv', content };
  const plan = await planImport(services.operations, file, { today: services.today(), skipBad: false });
  if (!plan.acceptable)
    throw new Error(`The register was refused: ${JSON.stringify(plan.problems.slice(0, 3))}`);
  await applyImport(services.operations, plan, { who: 'integration test', now: services.clock.now() });
  await services.copyRegister();
}
