import { startProcess } from '../../e2e/processes.ts';
import { watchMemory } from './process-tree.ts';

/** What a command took. */
export interface Taken {
  /** The start of the process included. */
  seconds: number;
  /** Greatest memory of the process. */
  megabytes: number;
}

/** Runs a command of the tool in a process of its own, to its end. Throws its output when it fails. */
export async function profpulse(
  environment: Record<string, string>,
  parameters: readonly string[],
): Promise<Taken> {
  const started = performance.now();
  const run = startProcess('cli/profpulse.ts', environment, parameters);
  const memory = watchMemory(run.child.pid ?? 0);
  const code = await run.ended;
  memory.stop();
  if (code !== 0)
    throw new Error(`profpulse ${parameters.join(' ')} ended with ${String(code)}: ${run.output()}`);
  return { seconds: Math.round((performance.now() - started) / 100) / 10, megabytes: memory.peak() };
}
