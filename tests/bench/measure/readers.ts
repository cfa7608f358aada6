import { Agent, get } from 'node:http';

/** What readers got. */
export interface Readings {
  /** Milliseconds of each answer, in the order of arrival. */
  times: number[];
  /** Answers of a status other than 200, and those that broke off. */
  failed: number;
  seconds: number;
}

/**
 * So many readers at once, each of whom asks for the next page as soon as the last has come, for so many seconds.
 * `pathOf` gives the path of the n-th request. They take compressed answers, as browsers do, and do not unpack them.
 */
export async function readAtOnce(options: {
  origin: string;
  pathOf: (request: number) => string;
  readers: number;
  seconds: number;
}): Promise<Readings> {
  const { origin, pathOf, readers, seconds } = options;
  const agent = new Agent({ keepAlive: true, maxSockets: readers });
  const began = performance.now();
  const end = began + 1000 * seconds;
  const times: number[] = [];
  let [asked, failed] = [0, 0];
  const read = async (): Promise<void> => {
    while (performance.now() < end) {
      const started = performance.now();
      const status = await statusOf(`${origin}${pathOf(asked++)}`, agent).catch(() => 0);
      times.push(performance.now() - started);
      if (status !== 200) failed += 1;
    }
  };
  await Promise.all(Array.from({ length: readers }, read));
  agent.destroy();
  return { times, failed, seconds: (performance.now() - began) / 1000 };
}

function statusOf(address: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'br, gzip' };
    get(address, { agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => resolve(answer.statusCode ?? 0));
      answer.once('error', reject);
    }).once('error', reject);
  });
}

/** The value that the share of all is not above: 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Infinity;
}

/** By how much `y` grows with each `x`, by least squares; 0 of fewer than two points. */
export function slopeOf(points: readonly { x: number; y: number }[]): number {
  const mean = (of: (point: { x: number; y: number }) => number): number =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [x, y] = [mean((point) => point.x), mean((point) => point.y)];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return spread > 0 ? points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread : 0;
}
