import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { readDemoMark } from '#cli/demo-mark.ts';
import { openServices } from '#cli/compose.ts';
import type { Services } from '#cli/services.ts';
import { systemClock } from '#domain/clock.ts';
import { readSettings } from '#domain/settings.ts';
import { SimulatorClock } from '#simulator/index.ts';
import type { Said } from './said.ts';

/** Where the kept folders stand: an archive and what its own version said of it, each named by the newest migration. */
export const keptFolders = import.meta.dirname;

/** The kept folders by name, the oldest first. */
export function listKept(): string[] {
  return readdirSync(keptFolders)
    .filter((file) => file.endsWith('.tar.gz'))
    .map((file) => file.slice(0, -'.tar.gz'.length))
    .sort();
}

/** What the version that made a folder said of it. */
export function keptSaid(name: string): Said {
  return JSON.parse(readFileSync(join(keptFolders, `${name}.json`), 'utf8')) as Said;
}

/** Packs a data directory that nobody has open. */
export function pack(directory: string, name: string): void {
  execFileSync('tar', ['-czf', join(keptFolders, `${name}.tar.gz`), '-C', directory, '.']);
}

/** Unpacks a kept folder into an empty directory. */
export function unpack(name: string, directory: string): void {
  execFileSync('tar', ['-xzf', join(keptFolders, `${name}.tar.gz`), '-C', directory]);
}

/** The days that a folder is made of, and the zone; they stand in the settings, not in the folder. */
export const worldOfKept = { historyFrom: '2026-09-30', zone: 'Asia/Irkutsk' };

/** Opens the data directory with the code of today, minutes after its last look. No network is asked. */
export async function openKept(directory: string): Promise<Services> {
  const mark = readDemoMark(directory);
  if (!mark) throw new Error(`${directory} holds no demo.`);
  const at = new Date(mark.anchor.getTime() + 10 * 60_000);
  const environment = {
    DATA_DIR: directory,
    TIMEZONE: worldOfKept.zone,
    HISTORY_FROM: worldOfKept.historyFrom,
    LOCALE: 'en',
    TELEGRAM_WEB_URL: 'http://127.0.0.1:9',
  };
  return await openServices(readSettings(environment, { now: at, readFile: () => '' }), {
    command: 'a test of kept folders',
    clock: new SimulatorClock({ at, speed: 0 }),
    timer: systemClock,
    demo: true,
    simulatedNetworks: true,
    log: pino({ level: 'silent' }),
  });
}
