import { openSweptServer } from '../security/swept-server.ts';
import { sweep } from '../security/sweep.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { pageTimes } from './measure/page-times.ts';
import { scanWithSqlmap, scanWithWapiti, type Scan } from './measure/scanners.ts';
import { tellingTimes } from './measure/telling-times.ts';

/** How much two medians that must tell nothing may differ, in percent. */
const mostDifference = 10;
/** What a page may take more for somebody who has signed in, in ms at the median. */
const mostForReader = 5;

/** The figures of a scanner: without one that is installed they are `null`, and a scan that failed has failed. */
function scanFigures(name: string, scan: Scan): Pick<Measurement, 'figures' | 'limits'> {
  const [findings, failures] = [`${name}: findings`, `${name}: scans that failed`];
  return scan.state === 'missing'
    ? { figures: { [findings]: null }, limits: {} }
    : {
        figures: {
          [findings]: scan.state === 'failed' ? null : scan.findings,
          [failures]: scan.state === 'failed' ? 1 : 0,
        },
        limits: { [failures]: 0, ...(scan.state === 'failed' ? {} : { [findings]: 0 }) },
      };
}

/** What hostile inputs, scanners and a stopwatch find out from a server. */
export const benchmark: Benchmark = {
  question:
    'What do all odd inputs in all fields make of the server, does the time of an answer tell who has an account, how much does a signed-in reader’s page take more, and what do scanners find?',
  async run(report) {
    const server = await openSweptServer({ PUBLIC_DASHBOARD: 'true' });
    try {
      report('the time of answers');
      const telling = await tellingTimes(server);
      for (const [what, { known, unknown }] of Object.entries(telling))
        report(`${what}: ${known.toFixed(1)} ms known, ${unknown.toFixed(1)} ms unknown`);
      const pages = await pageTimes(server);
      report(`a page: ${pages.public.toFixed(1)} ms public, ${pages.reader.toFixed(1)} ms for a reader`);
      report('all odd inputs in all fields');
      const swept = await sweep({ ...server, all: true, report });
      for (const effect of swept.effects.slice(0, 20)) report(effect);
      report('sqlmap and wapiti, where they are installed');
      const sqlmap = await scanWithSqlmap(server, report);
      const wapiti = await scanWithWapiti(server, report);
      const differences = Object.entries(telling).map(([what, { known, unknown }]): [string, number] => [
        `${what}: known and unknown differ, %`,
        Math.round((1000 * Math.abs(known - unknown)) / unknown) / 10,
      ]);
      const more = 'a page for a reader over the public one, median ms';
      const [bySqlmap, byWapiti] = [scanFigures('sqlmap', sqlmap), scanFigures('wapiti', wapiti)];
      return {
        size: `three organisations; ${swept.requests} requests with odd and harmless inputs; medians of 200 tries, in turns`,
        figures: {
          ...{ 'effects of odd inputs': swept.effects.length, 'answers that failed (5xx)': swept.failures },
          ...Object.fromEntries(differences),
          [more]: Math.round(10 * (pages.reader - pages.public)) / 10,
          ...bySqlmap.figures,
          ...byWapiti.figures,
        },
        limits: {
          ...{ 'effects of odd inputs': 0, 'answers that failed (5xx)': 0 },
          ...Object.fromEntries(differences.map(([what]) => [what, mostDifference])),
          [more]: mostForReader,
          ...bySqlmap.limits,
          ...byWapiti.limits,
        },
      };
    } finally {
      await server.close();
    }
  },
};
