import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#domain/clock.ts';
import { createSimulation, SimulatorClock } from '#simulator/index.ts';
import type { Benchmark } from './benchmark.ts';
import { profpulse } from './measure/profpulse.ts';

const token = 'benchmark-key';
/** What an ordinary key of VK is allowed. */
const requestsPerSecond = 3;
const secondsOfStart = 15;

interface Measured {
  pages: number;
  calls: number;
  /** The fewest calls there can be: 25 walls an `execute`, 500 communities a `groups.getById`. */
  floor: number;
  seconds: number;
  megabytes: number;
}

/** One run over pages that are known already, by a process of its own, at the rate of an ordinary key. */
async function measure(organisations: number, report: (progress: string) => void): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'profpulse-bench-'));
  const present = systemClock.now();
  const clock = new SimulatorClock({ at: present });
  const simulation = createSimulation({ seed: 1, anchor: present, clock, size: { organisations } });
  const vk = await simulation.serveVk({
    tokens: [
      { token, kind: 'service', requestsPerSecond: 50, dailyWallGets: 1_000_000 },
      { token: `${token}-ordinary`, kind: 'service', requestsPerSecond, dailyWallGets: 1_000_000 },
    ],
  });
  const environment = {
    DATA_DIR: join(folder, 'data'),
    HISTORY_FROM: new Date(present.getTime() - 2 * 86_400_000).toISOString().slice(0, 10),
    VK_API_URL: vk.url,
    VK_DAILY_QUOTA: '1000000',
  };
  try {
    const register = join(folder, 'register.csv');
    writeFileSync(register, simulation.registerCsv());
    const fast = { ...environment, VK_TOKENS: token, VK_RPS: '40' };
    await profpulse(fast, ['import', register]);
    await profpulse(fast, ['collect']);
    const pages = simulation.world.pages.filter((page) => {
      const state = simulation.world.stateOf(page, clock.now().getTime());
      return state === 'ok' || state === 'closed';
    }).length;
    report(`${pages} pages are known; now a run at ${requestsPerSecond} requests a second`);
    vk.calls.reset();
    const ordinary = { ...environment, VK_TOKENS: `${token}-ordinary`, VK_RPS: String(requestsPerSecond) };
    const { seconds, megabytes } = await profpulse(ordinary, ['collect']);
    return {
      pages,
      calls: vk.calls.requests,
      floor: Math.ceil(pages / 25) + Math.ceil(pages / 500),
      seconds,
      megabytes,
    };
  } finally {
    await vk.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A run over a small federation and over a national one. */
export const benchmark: Benchmark = {
  question:
    'How many calls, how long and how much memory does one run over known pages take, against the fewest calls there can be?',
  async run(report) {
    const small = await measure(45, report);
    const large = await measure(3_500, report);
    const figures: Record<string, number> = {};
    const limits: Record<string, number> = {};
    for (const { pages, calls, floor, seconds, megabytes } of [small, large]) {
      figures[`${pages} pages: calls`] = calls;
      limits[`${pages} pages: calls`] = Math.ceil(floor * 1.2) + 2;
      figures[`${pages} pages: fewest calls`] = floor;
      figures[`${pages} pages: seconds, the start included`] = seconds;
      limits[`${pages} pages: seconds, the start included`] = Math.ceil(
        (1.5 * floor) / requestsPerSecond + secondsOfStart,
      );
      figures[`${pages} pages: memory of the process, MB`] = megabytes;
      limits[`${pages} pages: memory of the process, MB`] = 1200;
    }
    return {
      size: `${small.pages} and ${large.pages} pages, one key at ${requestsPerSecond} requests a second`,
      figures,
      limits,
    };
  },
};
