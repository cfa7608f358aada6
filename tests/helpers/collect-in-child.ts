import pino from 'pino';
import { runCollection } from '#collector/run.ts';
import { createVkSource } from '#collector/sources/vk/source.ts';
import { connectObservations } from '#schema/observations/connect.ts';
import { connectOperations } from '#schema/operations/connect.ts';

/*
 * One run in a process of its own, to be killed in the middle: node collect-in-child.ts <directory> <url> <token> <instant>.
 * Prints each step of the progress.
 */

const [dataDirectory = '', url = '', token = '', instant = ''] = process.argv.slice(2);
const log = pino({ level: 'silent' });
const observations = await connectObservations({ dataDirectory, database: 'profpulse', log });
const operations = await connectOperations({ dataDirectory, log });
const clock = {
  now: () => new Date(instant),
  sleep: async () => {
    await new Promise((resolve) => setTimeout(resolve, 60_000));
  },
};
const source = createVkSource({ tokens: [token], url, requestsPerSecond: 500, dailyQuota: 5000, clock, log });
await runCollection(
  {
    sources: [source],
    observations,
    operations,
    clock,
    settings: { zone: 'Asia/Irkutsk', historyFrom: '2025-06-01' },
    log,
    onProgress: (progress) => process.stdout.write(`${JSON.stringify(progress)}\n`),
  },
  { slot: clock.now(), kind: 'schedule', pages: 'all' },
);
process.exit(0);
