import type { Clock } from '#domain/clock.ts';
import { TelegramFailure } from './errors.ts';

/**
 * Waits for work that may never end: for so many milliseconds of the timer, and until the signal is aborted. Throws
 * `TelegramFailure` (`silent`, `stopped`), or what the work threw. What comes of the work later is nobody's.
 */
export async function within<Result>(
  work: Promise<Result>,
  milliseconds: number,
  timer: Clock,
  signal?: AbortSignal,
): Promise<Result> {
  const settled = new AbortController();
  const ends = signal ? AbortSignal.any([settled.signal, signal]) : settled.signal;
  const late = timer.sleep(milliseconds, ends).then(
    () => {
      const seconds = Math.round(milliseconds / 1000);
      throw new TelegramFailure('silent', `network: Telegram gave no answer within ${seconds} s`);
    },
    () => {
      throw new TelegramFailure('stopped', 'stopped');
    },
  );
  late.catch(() => undefined);
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    settled.abort();
  }
}
