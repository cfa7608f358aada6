import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#domain/clock.ts';
import { dayOf } from '#domain/period.ts';
import type { Page, Simulation } from '#simulator/index.ts';
import { createSimulation, SimulatorClock } from '#simulator/index.ts';
import type { Benchmark } from './benchmark.ts';
import { profpulse } from './measure/profpulse.ts';

/** Between two calls of an account, and two requests to t.me: what real ones are asked with. */
const secondsPerCall = 0.3;
const secondsPerRequest = 0.5;
const secondsOfStart = 15;
const zone = 'Asia/Irkutsk';

/** One way of reading channels, served. */
interface Served {
  way: string;
  settings: Record<string, string>;
  secondsEach: number;
  /** What the fewest calls are, for channels that can be read. */
  fewest(channels: readonly Page[]): number;
  calls(): number;
  reset(): void;
  /** Names of the unexpected. */
  unexpected: readonly { what: string }[];
  close(): Promise<void>;
}

async function byAccount(simulation: Simulation): Promise<Served> {
  const server = await simulation.serveTelegram();
  const settings = {
    TELEGRAM_API_ID: String(server.apiId),
    TELEGRAM_API_HASH: '0'.repeat(32),
    TELEGRAM_SESSIONS: server.sessions.join(','),
    TELEGRAM_PROXY: server.proxy,
  };
  return {
    way: 'by an account',
    settings,
    secondsEach: secondsPerCall,
    // Its newest messages, and (a process that has just started does not know when it asked) its settings.
    fewest: (channels) => 2 * channels.length,
    calls: () => server.calls.count('messages.GetHistory') + server.calls.count('channels.GetFullChannel'),
    reset: () => server.calls.reset(),
    unexpected: server.unexpected,
    close: () => server.close(),
  };
}

async function withoutKey(simulation: Simulation): Promise<Served> {
  const server = await simulation.serveTelegramWeb();
  return {
    way: 'without a key',
    settings: { TELEGRAM_WEB_URL: server.url },
    secondsEach: secondsPerRequest,
    // Its newest messages, and its card where the head of the page rounds the subscribers; the card alone without preview.
    fewest: (channels) => {
      const now = simulation.clock.now();
      const today = { from: dayOf(now, zone), to: dayOf(now, zone) };
      const large = channels.filter(({ id }) => {
        const seen = simulation.truth.page(id, today, { now, historyFrom: today.from });
        return (seen.subscribers ?? 0) >= 1000;
      });
      return channels.length + large.filter((page) => page.channel?.preview).length;
    },
    calls: () => server.calls.count(),
    reset: () => server.calls.reset(),
    unexpected: server.unexpected,
    close: () => server.close(),
  };
}

/** One run over channels that are known already, by a process of its own, at the pace real servers are read with. */
async function measure(
  serve: (simulation: Simulation) => Promise<Served>,
  report: (progress: string) => void,
): Promise<{ figures: Record<string, number>; limits: Record<string, number>; channels: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'profpulse-bench-'));
  const present = systemClock.now();
  const clock = new SimulatorClock({ at: present });
  const simulation = createSimulation({ seed: 1, anchor: present, clock, size: { channels: true } });
  const served = await serve(simulation);
  const environment = {
    DATA_DIR: join(folder, 'data'),
    HISTORY_FROM: new Date(present.getTime() - 2 * 86_400_000).toISOString().slice(0, 10),
    ...served.settings,
  };
  try {
    const register = join(folder, 'register.csv');
    writeFileSync(register, simulation.registerCsv());
    await profpulse(environment, ['import', register]);
    await profpulse(environment, ['collect']);
    const readable = simulation.world
      .pagesIn('telegram')
      .filter((page) => simulation.world.stateOf(page, clock.now().getTime()) === 'ok');
    const channels = readable.length;
    report(`${channels} channels are known, read ${served.way}; now a run`);
    served.reset();
    const { seconds, megabytes } = await profpulse(environment, ['collect']);
    if (served.unexpected.length > 0) throw new Error(served.unexpected.map(({ what }) => what).join('\n'));
    const calls = served.calls();
    const fewest = served.fewest(readable);
    const of = served.way;
    return {
      channels,
      figures: {
        [`${of}: calls`]: calls,
        [`${of}: fewest calls`]: fewest,
        [`${of}: seconds, the start included`]: seconds,
        [`${of}: memory of the process, MB`]: megabytes,
      },
      limits: {
        [`${of}: calls`]: Math.ceil(fewest * 1.3),
        [`${of}: seconds, the start included`]: Math.ceil(1.5 * fewest * served.secondsEach + secondsOfStart),
        [`${of}: memory of the process, MB`]: 1200,
      },
    };
  } finally {
    await served.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run over a federation's channels in both ways. */
export const benchmark: Benchmark = {
  question:
    'How many calls, how long and how much memory does one run over known channels of Telegram take, against the fewest calls there can be?',
  async run(report) {
    const account = await measure(byAccount, report);
    const web = await measure(withoutKey, report);
    return {
      size: `${account.channels} channels, one account; the same channels by their public pages`,
      figures: { ...account.figures, ...web.figures },
      limits: { ...account.limits, ...web.limits },
    };
  },
};
