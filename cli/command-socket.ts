import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The kernel takes no longer addresses of sockets (108 bytes, 104 on some systems). */
const longestAddress = 100;

/** Where the process that holds a data directory takes commands: in the directory when the path is short enough. */
export function commandSocketPath(dataDirectory: string): string {
  const directory = resolve(dataDirectory);
  const inside = join(directory, 'profpulse.sock');
  if (Buffer.byteLength(inside) <= longestAddress) return inside;
  const hash = createHash('sha256').update(directory).digest('hex').slice(0, 24);
  return join(tmpdir(), `profpulse-${hash}.sock`);
}

/** One line of a command's output on its way from the running process. */
export type CommandSocketLine = { out: string } | { err: string } | { exit: number };
