import { keepCompiled } from './compiled.ts';
import type { DemoSize } from './demo-history.ts';
import type { DemoDashboard } from './demo-process.ts';
import { endWithFailure } from './failures.ts';
import { readStartArguments } from './start-arguments.ts';
import { say } from './start-messages.ts';

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
