import type { Settings } from '#domain/settings.ts';
import { WrongArguments } from '../failures.ts';
import type { Command, CommandContext } from './command.ts';

interface Runner {
  check(input: unknown, settings: Settings, now: Date): void;
  run(context: CommandContext, input: unknown): Promise<number>;
}

interface Listed {
  /** Loads it: a process runs one of them, and each brings its own libraries. */
  load(): Promise<Runner>;
  /** Whether it asks the networks by the clients that a schedule's runs have. */
  reads: boolean;
  /** Whether it seals or opens secrets of the store. */
  opensSecrets?: boolean;
}

const commands: Readonly<Record<string, Listed>> = {
  'audit verify': {
    load: async () => runner((await import('./audit.ts')).auditVerifyCommand),
    reads: false,
  },
  collect: { load: async () => runner((await import('./collect.ts')).collectCommand), reads: true },
  doctor: { load: async () => runner((await import('./doctor.ts')).doctorCommand), reads: false },
  export: { load: async () => runner((await import('./export.ts')).exportCommand), reads: false },
  import: { load: async () => runner((await import('./import.ts')).importCommand), reads: false },
  leaderboard: {
    load: async () => runner((await import('./leaderboard.ts')).leaderboardCommand),
    reads: false,
  },
  repair: { load: async () => runner((await import('./repair.ts')).repairCommand), reads: true },
  'secrets rotate': {
    load: async () => runner((await import('./secrets-rotate.ts')).secretsRotateCommand),
    reads: false,
  },
  'token create': {
    load: async () => runner((await import('./token-create.ts')).tokenCreateCommand),
    reads: false,
    opensSecrets: true,
  },
  'user reset': {
    load: async () => runner((await import('./user-reset.ts')).userResetCommand),
    reads: false,
    opensSecrets: true,
  },
  'user add': {
    load: async () => runner((await import('./user-add.ts')).userAddCommand),
    reads: false,
    opensSecrets: true,
  },
  'rollups verify': {
    load: async () => runner((await import('./rollups.ts')).rollupsVerifyCommand),
    reads: false,
  },
};

function runner<Input>(command: Command<Input>): Runner {
  const read = (input: unknown): Input => {
    const result = command.input.safeParse(input);
    if (result.success) return result.data;
    const issue = result.error.issues[0];
    const [where, what] = [issue?.path.join('.') ?? '', issue?.message ?? 'not understood'];
    throw new WrongArguments({
      ru: `Команда не понята: ${where}: ${what}.`,
      en: `Wrong input: ${where}: ${what}.`,
    });
  };
  return {
    check: (input, settings, now) => command.check?.(read(input), settings, now),
    run: async (context, input) => await command.run(context, read(input)),
  };
}

function commandOf(name: string): Listed {
  const command = commands[name];
  if (command) return command;
  throw new WrongArguments({
    ru: `Работающий ПрофПульс не знает команды «${name}»: возможно, он другой версии. Запустите его заново.`,
    en: `The running ProfPulse does not know the command "${name}": it may be of another version. Start it again.`,
  });
}

/** Whether a command asks the networks. Throws `WrongArguments` for a name that it does not know. */
export function readsNetworks(name: string): boolean {
  return commandOf(name).reads;
}

/**
 * Whether a command seals or opens secrets, so that it wants their key; one that only changes the key looks itself. Throws
 * `WrongArguments` for a name that it does not know.
 */
export function opensSecrets(name: string): boolean {
  return commandOf(name).opensSecrets ?? false;
}

/** Rejects with `WrongArguments` for an input that can be told wrong without opening anything. */
export async function checkCommand(
  name: string,
  input: unknown,
  settings: Settings,
  now: Date,
): Promise<void> {
  const command = await commandOf(name).load();
  command.check(input, settings, now);
}

/** Runs a command by its name and gives its exit code. Rejects with `WrongArguments` for a name or an input it does not know. */
export async function runCommand(name: string, input: unknown, context: CommandContext): Promise<number> {
  const command = await commandOf(name).load();
  return await command.run(context, input);
}
