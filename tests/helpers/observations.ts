import { rm } from 'node:fs/promises';
import pino from 'pino';
import type { Observations } from '#schema/observations/connect.ts';
import { connectObservations } from '#schema/observations/connect.ts';
import { makeDataDirectory } from './prepared-stores.ts';

/** Real embedded observations in a directory of their own, migrated; `close` removes them. */
export async function openTestObservations(
  memoryLimitMegabytes?: number,
): Promise<{ observations: Observations; close(): Promise<void> }> {
  const directory = await makeDataDirectory('observations');
  const observations = await connectObservations({
    dataDirectory: directory,
    database: 'profpulse',
    memoryLimitMegabytes,
    log: pino({ level: 'silent' }),
  });
  await observations.migrate();
  return {
    observations,
    close: async () => {
      await observations.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
