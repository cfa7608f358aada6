import type { z } from 'zod';
import type { CommandOutput } from '../command-socket-client.ts';
import type { Settings } from '#domain/settings.ts';
import type { Services } from '../services.ts';

/** What a command works with, in the running process or in one of its own. */
export interface CommandContext extends CommandOutput {
  services: Services;
  /** Aborted when the person gave up, or the process is ending. */
  signal: AbortSignal;
}

/** A command: the shape of its input, which may come over the socket, and what it does. `run` gives the exit code. */
export interface Command<Input> {
  input: z.ZodType<Input>;
  /** Throws `WrongArguments` for what can be told wrong without opening anything. */
  check?(input: Input, settings: Settings, now: Date): void;
  run(context: CommandContext, input: Input): Promise<number>;
}
