import type { Settings } from '../../domain/settings.ts';
import { WrongArguments } from '../failures.ts';
import { collectCommand } from './collect.ts';
import type { Command, CommandContext } from './command.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { leaderboardCommand } from './leaderboard.ts';
import { repairCommand } from './repair.ts';
import { rollupsVerifyCommand } from './rollups.ts';

interface Runner {
  check(input: unknown, settings: Settings, now: Date): void;
  run(context: CommandContext, input: unknown): Promise<number>;
}

const commands: Readonly<Record<string, Runner>> = {
  collect: runner(collectCommand),
  doctor: runner(doctorCommand),
  export: runner(exportCommand),
  import: runner(importCommand),
  leaderboard: runner(leaderboardCommand),
  repair: runner(repairCommand),
  'rollups verify': runner(rollupsVerifyCommand),
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

function commandOf(name: string): Runner {
  const command = commands[name];
  if (command) return command;
  throw new WrongArguments({
    ru: `Работающий ПрофПульс не знает команды «${name}»: возможно, он другой версии. Запустите его заново.`,
    en: `The running ProfPulse does not know the command "${name}": it may be of another version. Start it again.`,
  });
}

/** Throws `WrongArguments` for an input that can be told wrong without opening anything. */
export function checkCommand(name: string, input: unknown, settings: Settings, now: Date): void {
  commandOf(name).check(input, settings, now);
}

/** Runs a command by its name and gives its exit code. Throws `WrongArguments` for a name or an input it does not know. */
export async function runCommand(name: string, input: unknown, context: CommandContext): Promise<number> {
  return await commandOf(name).run(context, input);
}
