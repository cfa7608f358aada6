import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { closingLine } from '../steps.ts';
import type { Tally } from '../steps.ts';
import type { CheckData } from './data-check.ts';

/*
 * Checks over real answers of the networks, which are other people’s data and no part of the project:
 *
 *     npm run data-checks -- <folder>
 */

const here = import.meta.dirname;
const helpers = new Set(['run.ts', 'data-check.ts']);

async function main(folder: string): Promise<Tally> {
  const tally = { passed: 0, failed: 0 };
  const files = readdirSync(here).filter((file) => file.endsWith('.ts') && !helpers.has(file));
  for (const file of files) {
    const { checkData } = (await import(`./${file}`)) as { checkData?: CheckData };
    if (!checkData) throw new Error(`tests/data-checks/${file} does not export checkData.`);
    for (const { name, problem } of await checkData(folder)) {
      tally[problem === null ? 'passed' : 'failed'] += 1;
      console.log(problem === null ? `  ✓ ${name}` : `  ✗ ${name}\n    ${problem}`);
    }
  }
  return tally;
}

const [argument] = process.argv.slice(2);
if (argument === undefined || !existsSync(argument)) {
  console.error(
    `Usage: npm run data-checks -- <folder with vk-schema/, vk-captures/ and telegram-web/>; got: ${argument ?? 'nothing'}`,
  );
  process.exitCode = 2;
} else {
  const tally = await main(resolve(argument));
  console.log(closingLine(tally));
  process.exitCode = tally.failed === 0 && tally.passed > 0 ? 0 : 1;
}
