import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import lighthouse from 'lighthouse';
import Trace from 'lighthouse/core/gather/gatherers/trace.js';
import { openBrowser } from '../../e2e/browser.ts';

/** What Lighthouse finds of a page as a telephone on a slow mobile line loads it; of several rounds, the middle values. */
export interface PageQuality {
  /** Of 100. */
  performance: number;
  accessibility: number;
  bestPractices: number;
  /** Milliseconds until the largest thing on the screen has been painted. */
  largestPaint: number;
  /** How far things move while it loads; 0 is not at all. */
  layoutShift: number;
  /** Milliseconds during which it does not answer to its reader. */
  blocking: number;
  /** Kilobytes as they are sent, headers included. */
  scripts: number;
  all: number;
  requests: number;
}

const categories = ['performance', 'accessibility', 'best-practices'];

/*
 * The browser that the packages bring ends when it traces this category and an answer has a `Referrer-Policy`. The scores
 * do not rest on it: only a note on how new a page's features are.
 */
const traced = Trace.getDefaultTraceCategories().filter(
  (category) => category !== 'blink.webdx_feature_usage',
);
Trace.getDefaultTraceCategories = () => traced;

/** Loads each page `rounds` times, one after the other. Rejects when a page cannot be loaded, with Lighthouse's reason. */
export async function measurePages<Name extends string>(
  addresses: Readonly<Record<Name, string>>,
  rounds: number,
  report: (progress: string) => void,
): Promise<Record<Name, PageQuality>> {
  const port = await freePort();
  const browser = await openBrowser([`--remote-debugging-port=${port}`]);
  try {
    const pages: [Name, PageQuality][] = [];
    for (const name of Object.keys(addresses) as Name[]) {
      const found: PageQuality[] = [];
      for (let round = 0; round < rounds; round += 1) found.push(await measureOnce(addresses[name], port));
      const middle = middleOf(found);
      report(`${name}: ${JSON.stringify(middle)}`);
      pages.push([name, middle]);
    }
    return Object.fromEntries(pages) as Record<Name, PageQuality>;
  } finally {
    await browser.close();
  }
}

interface Request {
  resourceType?: string;
  transferSize: number;
}

async function measureOnce(address: string, port: number): Promise<PageQuality> {
  const result = await lighthouse(address, { port, logLevel: 'silent', onlyCategories: categories });
  const found = result?.lhr;
  if (!found || found.runtimeError)
    throw new Error(`Lighthouse could not load ${address}: ${found?.runtimeError?.message ?? 'no result'}`);
  const score = (name: string): number => Math.round(100 * (found.categories[name]?.score ?? 0));
  const value = (name: string): number => found.audits[name]?.numericValue ?? Infinity;
  const details = found.audits['network-requests']?.details as { items: Request[] } | undefined;
  const requests = details?.items ?? [];
  const kilobytes = (some: readonly Request[]): number =>
    Math.round(some.reduce((sum, { transferSize }) => sum + transferSize, 0) / 102.4) / 10;
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    largestPaint: Math.round(value('largest-contentful-paint')),
    layoutShift: Math.round(value('cumulative-layout-shift') * 1000) / 1000,
    blocking: Math.round(value('total-blocking-time')),
    scripts: kilobytes(requests.filter(({ resourceType }) => resourceType === 'Script')),
    all: kilobytes(requests),
    requests: requests.length,
  };
}

/** The middle value of each figure: one slow round says more of the machine than of the page. */
export function middleOf(rounds: readonly PageQuality[]): PageQuality {
  const [first] = rounds;
  if (!first) throw new Error('Nothing was measured.');
  const names = Object.keys(first) as (keyof PageQuality)[];
  const middle = (name: keyof PageQuality): number =>
    rounds.map((round) => round[name]).toSorted((one, other) => one - other)[rounds.length >> 1] ?? 0;
  return Object.fromEntries(names.map((name) => [name, middle(name)])) as unknown as PageQuality;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
