import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '../e2e/processes.ts';
import { root } from '../steps.ts';
import type { Benchmark } from './benchmark.ts';
import { watchMemory } from './measure/process-tree.ts';

interface Start {
  seconds: number;
  megabytes: number;
  /** Of twenty requests each after the other, the slower one of the middle two, in ms. */
  overviewMilliseconds: number;
  rankingMilliseconds: number;
}

async function medianMilliseconds(address: string): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1) {
    const started = performance.now();
    const response = await fetch(address);
    await response.text();
    times.push(performance.now() - started);
  }
  return Math.round(times.toSorted((a, b) => a - b)[10] ?? Infinity);
}

/** Starts the demo as `npm run demo` does, and waits until its first page, the overview, is answered. */
async function startDemo(dataDirectory: string): Promise<Start> {
  const started = performance.now();
  const demo = startProcess('cli/demo.ts', { PORT: '0', DATA_DIR: dataDirectory, LOG_LEVEL: 'error' });
  const memory = watchMemory(demo.child.pid ?? 0);
  try {
    const [origin] = await demo.says(/http:\/\/127\.0\.0\.1:\d+/);
    const response = await fetch(origin);
    if (!response.ok) throw new Error(`The first page answered ${response.status}.`);
    await response.text();
    const seconds = Math.round((performance.now() - started) / 100) / 10;
    const overviewMilliseconds = await medianMilliseconds(origin);
    const rankingMilliseconds = await medianMilliseconds(`${origin}/ranking`);
    return { seconds, overviewMilliseconds, rankingMilliseconds, megabytes: memory.peak() };
  } finally {
    memory.stop();
    await demo.stop();
  }
}

/** `npm run demo`, the first time (the dashboard’s build included) and a later time. */
export const benchmark: Benchmark = {
  question:
    'How soon does `npm run demo` show its first page, the build included, and how much memory does it take?',
  async run(report) {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'profpulse-bench-'));
    try {
      rmSync(join(root, 'build'), { recursive: true, force: true });
      const first = await startDemo(dataDirectory);
      report(`first start: ${first.seconds} s, ${first.megabytes} MB`);
      const later = await startDemo(dataDirectory);
      report(`later start: ${later.seconds} s, ${later.megabytes} MB`);
      return {
        size: 'the demo’s world: 45 organisations, half a year',
        figures: {
          'first page, seconds': first.seconds,
          'first page of a later start, seconds': later.seconds,
          'peak memory of the process tree, MB': Math.max(first.megabytes, later.megabytes),
          'overview page, median ms': later.overviewMilliseconds,
          'ranking page, median ms': later.rankingMilliseconds,
        },
        limits: {
          'first page, seconds': 60,
          'first page of a later start, seconds': 10,
          'peak memory of the process tree, MB': 1200,
          'overview page, median ms': 300,
          'ranking page, median ms': 300,
        },
      };
    } finally {
      rmSync(dataDirectory, { recursive: true, force: true });
    }
  },
};
