import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The directory of the project, wherever the process was started. */
export const projectDirectory = fileURLToPath(new URL('..', import.meta.url));

/** The version in `package.json`. */
export function projectVersion(): string {
  const content = JSON.parse(readFileSync(join(projectDirectory, 'package.json'), 'utf8')) as {
    version: string;
  };
  return content.version;
}

/**
 * The environment with what the project's `.env` adds to it; what is set outside wins. Database engines take the
 * host's zone where none is named, so the process itself always counts in UTC.
 */
export function readEnvironment(): NodeJS.ProcessEnv {
  const file = join(projectDirectory, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
  process.env.TZ = 'UTC';
  return process.env;
}
