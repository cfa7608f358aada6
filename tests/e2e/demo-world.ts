import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProcess } from './processes.ts';
import type { Running } from './processes.ts';

/** `npm run demo` in a data directory of its own. */
export interface DemoWorld {
  origin: string;
  /** Seconds from the command to the printed address. */
  startSeconds: number;
  process: Running;
  dataDirectory: string;
  /** Ends it in order and removes its data. */
  close(): Promise<void>;
}

/** Starts the demo, or a smaller one, on a free port and waits for the address it prints. */
export async function startDemoWorld(
  settings: Record<string, string> = {},
  file = 'cli/demo.ts',
): Promise<DemoWorld> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'profpulse-demo-'));
  const started = performance.now();
  const demo = startProcess(file, {
    PORT: '0',
    DATA_DIR: dataDirectory,
    LOG_LEVEL: 'error',
    ...settings,
  });
  const close = async () => {
    await demo.stop();
    rmSync(dataDirectory, { recursive: true, force: true });
  };
  try {
    const [origin] = await demo.says(/http:\/\/127\.0\.0\.1:\d+/);
    return {
      origin,
      startSeconds: (performance.now() - started) / 1000,
      process: demo,
      dataDirectory,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
