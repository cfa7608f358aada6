import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { runCommand } from './commands/index.ts';
import type { Services } from './services.ts';
import { explainFailure } from './failures.ts';
import { commandSocketPath, type CommandSocketLine } from './command-socket.ts';

const handedCommand = z.object({ name: z.string(), input: z.unknown() });

/** A register of 32 MB in base64, and what is around it. */
const largestBody = 48 * 1024 * 1024;

/** Takes commands of the CLI while this process holds the data directory. */
export interface CommandSocketServer {
  /** Ends running commands by their signal, waits for them, and takes the socket away. */
  close(): Promise<void>;
}

/**
 * Listens on the data directory's socket, for this user alone. The directory must be held: a socket that is still there
 * was left behind by a killed process and is replaced.
 */
export async function serveCommandSocket(services: Services): Promise<CommandSocketServer> {
  const socket = commandSocketPath(services.settings.DATA_DIR);
  const shutdown = new AbortController();
  const running = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const answered = answer(services, request, response, shutdown.signal).finally(() =>
      running.delete(answered),
    );
    running.add(answered);
  });
  server.requestTimeout = 0;
  rmSync(socket, { force: true });
  const mask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(socket, resolve);
    });
  } finally {
    process.umask(mask);
  }
  chmodSync(socket, 0o600);
  return {
    close: async () => {
      shutdown.abort(new Error('ProfPulse is ending.'));
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.allSettled(running);
      server.closeAllConnections();
      await closed;
      rmSync(socket, { force: true });
    },
  };
}

async function answer(
  services: Services,
  request: IncomingMessage,
  response: ServerResponse,
  shutdown: AbortSignal,
): Promise<void> {
  const say = (line: CommandSocketLine): void => {
    response.write(`${JSON.stringify(line)}\n`);
  };
  const gone = new AbortController();
  response.once('close', () => gone.abort(new Error('The command was interrupted.')));
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  try {
    const command = handedCommand.parse(JSON.parse(await bodyOf(request)));
    const exit = await runCommand(command.name, command.input, {
      services,
      signal: AbortSignal.any([gone.signal, shutdown]),
      out: (text) => say({ out: text }),
      err: (text) => say({ err: text }),
    });
    say({ exit });
  } catch (error) {
    const failure = explainFailure(error, services.settings.LOCALE);
    services.log.warn({ err: error }, 'A command failed');
    say({ err: failure.message });
    say({ exit: failure.exitCode });
  }
  response.end();
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestBody) throw new Error('The file is too large to be handed over.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
