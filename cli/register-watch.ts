import type { Logger } from 'pino';
import type { Clock } from '../domain/clock.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { readRegisterVersion } from '../schema/operations/data-version.ts';

/** How often the register is looked at, in milliseconds. */
const lookEvery = 5_000;

/**
 * Calls `onChange` when the register is another one than `seen`, as `readRegisterVersion` gave it, and after each change
 * since: an import or an edit of another process that shares the databases. Ends with `signal`; while the store does not
 * answer it goes on asking.
 */
export async function watchRegister(
  context: { operations: Operations; clock: Clock; log: Logger; signal: AbortSignal },
  seen: string | null,
  onChange: () => void,
): Promise<void> {
  const { operations, clock, log, signal } = context;
  let known = seen;
  let isAway = false;
  while (!signal.aborted) {
    try {
      const version = await readRegisterVersion(operations);
      isAway = false;
      if (version !== known) onChange();
      known = version;
    } catch (error) {
      if (!isAway) log.warn({ err: error }, 'Whether the register was changed is not known at the moment');
      isAway = true;
    }
    await clock.sleep(lookEvery, signal).catch(() => undefined);
  }
}
