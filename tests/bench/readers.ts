import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startProcess } from '../e2e/processes.ts';
import { root } from '../steps.ts';
import type { Benchmark } from './benchmark.ts';
import { treeMegabytes } from './measure/process-tree.ts';
import { quantile, readAtOnce, slopeOf } from './measure/readers.ts';

const readers = 50;
const asked = ['/', '/ranking', '/organisations/7', '/api/v1/leaderboard'];
/** A page that only renders: another address each time, so that nobody is given what was made for another. */
const onlyRenders = (request: number): string => `/methodology?reader=${request}`;
const secondsOfReference = 20;
/** The share of the reading after which memory has to stand still. */
const warmUp = 0.3;
const lookEvery = 5;

/** How long the demo rests, is read, and rests again: `--minutes N`, 10 when not said. */
function minutesOf(options: readonly string[]): number {
  const place = options.indexOf('--minutes');
  if (place === -1) return 10;
  const minutes = Number(options[place + 1]);
  if (!(minutes > 0))
    throw new Error(`--minutes wants a number above 0; got ${options[place + 1] ?? 'nothing'}.`);
  return minutes;
}

/** The demo as `npm run demo` starts it. */
function startDemo(dataDirectory: string): ReturnType<typeof startProcess> {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: { demo: string };
  };
  const [first = '', ...rest] = scripts.demo.split(' ').slice(1);
  return startProcess(first, { PORT: '0', DATA_DIR: dataDirectory, LOG_LEVEL: 'error', LOCALE: 'en' }, rest);
}

/** How memory stands while it is being read. */
function watchGrowth(processId: number, minutes: number): { growth(): number; peak(): number } {
  const looks: { x: number; y: number }[] = [];
  const began = performance.now();
  const timer = setInterval(() => {
    looks.push({ x: (performance.now() - began) / 60_000, y: treeMegabytes(processId) });
  }, lookEvery * 1000);
  return {
    growth: () => {
      clearInterval(timer);
      return Math.round(10 * slopeOf(looks.filter(({ x }) => x > warmUp * minutes))) / 10;
    },
    peak: () => Math.round(Math.max(...looks.map(({ y }) => y))),
  };
}

/** Many who read the demo at once, beside a page that asks the data nothing; and what it holds while and after it is read. */
export const benchmark: Benchmark = {
  question:
    'How many answers a second do 50 readers at once get, against a page that only renders, and does the memory come back?',
  async run(report, options = []) {
    const minutes = minutesOf(options);
    const dataDirectory = mkdtempSync(join(tmpdir(), 'profpulse-bench-'));
    const demo = startDemo(dataDirectory);
    const megabytes = (): number => Math.round(treeMegabytes(demo.child.pid ?? 0));
    const readReference = (origin: string) =>
      readAtOnce({ origin, pathOf: onlyRenders, readers, seconds: secondsOfReference });
    try {
      const [origin] = await demo.says(/http:\/\/127\.0\.0\.1:\d+/);
      report(`the demo answers: ${megabytes()} MB; it rests ${minutes} min`);
      await delay(minutes * 60_000);
      const rested = megabytes();
      report(`${rested} MB; ${readers} readers read a page that only renders`);
      const before = await readReference(origin);
      report(`median ${Math.round(quantile(before.times, 0.5))} ms; now they read for ${minutes} min`);
      const memory = watchGrowth(demo.child.pid ?? 0, minutes);
      const pathOf = (request: number): string => asked[request % asked.length] ?? '/';
      const read = await readAtOnce({ origin, pathOf, readers, seconds: 60 * minutes });
      const [growth, peak] = [memory.growth(), memory.peak()];
      report(`${Math.round(read.times.length / read.seconds)} answers a second; ${peak} MB`);
      const after = await readReference(origin);
      report(`the readers have left; it rests ${minutes} min`);
      await delay(minutes * 60_000);
      const left = megabytes();
      const reference = quantile([...before.times, ...after.times], 0.5);
      const median = quantile(read.times, 0.5);
      const atRest = `memory ${minutes} min after`;
      return {
        size: `the demo’s world: 45 organisations, half a year; ${readers} readers of ${asked.join(', ')}`,
        figures: {
          'answers a second': Math.round(read.times.length / read.seconds),
          'seconds for a thousand answers': Math.round((10_000 * read.seconds) / read.times.length) / 10,
          'median ms': Math.round(median),
          '99th percentile ms': Math.round(quantile(read.times, 0.99)),
          'failed answers': read.failed + before.failed + after.failed,
          'a page that only renders, median ms': Math.round(reference),
          'times its median': Math.round((100 * median) / reference) / 100,
          [`${atRest} the first start, MB`]: rested,
          'memory while read, MB': peak,
          'its growth while read, MB a minute': growth,
          [`${atRest} the readers left, MB`]: left,
        },
        limits: {
          'seconds for a thousand answers': 10,
          '99th percentile ms': 800,
          'failed answers': 0,
          'times its median': 3,
          [`${atRest} the first start, MB`]: 700,
          'its growth while read, MB a minute': 1,
          [`${atRest} the readers left, MB`]: 700,
        },
      };
    } finally {
      await demo.stop();
      rmSync(dataDirectory, { recursive: true, force: true });
    }
  },
};
