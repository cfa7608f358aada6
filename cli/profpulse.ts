import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { CommanderError } from 'commander';
import { asIs, type Said } from '#domain/said.ts';
import { keepCompiled } from './compiled.ts';
import { exitCodes, endWithFailure, WrongArguments } from './failures.ts';
import { localeOf } from './messages.ts';
import { refuseSwallowed } from './npm-options.ts';
import { makeProgram, programName } from './program.ts';
import { wrongLine } from './program-language.ts';
import { helpTexts } from './help-texts.ts';
import { environmentForHelp, projectVersion, readEnvironment } from './project.ts';

/** Runs one command of the tool: in the process that holds the data directory, else in this one. */
async function main(): Promise<void> {
  keepCompiled();
  const locale = localeOf(environmentForHelp());
  const name = programName(process.env);
  const run = async (command: string, input: unknown, file?: string): Promise<void> => {
    const { runHere } = await import('./run-command.ts');
    process.exitCode = await runHere(command, input, file);
  };
  const program = makeProgram(
    locale,
    { name, version: projectVersion() },
    {
      run,
      import: async (path, options) => await run('import', { file: await fileOf(path), ...options }),
      login: async (options) => {
        const { telegramLogin } = await import('./commands/telegram-login.ts');
        const { openLog } = await import('./settings.ts');
        const { openTerminal } = await import('./terminal.ts');
        const environment = readEnvironment();
        const log = openLog(environment.LOG_LEVEL || 'fatal');
        process.exitCode = await telegramLogin(environment, { ...options, log }, openTerminal());
      },
    },
  );
  refuseSwallowed(program, process.argv.slice(2), process.env);
  try {
    await program.parseAsync();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) process.exit(0);
    // A word of help was printed where nothing was asked for; anything else is said here.
    if (error.code !== 'commander.help') {
      const said = `${wrongLine(error, locale)}\n${helpTexts.allCommands[locale]}: ${name} --help`;
      process.stderr.write(`${said}\n`);
    }
    process.exit(exitCodes.wrongSetup);
  }
}

const unreadable: Readonly<Record<string, Said>> = {
  ENOENT: { ru: 'такого файла нет', en: 'there is no such file' },
  EISDIR: { ru: 'это папка', en: 'it is a directory' },
  EACCES: { ru: 'этому пользователю нельзя его читать', en: 'this user may not read it' },
};

async function fileOf(path: string): Promise<{ name: string; content: string }> {
  try {
    return { name: basename(path), content: (await readFile(path)).toString('base64') };
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    const reason = unreadable[code] ?? asIs(message);
    throw new WrongArguments({
      ru: `Файл ${path} не прочитать: ${reason.ru}.`,
      en: `The file ${path} cannot be read: ${reason.en}.`,
    });
  }
}

try {
  await main();
} catch (error) {
  endWithFailure(error);
}
