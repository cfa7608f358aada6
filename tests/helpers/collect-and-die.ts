import { pino } from 'pino';
import { openServices } from '#cli/compose.ts';
import { systemClock } from '#domain/clock.ts';
import { readSettings } from '#domain/settings.ts';

/*
 * One collection with its counting, in a process that kills itself as a power cut would:
 * node collect-and-die.ts <instant> <before|after>:<table>:<n>
 * at the n-th insert into that table of the observations (`owed` is the store of what is owed: its n-th statement).
 */

const [instant = '', point = ''] = process.argv.slice(2);
const [when, table, number] = point.split(':');
const now = new Date(instant);
const clock = { ...systemClock, now: () => now };
const settings = readSettings(process.env, { now, readFile: () => '' });
const services = await openServices(settings, {
  command: 'a test that dies',
  clock,
  timer: systemClock,
  simulatedNetworks: true,
  log: pino({ level: 'silent' }),
});

const die = (): void => {
  process.kill(process.pid, 'SIGKILL');
};
let seen = 0;
const { observations, operations } = services;
const insert = observations.insert.bind(observations);
observations.insert = async (into, rows, version) => {
  const isIt = into.table === table && rows.length > 0 && (seen += 1) === Number(number);
  if (isIt && when === 'before') die();
  await insert(into, rows, version);
  if (isIt && when === 'after') die();
};
const transaction = operations.transaction.bind(operations);
operations.transaction = async (work) => {
  const isIt = table === 'transaction' && (seen += 1) === Number(number);
  if (isIt && when === 'before') die();
  const result = await transaction(work);
  if (isIt && when === 'after') die();
  return result;
};
await services.collect({ slot: now, kind: 'schedule', pages: 'all' });
await services.close();
process.exit(0);
