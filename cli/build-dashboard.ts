import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative, sep } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { SaidError } from '#domain/said.ts';
import { DataDirectoryInUse, holdDataDirectory, type DataDirectoryHold } from '#schema/data-directory.ts';
import { localeOf } from './messages.ts';
import { projectDirectory } from './project.ts';

/** What the built dashboard is made from: its own room, those it bundles, and the versions of what it uses. */
const inputs = [
  'accounts',
  'dashboard/src',
  'dashboard/static',
  'dashboard/tsconfig.json',
  'dashboard/vite.config.ts',
  'analytics',
  'domain',
  'register',
  'schema',
  'wording',
  'package-lock.json',
] as const;
/** Made by the build itself (the catalogue's project keeps settings and a cache side by side), or not built in. */
const notBuilt =
  /(?:^|\/)(?:paraglide|node_modules)\/|(?:^|\/)project\.inlang\/(?!settings\.json$)|\.test\.ts$/;

const buildDirectory = join(projectDirectory, 'build');
const stampFile = join(buildDirectory, 'inputs.json');
const holdDirectory = join(projectDirectory, 'node_modules', '.cache', 'profpulse-build');

/** The dashboard could not be built; the message ends with what the builder said. */
export class DashboardBuildFailed extends SaidError {
  override readonly name = 'DashboardBuildFailed';
}

/** Whether a file of the inputs' folders, named from the root, is built in: what the build itself makes is not. */
export function isBuiltIn(name: string): boolean {
  return !notBuilt.test(name);
}

/** A hash over everything the build is made from. */
export function inputsHash(): string {
  const hash = createHash('sha256');
  for (const input of inputs) {
    const path = join(projectDirectory, input);
    if (!existsSync(path)) continue;
    const files = statSync(path).isDirectory()
      ? readdirSync(path, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
          .sort()
      : [path];
    for (const file of files) {
      const name = relative(projectDirectory, file).split(sep).join('/');
      if (!isBuiltIn(name)) continue;
      hash.update(`${name}\0`).update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

/** Whether the build is there and made from what is there now. */
export function isDashboardBuilt(hash = inputsHash()): boolean {
  try {
    const stamp = JSON.parse(readFileSync(stampFile, 'utf8')) as { hash: string };
    return stamp.hash === hash && existsSync(join(buildDirectory, 'handler.js'));
  } catch {
    return false; // No stamp, or one of a build that was cut short.
  }
}

/**
 * Builds the dashboard when the build is missing or old, in a process of its own whose output is shown only when it
 * fails. Two processes that want the same build wait for each other. Rejects with `DashboardBuildFailed`.
 */
export async function buildDashboard(
  options: { signal?: AbortSignal; onStart?: () => void } = {},
): Promise<void> {
  if (isDashboardBuilt()) return;
  refuseUnwritable([holdDirectory, buildDirectory, join(projectDirectory, 'dashboard')]);
  const hold = await holdBuild(options.signal);
  try {
    const hash = inputsHash();
    if (isDashboardBuilt(hash)) return;
    options.onStart?.();
    await runBuilder(options.signal);
    writeFileSync(stampFile, `${JSON.stringify({ hash })}\n`);
  } finally {
    hold.release();
  }
}

/**
 * Makes sure that this user can write where the build writes: an installed program often belongs to another one, or is
 * read-only. Throws `DashboardBuildFailed` naming the directory that cannot be made or written.
 */
export function refuseUnwritable(directories: readonly string[]): void {
  for (const directory of directories) {
    try {
      mkdirSync(directory, { recursive: true });
      accessSync(directory, constants.W_OK);
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? String(error);
      throw new DashboardBuildFailed(
        {
          ru:
            `Веб-интерфейс не собран или старше своих исходников, а этому пользователю нельзя писать в ${directory} (${why}). ` +
            'Выполните npm run build от имени владельца папки программы и запустите её снова. В контейнере соберите заново образ.',
          en:
            `The dashboard's build is missing or older than its sources, and this user cannot write ${directory} ` +
            `(${why}). Run "npm run build" as the owner of the program's ` +
            'folder, then start again. In a container, build the image again.',
        },
        { cause: error },
      );
    }
  }
}

async function holdBuild(signal: AbortSignal | undefined): Promise<DataDirectoryHold> {
  for (;;) {
    try {
      return holdDataDirectory(holdDirectory, { command: 'build' });
    } catch (error) {
      if (!(error instanceof DataDirectoryInUse)) throw error;
      await delay(200, undefined, signal ? { signal } : {});
    }
  }
}

/** The heap is bounded, so that building beside a running collection stays within the machine. */
const builderHeapMegabytes = 512;

function runBuilder(signal: AbortSignal | undefined): Promise<void> {
  const script = join(projectDirectory, 'cli', 'dashboard-builder.ts');
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    const builder = spawn(process.execPath, [`--max-old-space-size=${builderHeapMegabytes}`, script], {
      cwd: projectDirectory,
      env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(signal ? { signal } : {}),
    });
    builder.stdout.on('data', (part: Buffer) => said.push(part.toString()));
    builder.stderr.on('data', (part: Buffer) => said.push(part.toString()));
    builder.once('error', reject);
    builder.once('close', (code, end) => {
      if (code === 0) return resolve();
      const output = said.join('').trim().slice(-6000);
      reject(
        new DashboardBuildFailed({
          ru: `Веб-интерфейс собрать не удалось (${end ?? `код ${code}`}). Выполните npm ci и попробуйте снова.\n${output}`,
          en: `The dashboard could not be built (${end ?? `exit code ${code}`}). Run "npm ci", then try again.\n${output}`,
        }),
      );
    });
  });
}

/** The build's request handler. Name the trusted headers first: the build reads them when it is imported. */
export async function loadDashboard(): Promise<(request: object, response: object) => void> {
  const build = (await import(pathToFileURL(join(buildDirectory, 'handler.js')).href)) as {
    handler: (request: object, response: object) => void;
  };
  return build.handler;
}

const buildTexts = {
  ru: { begun: 'Собирается веб-интерфейс...', done: 'Веб-интерфейс собран.' },
  en: { begun: 'Building the dashboard...', done: 'The dashboard is built.' },
} as const;

if (import.meta.main) {
  const { endWithFailure } = await import('./failures.ts');
  try {
    const { readEnvironment } = await import('./project.ts');
    const words = buildTexts[localeOf(readEnvironment())];
    await buildDashboard({ onStart: () => process.stdout.write(`${words.begun}\n`) });
    process.stdout.write(`${words.done}\n`);
  } catch (error) {
    endWithFailure(error);
  }
}
