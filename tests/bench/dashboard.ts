import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from '../e2e/processes.ts';
import { root } from '../steps.ts';
import { sitePages } from '../e2e/site.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { measurePages, type PageQuality } from './measure/page-quality.ts';
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

/** How the pages that are read most load; each is the middle one of this many rounds. */
const rounds = 5;
const measured = ['overview', 'ranking', 'organisation', 'silent'] as const;
type Measured = (typeof measured)[number];

async function measureQuality(
  origin: string,
  report: (progress: string) => void,
): Promise<Record<Measured, PageQuality>> {
  const pages = await sitePages(origin);
  const address = (name: string): string =>
    `${origin}${pages.find((page) => page.name === name)?.path ?? ''}`;
  const addresses = Object.fromEntries(measured.map((name) => [name, address(name)]));
  return await measurePages(addresses as Record<Measured, string>, rounds, report);
}

/** The figures of the pages, with what is wanted of them. */
function qualityFigures(
  pages: Record<Measured, PageQuality>,
): Pick<Required<Measurement>, 'figures' | 'limits' | 'least'> {
  const figures: Record<string, number> = {};
  const limits: Record<string, number> = {};
  const least: Record<string, number> = {};
  for (const name of measured) {
    const page = pages[name];
    const said = (what: string): string => `${name}: ${what}`;
    for (const [what, value, wanted] of [
      ['performance, of 100', page.performance, 95],
      ['accessibility, of 100', page.accessibility, 100],
      ['best practices, of 100', page.bestPractices, 100],
    ] as const) {
      figures[said(what)] = value;
      least[said(what)] = wanted;
    }
    for (const [what, value, limit] of [
      ['largest paint, ms', page.largestPaint, 1800],
      ['layout shift', page.layoutShift, 0.02],
      ['blocked, ms', page.blocking, null],
      ['scripts, KB', page.scripts, 100],
      ['all that is loaded, KB', page.all, null],
      ['requests', page.requests, null],
    ] as const) {
      figures[said(what)] = value;
      if (limit !== null) limits[said(what)] = limit;
    }
  }
  return { figures, limits, least };
}

/** Starts the demo as `npm run demo` does, and waits until its first page, the overview, is answered. */
async function startDemo<More>(
  dataDirectory: string,
  more: (origin: string) => Promise<More>,
): Promise<Start & { more: More }> {
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
    const megabytes = memory.peak();
    return {
      seconds,
      overviewMilliseconds,
      rankingMilliseconds,
      megabytes,
      more: await more(origin),
    };
  } finally {
    memory.stop();
    await demo.stop();
  }
}

/** `npm run demo`, the first time (the dashboard’s build included) and a later time. */
export const benchmark: Benchmark = {
  question:
    'How soon does `npm run demo` show its first page, the build included, how much memory does it take, and how do its pages load on a telephone (Lighthouse, mobile profile, median of 5)?',
  async run(report) {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'profpulse-bench-'));
    try {
      rmSync(join(root, 'build'), { recursive: true, force: true });
      const first = await startDemo(dataDirectory, async () => undefined);
      report(`first start: ${first.seconds} s, ${first.megabytes} MB`);
      const later = await startDemo(dataDirectory, async (origin) => await measureQuality(origin, report));
      report(`later start: ${later.seconds} s, ${later.megabytes} MB`);
      const quality = qualityFigures(later.more);
      return {
        size: 'the demo’s world: 45 organisations, half a year',
        figures: {
          'first page, seconds': first.seconds,
          'first page of a later start, seconds': later.seconds,
          'peak memory of the process tree, MB': Math.max(first.megabytes, later.megabytes),
          'overview page, median ms': later.overviewMilliseconds,
          'ranking page, median ms': later.rankingMilliseconds,
          ...quality.figures,
        },
        limits: {
          'first page, seconds': 60,
          'first page of a later start, seconds': 10,
          'peak memory of the process tree, MB': 1200,
          'overview page, median ms': 300,
          'ranking page, median ms': 300,
          ...quality.limits,
        },
        least: quality.least,
      };
    } finally {
      rmSync(dataDirectory, { recursive: true, force: true });
    }
  },
};
