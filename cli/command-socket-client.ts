import { request, type IncomingMessage } from 'node:http';
import { createInterface } from 'node:readline';
import { SaidError } from '#domain/said.ts';
import type { CommandSocketLine } from './command-socket.ts';

/** Where a command's output goes. */
export interface CommandOutput {
  out(text: string): void;
  err(text: string): void;
}

/** The running process ended, or was ended, before the command did. */
class CommandSocketBroken extends SaidError {
  override readonly name = 'HandoverBroken';

  constructor(options?: ErrorOptions) {
    super(
      {
        ru: 'Работающий ПрофПульс завершился раньше, чем команда. То, за что она взялась, либо сделано, либо не начато: дайте её ещё раз.',
        en: 'The running ProfPulse ended before the command did. What it had begun is either done or not begun: run it again.',
      },
      options,
    );
  }
}

/**
 * Hands a command to the process that listens on `socket`. Resolves with the command's exit code, or with `null` when
 * nobody listens there. Rejects with `HandoverBroken` when the process goes away; an aborted `signal` ends the
 * command, and its reason is what is rejected with.
 */
export async function sendCommand(
  socket: string,
  command: { name: string; input: unknown },
  output: CommandOutput,
  signal?: AbortSignal,
): Promise<number | null> {
  const response = await post(socket, JSON.stringify(command), signal);
  if (!response) return null;
  let exit: number | null = null;
  try {
    for await (const line of createInterface({ input: response, crlfDelay: Infinity })) {
      if (line === '') continue;
      const said = JSON.parse(line) as CommandSocketLine;
      if ('out' in said) output.out(said.out);
      else if ('err' in said) output.err(said.err);
      else exit = said.exit;
    }
  } catch (error) {
    signal?.throwIfAborted();
    throw new CommandSocketBroken({ cause: error });
  }
  signal?.throwIfAborted();
  if (exit === null) throw new CommandSocketBroken();
  return exit;
}

/** No socket, nobody behind it, or a data directory that is none: whoever opens it says what is wrong. */
const nobodyThere: ReadonlySet<string | undefined> = new Set([
  'ENOENT',
  'ECONNREFUSED',
  'ENOTDIR',
  'ENOTSOCK',
  'EACCES',
  'EPERM',
  'ELOOP',
]);

function post(
  socket: string,
  body: string,
  signal: AbortSignal | undefined,
): Promise<IncomingMessage | null> {
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        socketPath: socket,
        path: '/commands',
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
        ...(signal ? { signal } : {}),
      },
      (response) => {
        // An ended process shows as an error of the answer, which the reader above would never hear of.
        response.once('aborted', () => response.destroy(new CommandSocketBroken()));
        resolve(response);
      },
    );
    sent.once('error', (error: NodeJS.ErrnoException) => {
      if (signal?.aborted) reject(signal.reason as Error);
      else if (nobodyThere.has(error.code)) resolve(null);
      else reject(new CommandSocketBroken({ cause: error }));
    });
    sent.end(body);
  });
}
