import type { Logger } from 'pino';
import type { Clock } from '#domain/clock.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { isMirrorBehind, readRegisterVersion } from '#schema/operations/data-version.ts';

/** How often the register is looked at, in milliseconds. */
const lookEvery = 5_000;

/** What is done when the register has changed. */
export interface RegisterWatcher {
  /** It is another one than was known: an import or an edit of another process that shares the databases. */
  onChange: () => void;
  /** What was entered was not brought over to the statistics by whoever entered it; asked for until it is. */
  bringOver: () => Promise<void>;
}

/**
 * Looks at the register every five seconds, and tells of each change since `seen`, as `readRegisterVersion` gave it. What is
 * not brought over for two looks, since its process ended or ClickHouse was away, is. Ends with `signal`; while the store
 * does not answer it goes on asking.
 */
export async function watchRegister(
  context: { operations: Operations; clock: Clock; log: Logger; signal: AbortSignal },
  seen: string | null,
  { onChange, bringOver }: RegisterWatcher,
): Promise<void> {
  const { operations, clock, log, signal } = context;
  let known = seen;
  let isAway = false;
  let wasBehind = false;
  let isTold = false;
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
    await lookBehind();
    await clock.sleep(lookEvery, signal).catch(() => undefined);
  }

  async function lookBehind(): Promise<void> {
    try {
      const isBehind = !isAway && (await isMirrorBehind(operations));
      if (isBehind && wasBehind) {
        await bringOver();
        log.info('What was entered while the statistics could not take it was brought over');
      }
      wasBehind = isBehind;
      isTold = false;
    } catch (error) {
      if (!isTold)
        log.warn({ err: error }, 'What was entered could not be brought over yet: it is tried again');
      isTold = true;
    }
  }
}
