import { parseArgs } from 'node:util';
import { createSimulation, SimulatorClock } from './index.ts';

/** A wrong option of the command line; the message says which and what is wanted. */
export class SimulatorOptionError extends Error {
  override readonly name = 'SimulatorOptionError';
}

/** What the command line asks for. */
export interface ServeOptions {
  port: number;
  seed: number;
  organisations: number;
  anchor: Date;
  speed: number;
  /** Channels of Telegram too: their pages of `t.me` are served at the next port. */
  channels: boolean;
  /** Print the register and end. */
  register: boolean;
}

const usage = `node simulator/serve.ts [--port 0] [--seed 1] [--organisations 45] [--anchor 2026-03-01T04:00:00Z] [--speed 1] [--channels] [--register]`;

function wholeNumber(name: string, text: string, least: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new SimulatorOptionError(
      `--${name} got "${text}", wants a whole number of at least ${least}.\n${usage}`,
    );
  }
  return value;
}

/** Reads the command line; throws `SimulatorOptionError`. The anchor is the present without one. */
export function readOptions(parameters: readonly string[], now: Date): ServeOptions {
  const read = (): Partial<Record<string, string | boolean>> => {
    try {
      return parseArgs({
        args: [...parameters],
        options: {
          port: { type: 'string' },
          seed: { type: 'string' },
          organisations: { type: 'string' },
          anchor: { type: 'string' },
          speed: { type: 'string' },
          channels: { type: 'boolean' },
          register: { type: 'boolean' },
        },
      }).values;
    } catch (error) {
      throw new SimulatorOptionError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    }
  };
  const values = read();
  const text = (name: string, fallback: string): string => String(values[name] ?? fallback);
  const anchor = new Date(text('anchor', now.toISOString()));
  if (Number.isNaN(anchor.getTime())) {
    throw new SimulatorOptionError(
      `--anchor got "${text('anchor', '')}", wants an instant such as 2026-03-01T04:00:00Z.\n${usage}`,
    );
  }
  const speed = Number(text('speed', '1'));
  if (!(speed >= 0) || !Number.isFinite(speed)) {
    throw new SimulatorOptionError(
      `--speed got "${text('speed', '')}", wants a number of zero or more.\n${usage}`,
    );
  }
  return {
    port: wholeNumber('port', text('port', '0'), 0),
    seed: wholeNumber('seed', text('seed', '1'), 0),
    organisations: wholeNumber('organisations', text('organisations', '45'), 1),
    anchor,
    speed,
    channels: values['channels'] === true,
    register: values['register'] === true,
  };
}

/** Serves until it is interrupted, or prints the register. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), new SimulatorClock().now());
  const clock = new SimulatorClock({ at: options.anchor, speed: options.speed });
  const { seed, anchor, organisations, channels } = options;
  const simulation = createSimulation({ seed, anchor, clock, size: { organisations, channels } });
  if (options.register) {
    process.stdout.write(simulation.registerCsv());
    return;
  }
  const server = await simulation.serveVk({ port: options.port });
  process.stdout.write(`VK API: ${server.url}\n`);
  for (const token of server.tokens.values()) {
    process.stdout.write(`${token.settings.kind} key: ${token.settings.token}\n`);
  }
  const servers: { close: () => Promise<void> }[] = [server];
  const closeAll = async (): Promise<void> => {
    await Promise.all(servers.map((each) => each.close()));
  };
  if (channels) {
    const next = (steps: number): number => (options.port === 0 ? 0 : options.port + steps);
    try {
      const web = await simulation.serveTelegramWeb({ port: next(1) });
      servers.push(web);
      process.stdout.write(`t.me: ${web.url}\n`);
      const telegram = await simulation.serveTelegram({ port: next(2) });
      servers.push(telegram);
      process.stdout.write(`Telegram: ${telegram.proxy}, api_id ${telegram.apiId}\n`);
      for (const session of telegram.sessions) process.stdout.write(`session: ${session}\n`);
    } catch (error) {
      await closeAll();
      throw error;
    }
  }
  const end = (): void => void closeAll();
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
}

if (import.meta.main) {
  main().catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
