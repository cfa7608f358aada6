import { join } from 'node:path';
import { detailsOf, tallyOf } from './report.ts';
import { root, runStep } from './steps.ts';
import type { Tally } from './steps.ts';

/** What a run of vitest is given besides its configuration. */
export interface VitestOptions {
  parameters?: readonly string[];
  environment?: Record<string, string>;
  /** Shows what vitest says when it failed only, for runs beside each other. */
  quiet?: boolean;
}

/** Runs vitest and counts its tests by the report it writes into `scratch`. A run that broke is one failure at least. */
export async function vitest(
  name: string,
  config: string,
  scratch: string,
  { parameters = [], environment = {}, quiet = false }: VitestOptions = {},
): Promise<Tally> {
  const reportFile = join(scratch, `${name.replaceAll(/\W+/g, '-')}.json`);
  const command = ['vitest', 'run', '--config', config, '--reporter=dot', '--reporter=json'] as const;
  const outcome = await runStep({
    name,
    command: [...command, `--outputFile.json=${reportFile}`, ...parameters] as [string, ...string[]],
    // One for all runs of a command: each loads the same modules in dozens of processes.
    environment: { NODE_COMPILE_CACHE: join(scratch, 'compiled'), ...environment },
    live: !quiet,
  });
  const tally = tallyOf(reportFile);
  const { failures, files } = detailsOf(reportFile, root);
  const longest = files.slice(0, 8).map(({ file, seconds }) => `${seconds} s ${file}`);
  if (!quiet) console.log(`  the longest files:\n${longest.map((each) => `    ${each}`).join('\n')}`);
  const named = failures.map((each) => `${name}: ${each}`);
  if (named.length === 0 && outcome.failed > 0) named.push(`${name}: the run broke`);
  return { ...tally, failed: outcome.failed > 0 ? Math.max(1, tally.failed) : tally.failed, failures: named };
}
