import { rmSync } from 'node:fs';
import { pino } from 'pino';
import { openServices } from '#cli/compose.ts';
import type { Services } from '#cli/services.ts';
import { systemClock } from '#domain/clock.ts';
import { readSettings } from '#domain/settings.ts';
import { applyImport, planImport } from '#register/import.ts';
import { createSimulation, SimulatorClock } from '#simulator/index.ts';
import type { Simulation, VkServer } from '#simulator/index.ts';
import { makeDataDirectory } from '../helpers/prepared-stores.ts';

/** How channels of Telegram are read; `none`: the world has none. */
export type TelegramReading = 'accounts' | 'web' | 'none';

/** The whole product over a simulated federation: real client, real stores, a clock that stands still. */
export interface TestStack {
  simulation: Simulation;
  vk: VkServer;
  /** What the networks' servers were asked for and do not have. */
  unexpected(): string[];
  services: Services;
  /** The instants collected so far, oldest first. */
  slots: Date[];
  /** When the register was imported. */
  registered: Date;
  /** Sets the clock to an instant and collects every page then, as a person would; `uncounted`: the next one counts it. */
  collectAt(instant: Date, options?: { skipAggregation?: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** What a test stack is made for. */
export interface TestStackOptions {
  seed: number;
  /** The instant the world is made for: «three weeks ago» counts from it. */
  anchor: Date;
  /** When the register is imported. */
  opens: Date;
  organisations?: number;
  /** `none` without it. */
  telegram?: TelegramReading;
  historyFrom: string;
  /** Settings beside those of the simulated network. */
  settings?: Record<string, string>;
}

const token = 'integration-key';

interface ServedTelegram {
  settings: Record<string, string>;
  unexpected: readonly { what: string }[];
  close: () => Promise<void>;
}

async function serveTelegram(simulation: Simulation, reading: TelegramReading): Promise<ServedTelegram> {
  if (reading === 'none') return { settings: {}, unexpected: [], close: () => Promise.resolve() };
  if (reading === 'web') {
    const { url, unexpected, close } = await simulation.serveTelegramWeb();
    return { settings: { TELEGRAM_WEB_URL: url }, unexpected, close };
  }
  const { apiId, sessions, proxy, unexpected, close } = await simulation.serveTelegram();
  const settings = {
    TELEGRAM_API_ID: String(apiId),
    TELEGRAM_API_HASH: '0123456789abcdef'.repeat(2),
    TELEGRAM_SESSIONS: sessions.join(','),
    TELEGRAM_PROXY: proxy,
  };
  return { settings, unexpected, close };
}

/** Makes a world, serves it, opens the stores in a directory of their own, and imports the register. */
export async function openTestStack(options: TestStackOptions): Promise<TestStack> {
  const clock = new SimulatorClock({ at: options.opens, speed: 0 });
  const reading = options.telegram ?? 'none';
  const simulation = createSimulation({
    seed: options.seed,
    anchor: options.anchor,
    clock,
    size: { organisations: options.organisations ?? 20, channels: reading !== 'none' },
  });
  const vk = await simulation.serveVk({
    tokens: [{ token, kind: 'service', requestsPerSecond: 10_000, dailyWallGets: 1_000_000 }],
  });
  const telegram = await serveTelegram(simulation, reading);
  const dataDirectory = await makeDataDirectory('stack');
  const environment = {
    DATA_DIR: dataDirectory,
    TIMEZONE: 'Asia/Irkutsk',
    HISTORY_FROM: options.historyFrom,
    VK_TOKENS: token,
    VK_API_URL: vk.url,
    VK_RPS: '1000',
    VK_DAILY_QUOTA: '1000000',
    ...telegram.settings,
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
    simulatedNetworks: true,
    log,
  });
  const close = async () => {
    await services.close();
    await Promise.all([vk.close(), telegram.close()]);
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
    unexpected: () => [...vk.unexpected, ...telegram.unexpected].map(({ what }) => what),
    services,
    slots,
    registered: options.opens,
    collectAt: async (instant, { skipAggregation = false } = {}) => {
      clock.set(instant);
      await services.collect({ slot: instant, kind: 'manual', pages: 'all' }, { skipAggregation });
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
  await services.syncRegister();
}
