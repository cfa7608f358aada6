import { exitCodes } from './failures.ts';

/** Tells when the process is asked to end. */
export interface Shutdown {
  /** Aborted by the first SIGTERM, SIGINT (Ctrl+C) or SIGHUP; a second one ends the process on the spot. */
  readonly signal: AbortSignal;
  /** Resolves when that happens. */
  readonly asked: Promise<void>;
}

/** Listens for being asked to end. `announce` is called at the first time. */
export function listenForShutdown(announce: () => void = () => undefined): Shutdown {
  const controller = new AbortController();
  const asked = new Promise<void>((resolve) => {
    const end = (): void => {
      if (controller.signal.aborted) process.exit(exitCodes.interrupted);
      announce();
      controller.abort(new DOMException('Interrupted.', 'AbortError'));
      resolve();
    };
    for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(name, end);
  });
  // A reader of the output that has gone away is no reason to die in the middle of a write.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  return { signal: controller.signal, asked };
}
