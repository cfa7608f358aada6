import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pino } from 'pino';
import { demoEnvironment } from '#cli/demo-environment.ts';
import { collectHistory, openDemoWorld } from '#cli/demo-world.ts';
import { firstDay, type DemoSize } from '#cli/demo-history.ts';
import { startMessages } from '#cli/start-messages.ts';
import { systemClock } from '#domain/clock.ts';
import { readSettings } from '#domain/settings.ts';
import { setMachineClock } from '../clock/machine.ts';
import { keptFolders, openKept, pack, worldOfKept } from './folders.ts';
import { saidBy } from './said.ts';

/*
 * node tests/data-folders/make.ts <name>
 *
 * Makes the data directory that the code of today leaves behind, and what it says of it, for the tests of versions to come.
 * Run it before a migration is added, and name the folder by the newest migration there is.
 */

/** Two networks and seven weeks; a month, its index window and their rankings lie within. */
const size: DemoSize = { organisations: 6, historyWeeks: 7, weeklyWeeks: 5 };

async function make(name: string): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'profpulse-kept-'));
  try {
    const settings = readSettings(
      demoEnvironment({ DATA_DIR: directory, LOCALE: 'en', TIMEZONE: worldOfKept.zone }),
      { now: systemClock.now(), readFile: () => '' },
    );
    const world = await openDemoWorld(settings, pino({ level: 'silent' }), size);
    const { signal } = new AbortController();
    await collectHistory(world, { signal, messages: startMessages('en'), report: console.log });
    await world.close();
    const first = firstDay(world.anchor, worldOfKept.zone, size);
    if (first !== worldOfKept.historyFrom)
      throw new Error(`The history begins on ${first}: say so in folders.ts.`);
    const services = await openKept(directory);
    await services.aggregation.countLeft();
    const said = await saidBy(services);
    // Parts that were merged into others wait to be removed: eight tenths of the folder.
    const merged = await services.observations.rows<{ path: string }>(
      'SELECT path FROM system.parts WHERE NOT active',
    );
    await services.close();
    for (const { path } of merged) rmSync(resolve(directory, path), { recursive: true, force: true });
    pack(directory, name);
    writeFileSync(join(keptFolders, `${name}.json`), `${JSON.stringify(said)}\n`);
    console.log(`${statSync(join(keptFolders, `${name}.tar.gz`)).size} bytes`);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

const [name] = process.argv.slice(2);
if (name === undefined) {
  console.error('Usage: node tests/data-folders/make.ts <the newest migration, as 0007-read-twice>');
  process.exitCode = 2;
} else if (process.env['TEST_CLOCK_AHEAD'] === undefined) {
  // Once more, with the clock of the tests.
  setMachineClock();
  process.exitCode =
    spawnSync(process.execPath, [import.meta.filename, name], { stdio: 'inherit' }).status ?? 1;
} else await make(name);
