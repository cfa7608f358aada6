import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import { asIs, SaidError } from '#domain/said.ts';
import { readText } from './text-file.ts';

/** The directory of the project, wherever the process was started. */
export const projectDirectory = fileURLToPath(new URL('..', import.meta.url));

/** The version in `package.json`. */
export function projectVersion(): string {
  const content = JSON.parse(readFileSync(join(projectDirectory, 'package.json'), 'utf8')) as {
    version: string;
  };
  return content.version;
}

/** The project's `.env` is there and cannot be read: none of its settings holds. */
export class EnvironmentFileUnreadable extends SaidError {
  override readonly name = 'EnvironmentFileUnreadable';
}

/**
 * The environment with what the project's `.env` adds to it; what is set outside wins. Database engines take the
 * host's zone where none is named, so the process itself always counts in UTC. Throws `EnvironmentFileUnreadable`.
 */
export function readEnvironment(
  file: string = join(projectDirectory, '.env'),
  environment: NodeJS.ProcessEnv = process.env,
): NodeJS.ProcessEnv {
  for (const [name, value] of Object.entries(environmentFile(file))) environment[name] ??= value;
  environment.TZ = 'UTC';
  return environment;
}

/** As `readEnvironment`, for what is said before settings matter: a file that cannot be read is told by who needs it. */
export function environmentForHelp(): NodeJS.ProcessEnv {
  try {
    return readEnvironment();
  } catch {
    return process.env;
  }
}

function environmentFile(file: string): NodeJS.Dict<string> {
  // A link that leads nowhere is there: its owner means something by it.
  if (!lstatSync(file, { throwIfNoEntry: false })) return {};
  try {
    return parseEnv(readText(file));
  } catch (error) {
    const cause =
      error instanceof SaidError ? error.said : asIs(error instanceof Error ? error.message : String(error));
    throw new EnvironmentFileUnreadable(
      {
        ru: `Настройки из ${file} не прочитать: ${cause.ru}. Ничего не запущено. Исправьте файл или уберите его.`,
        en: `The settings in ${file} cannot be read: ${cause.en}. Nothing was started. Mend the file, or take it away.`,
      },
      { cause: error },
    );
  }
}
