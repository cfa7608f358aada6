import { existsSync, fstatSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { systemClock } from '#domain/clock.ts';
import { DataDirectoryInUse } from '#schema/data-directory.ts';
import { checkCommand, opensSecrets, readsNetworks, runCommand } from './commands/index.ts';
import { needsDataDirectory } from './data-kept.ts';
import { readDemoMark, WrongDataDirectory } from './demo-mark.ts';
import { exitCodes } from './failures.ts';
import { sendCommand, type CommandOutput } from './command-socket-client.ts';
import { commandSocketPath } from './command-socket.ts';
import { refuseMissingData } from './missing-data.ts';
import { localeOf } from './messages.ts';
import { outputFile, writtenText } from './output-file.ts';
import { readEnvironment } from './project.ts';
import { openProcessLog } from './process-log.ts';
import { settingsFrom } from './settings.ts';

/** How long a process that takes commands, but not yet or no more, is waited for; and one that takes none. */
const patience = { starting: 15_000, other: 2_000 } as const;

/**
 * Runs a command and gives its exit code: in the process that holds the data directory when there is one, else in this
 * one. What it prints goes into `file` when one is named. Ctrl+C, SIGTERM and SIGHUP end it in order, with 130.
 */
export async function runHere(name: string, input: unknown, file?: string): Promise<number> {
  const target = file === undefined ? null : outputFile(file);
  const interrupted = new AbortController();
  const interrupt = (): void => {
    if (interrupted.signal.aborted) process.exit(exitCodes.interrupted);
    interrupted.abort(new DOMException('Interrupted.', 'AbortError'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, interrupt);
  // Whoever reads may have enough, as `head` does.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(exitCodes.interrupted);
  });
  const output: CommandOutput = {
    out: target ? target.take : (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
  };
  const exit = await runTo(output, name, input, interrupted.signal);
  if (exit !== 0) return interrupted.signal.aborted ? exitCodes.interrupted : exit;
  const locale = localeOf(process.env);
  if (target) output.err(writtenText(file ?? '', target.write(), locale));
  else if (isTable(name) && holdsBanner()) output.err(bannerTexts[locale]);
  return exit;
}

/** What npm prints before a command begins is in the file that `>` leads to. */
const bannerTexts = {
  ru: 'В файл попали и строки самого npm. Без них: --output файл вместо > файл.',
  en: 'The file holds npm’s own lines too. Without them: --output file in place of > file.',
} as const;

function isTable(name: string): boolean {
  return name === 'export' || name === 'leaderboard';
}

/** Whether npm has started us with its banner, and our output goes into a file. */
function holdsBanner(): boolean {
  const { npm_lifecycle_event: script, npm_config_loglevel: level } = process.env;
  if (script !== 'profpulse' || level === 'silent') return false;
  try {
    return fstatSync(1).isFile();
  } catch {
    return false; // Nowhere at all.
  }
}

async function runTo(
  output: CommandOutput,
  name: string,
  input: unknown,
  signal: AbortSignal,
): Promise<number> {
  const environment = readEnvironment();
  if (name === 'doctor') {
    const { diagnose } = await import('./commands/doctor.ts');
    return await diagnose(environment, output, signal);
  }

  const settings = await settingsFrom(environment, systemClock.now());
  await checkCommand(name, input, settings, systemClock.now());
  const isHeldOver = needsDataDirectory(settings);
  const socket = commandSocketPath(settings.DATA_DIR);
  const began = performance.now();
  for (;;) {
    const exit = isHeldOver ? await sendCommand(socket, { name, input }, output, signal) : null;
    if (exit !== null) return exit;
    const isDemo = existsSync(settings.DATA_DIR) && readDemoMark(settings.DATA_DIR) !== null;
    if (isDemo && ['collect', 'import', 'repair'].includes(name)) {
      throw new WrongDataDirectory({
        ru: `В папке ${settings.DATA_DIR} демонстрация: её сети живут в npm run demo. Запустите её, затем дайте команду снова.`,
        en: `${settings.DATA_DIR} is a demo's: its networks live in "npm run demo". Start that, then give the command again.`,
      });
    }
    try {
      return await runAlone();
    } catch (error) {
      // Another process has it, and may take the command in a moment.
      if (!(error instanceof DataDirectoryInUse)) throw error;
      const patient = error.holder?.socket ? patience.starting : patience.other;
      if (performance.now() - began > patient) throw error;
      await delay(250, undefined, { signal });
    }
  }

  async function runAlone(): Promise<number> {
    const log = openProcessLog(environment, settings, 'command');
    refuseMissingData(name, settings);
    const { openServices } = await import('./compose.ts');
    const services = await openServices(settings, {
      command: `profpulse ${name}`,
      clock: systemClock,
      log,
      reads: readsNetworks(name),
      opensSecrets: opensSecrets(name),
    });
    try {
      signal.throwIfAborted();
      return await runCommand(name, input, { ...output, services, signal });
    } finally {
      await services.close();
    }
  }
}
