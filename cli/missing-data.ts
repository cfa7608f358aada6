import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { SaidError, type Said } from '#domain/said.ts';
import type { Settings } from '#domain/settings.ts';
import { dataDirectoryHolder } from '#schema/data-directory.ts';

/** Commands that may begin a data directory; all others only look at what is there, or mend it. */
const beginning: ReadonlySet<string> = new Set(['collect', 'import']);

/** There are no data where a command is to look at them. */
export class DataMissing extends SaidError {
  override readonly name = 'DataMissing';

  constructor(what: Said) {
    super({
      ru: `${what.ru}. Ничего не создано. Если ПрофПульс здесь ещё не запускали, это не ошибка: запустите npm start или загрузите реестр командой npm run profpulse -- import файл.csv. Если данные уже были, проверьте DATA_DIR; если он верен, остановите ПрофПульс и верните папку из резервной копии.`,
      en: `${what.en}. Nothing was created. If ProfPulse was never started here, this is no fault: run npm start, or take a register over by npm run profpulse -- import file.csv. If there were data, look at DATA_DIR; if it is right, stop ProfPulse and put the directory back from a backup.`,
    });
  }
}

/**
 * Throws `DataMissing` where a command that begins nothing (`doctor`, `export`, ...) would make a new, empty store in place
 * of the one it is to look at. A directory that another process holds is that one's to fill.
 */
export function refuseMissingData(
  name: string,
  settings: Pick<Settings, 'DATA_DIR' | 'CLICKHOUSE_URL' | 'OPERATIONS_DATABASE_URL'>,
): void {
  const kept =
    settings.OPERATIONS_DATABASE_URL === undefined
      ? 'operations.sqlite'
      : settings.CLICKHOUSE_URL === undefined
        ? 'clickhouse'
        : null;
  if (beginning.has(name) || kept === null) return;
  const directory = resolve(settings.DATA_DIR);
  const found = statSync(directory, { throwIfNoEntry: false });
  if (!found) {
    throw new DataMissing({
      ru: `Папки данных ${directory} нет`,
      en: `There is no data directory ${directory}`,
    });
  }
  // What is no directory is refused where it is opened, with the cause.
  if (!found.isDirectory()) return;
  if (existsSync(join(directory, kept)) || dataDirectoryHolder(directory) !== null) return;
  throw new DataMissing({
    ru: `В папке данных ${directory} нет ${kept}: данных там ещё нет или они пропали`,
    en: `The data directory ${directory} has no ${kept}: there are no data yet, or they are gone`,
  });
}
