import { Command, Option } from 'commander';
import { grantableRoles } from '#accounts/permissions.ts';
import type { Locale } from './messages.ts';
import { helpIn } from './program-language.ts';
import { helpTexts, valueTexts } from './help-texts.ts';

/** What the commands do; `file`: where their output goes when it is to be a file. */
export interface ProgramDeeds {
  run(name: string, input: unknown, file?: string): Promise<void>;
  import(path: string, options: { dryRun: boolean; skipBad: boolean }): Promise<void>;
  login(options: { saveTo?: string; force: boolean }): Promise<void>;
}

/** How the tool is started: by npm, or by its own name where it is installed. */
export function programName(environment: NodeJS.ProcessEnv): string {
  return environment['npm_lifecycle_event'] === 'profpulse' ? 'npm run profpulse --' : 'profpulse';
}

/** The tool's commands with their options and help, in that language. A wrong line is thrown as a `CommanderError`. */
export function makeProgram(
  locale: Locale,
  { name, version }: { name: string; version: string },
  { run, ...deeds }: ProgramDeeds,
): Command {
  const words = (key: keyof typeof helpTexts): string => helpTexts[key][locale];
  const value = (key: keyof typeof valueTexts): string => valueTexts[key][locale];
  const program = new Command(name)
    .description(words('tool'))
    .version(version, '-V, --version', words('version'))
    .exitOverride()
    .configureHelp(helpIn(locale))
    .configureOutput({ outputError: () => undefined })
    .helpOption('-h, --help', words('help'))
    .helpCommand(`help ${locale === 'ru' ? '[команда]' : '[command]'}`, words('helpCommand'));
  const add = (parent: Command, called: string, about: keyof typeof helpTexts): Command =>
    parent.command(called).description(words(about)).helpOption('-h, --help', words('help'));
  const intoFile = [`--output ${value('file')}`, words('output')] as const;
  const onlyPage = [`--page ${value('link')}`, words('onlyPage')] as const;

  add(program, 'collect', 'collect')
    .option(...onlyPage)
    .option(`--slot ${value('time')}`, words('slot'))
    .action(async (options: { page?: string; slot?: string }) => await run('collect', options));
  add(program, 'import', 'import')
    .argument(value('file'), words('importFile'))
    .option('--dry-run', words('dryRun'), false)
    .option('--skip-bad', words('skipBad'), false)
    .action(deeds.import);
  add(program, 'export', 'export')
    .option(...intoFile)
    .action(async ({ output }: { output?: string }) => await run('export', {}, output));
  add(program, 'leaderboard', 'leaderboard')
    .requiredOption(`--from ${value('day')}`, words('from'))
    .requiredOption(`--to ${value('day')}`, words('to'))
    .addOption(
      new Option(`--format ${value('format')}`, words('format')).choices(['json', 'csv']).default('json'),
    )
    .option(...intoFile)
    .action(async ({ output, ...options }: { from: string; to: string; format: string; output?: string }) => {
      await run('leaderboard', options, output);
    });
  add(program, 'doctor', 'doctor').action(async () => await run('doctor', {}));
  add(program, 'repair', 'repair')
    .option(...onlyPage)
    .action(async (options: { page?: string }) => await run('repair', options));
  const rollups = add(program, 'rollups', 'rollups').helpCommand(false);
  add(rollups, 'verify', 'verify').action(async () => await run('rollups verify', {}));
  const audit = add(program, 'audit', 'audit').helpCommand(false);
  add(audit, 'verify', 'auditVerify')
    .option(`--head ${value('hash')}`, words('auditHead'))
    .action(async (options: { head?: string }) => await run('audit verify', options));
  const secrets = add(program, 'secrets', 'secrets').helpCommand(false);
  add(secrets, 'rotate', 'secretsRotate')
    .option('--lost', words('secretsLost'), false)
    .action(async (options: { lost: boolean }) => await run('secrets rotate', options));
  const user = add(program, 'user', 'user').helpCommand(false);
  add(user, 'add', 'userAdd')
    .argument(value('email'), words('userEmail'))
    .requiredOption(`--name ${value('name')}`, words('userName'))
    .addOption(
      new Option(`--role ${value('role')}`, words('userRole'))
        .choices([...grantableRoles])
        .makeOptionMandatory(),
    )
    .option(`--organisation ${value('name')}`, words('userOrganisation'))
    .option(`--person ${value('name')}`, words('userPerson'))
    .action(async (email: string, options: Record<string, string>) => {
      await run('user add', { email, ...options });
    });
  add(user, 'reset', 'userReset')
    .argument(value('email'), words('userEmail'))
    .action(async (email: string) => await run('user reset', { email }));
  const token = add(program, 'token', 'token').helpCommand(false);
  add(token, 'create', 'tokenCreate')
    .requiredOption(`--name ${value('name')}`, words('tokenName'))
    .option(`--until ${value('day')}`, words('tokenUntil'))
    .action(async (options: { name: string; until?: string }) => await run('token create', options));
  const telegram = add(program, 'telegram', 'telegram').helpCommand(false);
  add(telegram, 'login', 'login')
    .option(`--save-to ${value('file')}`, words('saveTo'))
    .option('--force', words('force'), false)
    .addHelpText('after', words('loginMore'))
    .action(deeds.login);
  return program;
}
