import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The repository’s root. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** One command of the project’s own tools, with the name people see. */
export interface Step {
  name: string;
  /** Program and arguments; programs of `node_modules/.bin` are found. */
  command: readonly [string, ...string[]];
  /** Shown as it comes, instead of only when it fails. */
  live?: boolean;
  environment?: Record<string, string>;
}

/** How many checks passed and failed. */
export interface Tally {
  passed: number;
  failed: number;
  /** What failed, a line each, for the end of the output. */
  failures?: readonly string[];
}

/** The sum of several tallies. */
export function sumTallies(tallies: readonly Tally[]): Tally {
  const sum = { passed: 0, failed: 0, failures: [] as string[] };
  for (const { passed, failed, failures = [] } of tallies) {
    sum.passed += passed;
    sum.failed += failed;
    sum.failures.push(...failures);
  }
  return sum;
}

/** Says once more what failed, then the closing line that scripts look for. */
export function closeWith({ failures = [], ...tally }: Tally): void {
  if (failures.length > 0) console.log(`\nwhat failed:\n${failures.map((each) => `  ✗ ${each}`).join('\n')}`);
  console.log(`\n${closingLine(tally)}`);
}

/** The closing line that scripts look for. */
export function closingLine({ passed, failed }: Tally): string {
  return `${passed} passed, ${failed} failed`;
}

function spawnStep(step: Step): Promise<{ ok: boolean; output: string }> {
  const [program, ...parameters] = step.command;
  return new Promise((resolve) => {
    const child = spawn(program, parameters, {
      cwd: root,
      env: {
        ...process.env,
        ...step.environment,
        PATH: `${root}node_modules/.bin:${process.env['PATH'] ?? ''}`,
      },
      stdio: step.live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => resolve({ ok: false, output: `${program}: ${error.message}` }));
    child.on('close', (code) => resolve({ ok: code === 0, output: Buffer.concat(chunks).toString() }));
  });
}

/** Runs one step, says how it ended and how long it took, and shows its output when it failed. */
export async function runStep(step: Step): Promise<Tally> {
  const started = performance.now();
  const { ok, output } = await spawnStep(step);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`  ${ok ? '✓' : '✗'} ${step.name} (${seconds} s)`);
  if (!ok && output.trim() !== '') console.log(output.trimEnd().replace(/^/gm, '    '));
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, failures: [step.name] };
}

/** Does work for each, at most `concurrency` at a time; the answers come in the order in which they ended. */
export async function mapConcurrently<Each, Answer>(
  all: readonly Each[],
  concurrency: number,
  work: (each: Each) => Promise<Answer>,
): Promise<Answer[]> {
  const waiting = all.values();
  const answers: Answer[] = [];
  const worker = async () => {
    for (const each of waiting) answers.push(await work(each));
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return answers;
}

/** Runs steps that do not need each other, at most `concurrency` at a time. */
export async function runSteps(steps: readonly Step[], concurrency: number): Promise<Tally> {
  return sumTallies(await mapConcurrently(steps, concurrency, runStep));
}
