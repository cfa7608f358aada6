import type { RequestListener } from 'node:http';
import { keepCompiled } from './compiled.ts';
import type { DemoSize } from './demo-history.ts';
import { endWithFailure } from './failures.ts';
import { readStartArguments, type Start } from './start-arguments.ts';
import { say, type StartMessages } from './start-messages.ts';

/** How a demo gets its dashboard. */
export interface DemoDashboard {
  /** What it is started as, and what it does, for `--help`. */
  start: Start;
  /** Makes it, before anything else is opened. */
  prepare(signal: AbortSignal, messages: StartMessages): Promise<void>;
  handler(): Promise<RequestListener>;
  close?(): Promise<void>;
}

/** Runs a demo of a size (the one that people see when left out) until it is asked to end, and ends the process. */
export async function runDemo(dashboard: DemoDashboard, size?: DemoSize): Promise<never> {
  try {
    if (readStartArguments(process.argv.slice(2), dashboard.start, say) === 'start') {
      keepCompiled();
      const { demoProcess } = await import('./demo-process.ts');
      await demoProcess(dashboard, size);
    }
    process.exit(0);
  } catch (error) {
    endWithFailure(error);
  }
}
