import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { connectObservations } from '#schema/observations/connect.ts';
import { contractBounds, describeObservations } from './observations-contract.ts';

describeObservations('the engine in this process', async () => {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'profpulse-contract-'));
  const log = pino({ level: 'silent' });
  const observations = await connectObservations({
    dataDirectory,
    database: 'contract',
    bounds: contractBounds,
    log,
  });
  return {
    observations,
    close: async () => {
      await observations.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
});
