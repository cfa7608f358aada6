import { schedule } from 'node-cron';

/**
 * The next instant of a cron expression in a zone, as the schedule itself plans it. Throws what the schedule throws at an
 * expression it does not understand, or whose days never come, such as 31 February.
 */
export function nextSlot(cron: string, zone: string): Date | null {
  const task = schedule(cron, () => undefined, { timezone: zone });
  try {
    return task.getNextRun();
  } finally {
    void task.destroy();
  }
}
