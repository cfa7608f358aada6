import { resolve } from 'node:path';
import type { Logger } from 'pino';
import { systemClock } from '#domain/clock.ts';
import { dayOf } from '#domain/period.ts';
import type { Settings } from '#domain/settings.ts';
import { applyImport, planImport } from '#register/import.ts';
import { holdDataDirectory } from '#schema/data-directory.ts';
import { getSetting, setSetting } from '#schema/operations/settings.ts';
import { createSimulation, SimulatorClock, type Simulation } from '#simulator/index.ts';
import { openServices } from './compose.ts';
import { demoVk } from './demo-environment.ts';
import { firstDay, pastSlots, type DemoSize } from './demo-history.ts';
import { readDemoMark, refuseRealData, writeDemoMark, type DemoMark } from './demo-mark.ts';
import type { Services } from './services.ts';
import type { StartMessages } from './start-messages.ts';

const telegramAccount = 'demo';

/** A demo's world with everything that collects it. */
export interface DemoWorld {
  services: Services;
  simulation: Simulation;
  /** The instant the world was made for. */
  anchor: Date;
  size: DemoSize;
  /** Whether this start has to read the history first. */
  isNew: boolean;
  close(): Promise<void>;
}

/** Opens the demo of a data directory: a new world in an empty one, the same world again in one that holds a demo. */
export async function openDemoWorld(settings: Settings, log: Logger, size: DemoSize): Promise<DemoWorld> {
  refuseRealData(settings.DATA_DIR);
  const mark = markOf(settings);
  const clock = new SimulatorClock({ at: systemClock.now() });
  const simulation = createSimulation({
    seed: mark.seed,
    anchor: mark.anchor,
    clock,
    zone: settings.TIMEZONE,
    size: { organisations: size.organisations, channels: true },
  });
  const networks = await serveNetworks(simulation);
  try {
    const services = await openServices(
      { ...settings, ...networks.settings, HISTORY_FROM: firstDay(mark.anchor, settings.TIMEZONE, size) },
      {
        command: 'npm run demo',
        clock,
        timer: systemClock,
        log,
        demo: true,
        simulatedNetworks: true,
        takesCommands: true,
        opensSecrets: true,
      },
    );
    const isNew = (await getSetting<boolean>(services.operations, 'demo')) !== true;
    const close = async (): Promise<void> => {
      await services.close();
      await networks.close();
    };
    return { services, simulation, anchor: mark.anchor, size, isNew, close };
  } catch (error) {
    await networks.close();
    throw error;
  }
}

/** Starts the simulated networks; `settings` are those that lead to them. */
async function serveNetworks(simulation: Simulation): Promise<{
  settings: Partial<Settings>;
  close: () => Promise<void>;
}> {
  const vk = await simulation.serveVk({
    tokens: [
      {
        token: demoVk.token,
        kind: 'service',
        requestsPerSecond: 2 * demoVk.requestsPerSecond,
        dailyWallGets: demoVk.dailyQuota,
      },
    ],
  });
  const telegram = await simulation.serveTelegram({ accounts: [{ name: telegramAccount }] });
  return {
    settings: {
      VK_API_URL: vk.url,
      TELEGRAM_API_ID: telegram.apiId,
      TELEGRAM_API_HASH: '0'.repeat(32),
      TELEGRAM_SESSIONS: telegram.sessions,
      TELEGRAM_PROXY: telegram.proxy,
    },
    close: async () => {
      await Promise.all([vk.close(), telegram.close()]);
    },
  };
}

/** The mark that is there, or a new one for now, written while nobody else has the directory. */
function markOf(settings: Settings): DemoMark {
  const directory = resolve(settings.DATA_DIR);
  const existing = readDemoMark(directory);
  if (existing) return existing;
  const hold = holdDataDirectory(directory, { command: 'npm run demo', zone: settings.TIMEZONE });
  try {
    const mark = { seed: 1, anchor: systemClock.now() };
    writeDemoMark(directory, mark);
    return mark;
  } finally {
    hold.release();
  }
}

/**
 * The first start: sets the simulation's clock back, imports its register, and collects slot by slot up to the present,
 * through the real client. A start that was cut short is taken up again: slots that are done are left alone.
 */
export async function collectHistory(
  { services, simulation, anchor, size }: DemoWorld,
  options: { signal: AbortSignal; messages: StartMessages; report: (line: string) => void },
): Promise<void> {
  const { signal, messages, report } = options;
  const { clock } = simulation;
  const zone = services.settings.TIMEZONE;
  const slots = pastSlots(anchor, zone, size);
  let posts = 0;
  // The last look is at the present, so that nothing lies between the history and the schedule.
  for (const [index, past] of [...slots, null].entries()) {
    if (signal.aborted) return;
    clock.set(past ?? systemClock.now());
    const slot = past ?? new Date(Math.floor(clock.now().getTime() / 1000) * 1000);
    if (index === 0) await importRegister(services, simulation);
    let read = 0;
    await services.collect(
      { slot, kind: 'schedule', pages: 'all' },
      { signal, skipAggregation: true, onProgress: (progress) => (read = progress.posts) },
    );
    posts += read;
    report(messages.demoHistory(index + 1, slots.length + 1, dayOf(slot, zone), posts));
  }
  if (signal.aborted) return;
  report(messages.demoAggregation);
  await services.syncRegister();
  await services.aggregation.countLeft();
  await setSetting(services.operations, 'demo', true);
}

async function importRegister(services: Services, simulation: Simulation): Promise<void> {
  const file = { name: 'register.csv', content: Buffer.from(simulation.registerCsv()) };
  const plan = await planImport(services.operations, file, { today: services.today(), skipBad: false });
  await applyImport(services.operations, plan, { who: 'npm run demo', now: services.clock.now() });
}
