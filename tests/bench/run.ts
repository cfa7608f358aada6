import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#domain/clock.ts';
import { root } from '../steps.ts';
import { measurementTable, withinLimits } from './benchmark.ts';
import type { Benchmark, Measurement } from './benchmark.ts';
import { replaceSection } from './page.ts';

/*
 * npm run bench -- <name> [--write]      readers also takes [--minutes N]
 *
 * Prints a table for people and, as its last line, one line of JSON. `--write` puts the table into docs/benchmarks.md.
 */

const helpers = new Set(['run.ts', 'benchmark.ts', 'page.ts']);
const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !helpers.has(file))
  .map((file) => file.slice(0, -3));

/** The machine, as far as a reader needs it to compare. */
function machine(): string {
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  const model = cpus()[0]?.model.trim() ?? 'unknown processor';
  return `${availableParallelism()} cores (${model}), ${gigabytes} GB, Node ${process.version}, ${process.platform}`;
}

function write(name: string, question: string, measurement: Measurement): void {
  const path = join(root, 'docs/benchmarks.md');
  const day = systemClock.now().toISOString().slice(0, 10);
  const section = [
    `## ${name}`,
    '',
    question,
    '',
    `${day}; ${measurement.size}; ${machine()}.`,
    '',
    measurementTable(measurement),
  ].join('\n');
  writeFileSync(path, replaceSection(readFileSync(path, 'utf8'), name, section));
}

const [name = '', ...options] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(
    `Usage: npm run bench -- <name> [--write]; names: ${names.join(', ')}; got: ${name || 'nothing'}`,
  );
  process.exitCode = 2;
} else {
  const { benchmark } = (await import(`./${name}.ts`)) as { benchmark: Benchmark };
  console.log(benchmark.question);
  const measurement = await benchmark.run((progress) => console.log(`  ${progress}`), options);
  const ok = withinLimits(measurement);
  console.log(`\n${measurement.size}; ${machine()}\n\n${measurementTable(measurement)}\n`);
  if (options.includes('--write')) write(name, benchmark.question, measurement);
  console.log(JSON.stringify({ bench: name, ...measurement, ok }));
  process.exitCode = ok ? 0 : 1;
}
