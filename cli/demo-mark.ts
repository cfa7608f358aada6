import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { SaidError } from '#domain/said.ts';
import { logNames } from './process-log.ts';

/** What makes a demo's world: the same seed and anchor make the same world again. */
export interface DemoMark {
  seed: number;
  /** The instant the world was made for: its history lies before, and it lives on after. */
  anchor: Date;
}

const markShape = z.object({ seed: z.int(), anchor: z.iso.datetime(), organisations: z.int().optional() });
const markName = 'demo.json';

/** The data directory is of the other kind: a demo's, or a real one. */
export class WrongDataDirectory extends SaidError {
  override readonly name = 'WrongDataDirectory';
}

/** The mark of a demo's data directory; `null` when it is none. */
export function readDemoMark(dataDirectory: string): DemoMark | null {
  const file = join(resolve(dataDirectory), markName);
  if (!existsSync(file)) return null;
  try {
    const { seed, anchor } = markShape.parse(JSON.parse(readFileSync(file, 'utf8')));
    return { seed, anchor: new Date(anchor) };
  } catch (error) {
    throw new WrongDataDirectory(
      {
        ru: `${file} не прочитать, и неизвестно, какая там демонстрация. Удалите папку или укажите в DATA_DIR другую.`,
        en: `${file} cannot be read, so it is not known which demo is in there. Remove the directory, or set DATA_DIR to another.`,
      },
      { cause: error },
    );
  }
}

/** Marks a data directory as a demo's. Written before anything else is, so that no start can take it for a real one. */
export function writeDemoMark(dataDirectory: string, mark: DemoMark): void {
  const file = join(resolve(dataDirectory), markName);
  writeFileSync(
    `${file}.new`,
    `${JSON.stringify({ seed: mark.seed, anchor: mark.anchor.toISOString() }, null, 2)}\n`,
  );
  renameSync(`${file}.new`, file);
}

/** Refuses a demo's data directory for real work: made-up numbers must never be taken for observed ones. */
export function refuseDemo(dataDirectory: string): void {
  if (!readDemoMark(dataDirectory)) return;
  const directory = resolve(dataDirectory);
  throw new WrongDataDirectory({
    ru: `В папке ${directory} вымышленные данные демонстрации. Укажите в DATA_DIR другую папку или запустите демонстрацию: npm run demo.`,
    en: `${directory} holds the made-up data of a demo. Set DATA_DIR to another directory, or start it by "npm run demo".`,
  });
}

/** Refuses a directory with real data for a demo. */
export function refuseRealData(dataDirectory: string): void {
  const directory = resolve(dataDirectory);
  if (readDemoMark(directory) || !existsSync(directory)) return;
  const own = new Set(['process.lock', 'process.json', 'profpulse.sock', ...logNames]);
  if (readdirSync(directory).every((name) => own.has(name))) return;
  throw new WrongDataDirectory({
    ru: `В папке ${directory} не демонстрация, а другие данные. Укажите в DATA_DIR пустую папку или уберите эту настройку: тогда демонстрация возьмёт ./data/demo.`,
    en: `${directory} holds data that are not a demo's. Set DATA_DIR to an empty directory, or leave it unset: the demo then uses ./data/demo.`,
  });
}
