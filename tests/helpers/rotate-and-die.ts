import { pino } from 'pino';
import { machine } from '#accounts/actor.ts';
import { rotateKeys, type RotationStep } from '#cli/rotate-keys.ts';
import { systemClock } from '#domain/clock.ts';
import { readSettings } from '#domain/settings.ts';
import { connectOperations } from '#schema/operations/connect.ts';

/*
 * A change of keys in a process that kills itself as a power cut would, once a step of it is done:
 * node rotate-and-die.ts <step>
 */

const fatal = process.argv[2] as RotationStep;
const settings = readSettings(process.env, { now: systemClock.now(), readFile: () => '' });
const operations = await connectOperations({
  url: settings.OPERATIONS_DATABASE_URL,
  dataDirectory: settings.DATA_DIR,
  log: pino({ level: 'silent' }),
});
const by = { at: systemClock.now(), who: machine.who };
await rotateKeys(settings, operations, by, (step) => {
  if (step === fatal) process.kill(process.pid, 'SIGKILL');
});
await operations.close();
