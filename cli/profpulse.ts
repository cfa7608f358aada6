import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { Command, CommanderError, Option } from 'commander';
import { telegramLogin } from './commands/telegram-login.ts';
import { exitCodes, endWithFailure, WrongArguments } from './failures.ts';
import { refuseSwallowed } from './npm-options.ts';
import { runHere } from './run-command.ts';
import { projectVersion, readEnvironment } from './project.ts';
import { openLog } from './settings.ts';
import { openTerminal } from './terminal.ts';

/** Runs one command of the tool: in the process that holds the data directory, else in this one. */
async function main(): Promise<void> {
  const program = new Command('profpulse')
    .description('ProfPulse: collects, keeps and ranks the public pages of a trade union federation')
    .version(projectVersion())
    .showHelpAfterError('(profpulse --help shows all commands)')
    .exitOverride();
  const run = async (name: string, input: unknown, file?: string): Promise<void> => {
    process.exitCode = await runHere(name, input, file);
  };
  const intoFile = [
    '--output <file>',
    'write it into this file instead, which only its owner reads',
  ] as const;

  program
    .command('collect')
    .description('read all pages now, or one, and end')
    .option('--page <link>', 'only this page')
    .option(
      '--slot <time>',
      'for this planned time, e.g. 2026-03-02T09:00; pages that have an outcome in it are left',
    )
    .action(async (options: { page?: string; slot?: string }) => await run('collect', options));
  program
    .command('import')
    .argument('<file>', 'the register as .csv or .xlsx')
    .description('take over organisations, people and pages from a file')
    .option('--dry-run', 'show what would change, and change nothing', false)
    .option('--skip-bad', 'leave out bad rows and take the others', false)
    .action(async (path: string, options: { dryRun: boolean; skipBad: boolean }) => {
      await run('import', { file: await fileOf(path), ...options });
    });
  program
    .command('export')
    .description('print the register as CSV')
    .option(...intoFile)
    .action(async ({ output }: { output?: string }) => await run('export', {}, output));
  program
    .command('leaderboard')
    .description('print the ranking of a period')
    .requiredOption('--from <day>', 'first local day, e.g. 2026-01-01')
    .requiredOption('--to <day>', 'last local day, inclusive')
    .addOption(new Option('--format <format>', 'how to print it').choices(['json', 'csv']).default('json'))
    .option(...intoFile)
    .action(async ({ output, ...options }: { from: string; to: string; format: string; output?: string }) => {
      await run('leaderboard', options, output);
    });
  program
    .command('doctor')
    .description('check the installation and say what to do')
    .action(async () => await run('doctor', {}));
  program
    .command('repair')
    .description(
      'read the whole past of all pages, or of one, once more: finds what is missing or wrongly deleted',
    )
    .option('--page <link>', 'only this page')
    .action(async (options: { page?: string }) => await run('repair', options));
  program
    .command('rollups')
    .description('the counts by day and month')
    .command('verify')
    .description('count them again from the posts and name what differs')
    .action(async () => await run('rollups verify', {}));
  program
    .command('telegram')
    .description('the accounts that read Telegram')
    .command('login')
    .description('sign an account in, and print its session')
    .option('--save-to <file>', 'write the session into this file, which only its owner reads')
    .option('--force', 'replace the file when it is there', false)
    .addHelpText(
      'after',
      `
Asks for the phone number, the code that Telegram sends to the app, and the password of two-step verification where there
is one. Needs TELEGRAM_API_ID and TELEGRAM_API_HASH from https://my.telegram.org ("API development tools"), and in Russia
mostly TELEGRAM_PROXY. Writes nothing into Telegram. Step by step: docs/telegram.md.`,
    )
    .action(async (options: { saveTo?: string; force: boolean }) => {
      const environment = readEnvironment();
      const log = openLog(environment.LOG_LEVEL || 'fatal');
      process.exitCode = await telegramLogin(environment, { ...options, log }, openTerminal());
    });
  refuseSwallowed(program, process.argv.slice(2), process.env);
  await program.parseAsync();
}

async function fileOf(path: string): Promise<{ name: string; content: string }> {
  try {
    return { name: basename(path), content: (await readFile(path)).toString('base64') };
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a directory' : code;
    throw new WrongArguments(`The file ${path} cannot be read: ${reason}.`);
  }
}

try {
  await main();
} catch (error) {
  if (error instanceof CommanderError) process.exit(error.exitCode === 0 ? 0 : exitCodes.wrongSetup);
  endWithFailure(error);
}
