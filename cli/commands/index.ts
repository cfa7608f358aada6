import { WrongArguments } from '../failures.ts';
import { collectCommand } from './collect.ts';
import type { Command, CommandContext } from './command.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { importCommand } from './import.ts';
import { leaderboardCommand } from './leaderboard.ts';
import { rollupsVerifyCommand } from './rollups.ts';

const commands: Readonly<Record<string, (context: CommandContext, input: unknown) => Promise<number>>> = {
  collect: runner(collectCommand),
  doctor: runner(doctorCommand),
  export: runner(exportCommand),
  import: runner(importCommand),
  leaderboard: runner(leaderboardCommand),
  'rollups verify': runner(rollupsVerifyCommand),
};

function runner<Input>(command: Command<Input>) {
  return (context: CommandContext, input: unknown): Promise<number> => {
    const read = command.input.safeParse(input);
    if (read.success) return command.run(context, read.data);
    const issue = read.error.issues[0];
    throw new WrongArguments(
      `Wrong input: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not understood'}.`,
    );
  };
}

/** Runs a command by its name and gives its exit code. Throws `WrongArguments` for a name or an input it does not know. */
export async function runCommand(name: string, input: unknown, context: CommandContext): Promise<number> {
  const run = commands[name];
  if (!run) {
    throw new WrongArguments(
      `The running ProfPulse does not know the command "${name}": it may be of another version. Start it again.`,
    );
  }
  return await run(context, input);
}
