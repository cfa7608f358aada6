import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import pg from 'pg';

/** Where Debian's packages put PostgreSQL, a folder for each version. */
const packages = '/usr/lib/postgresql';

/** A real PostgreSQL server in a folder of its own, which can be ended in every way. */
export interface PostgresServer {
  readonly port: number;
  /** The address of a database, which is made when it is missing; through another port, such as a proxy's, when said. */
  database(name: string, port?: number): Promise<string>;
  /** Carries out a statement as the superuser, in the server's own database when no other is named. */
  administer(statement: string, database?: string): Promise<Record<string, unknown>[]>;
  start(): Promise<void>;
  /** Ends at once, without a word to its clients (SIGQUIT), as in a crash. */
  stopAtOnce(): Promise<void>;
  /** Stops all of its processes where they are, and lets them go on. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** The folder of the newest version's programs; throws with what to do where there is none. */
export function postgresPrograms(): string {
  const versions = existsSync(packages) ? readdirSync(packages).map(Number).filter(Boolean) : [];
  if (versions.length === 0)
    throw new Error('PostgreSQL is not installed: apt-get install -y --no-install-recommends postgresql');
  return join(packages, String(Math.max(...versions)), 'bin');
}

/** PostgreSQL refuses to run as root; then its own user runs it. */
function runner(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/** Ends a server when this process has gone, however it went: the other end of a pipe outlives nobody. */
function guard(pid: number, server: ChildProcess): void {
  const watching = spawn('sh', ['-c', 'cat; kill -QUIT "$1" 2>/dev/null', 'sh', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  server.once('exit', () => watching.kill('SIGKILL'));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts a new, empty server with so many connections at most. */
export async function startPostgres({ connections }: { connections: number }): Promise<PostgresServer> {
  const programs = postgresPrograms();
  const user = runner();
  // Not in the folder of this run's tests, which is closed to others.
  const directory = mkdtempSync('/tmp/profpulse-postgres-');
  if (user) chownSync(directory, user.uid, user.gid);
  const data = join(directory, 'data');
  // Messages in English, and nothing of the machine's own settings.
  const env = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' };
  const options = { ...user, env, cwd: directory };
  execFileSync(
    join(programs, 'initdb'),
    ['--pgdata', data, '--auth=trust', '--username=postgres', '--encoding=UTF8', '--no-sync'],
    { ...options, stdio: 'pipe' },
  );
  const port = await freePort();
  let server: ChildProcess | null = null;

  const administer: PostgresServer['administer'] = async (statement, database = 'postgres') => {
    const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database });
    try {
      await client.connect();
      return (await client.query(statement)).rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  const start = async (): Promise<void> => {
    const settings = {
      port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: directory,
      max_connections: connections,
      // The machine goes on when the server crashes.
      fsync: 'off',
    };
    const parameters = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const child = spawn(join(programs, 'postgres'), ['-D', data, ...parameters], {
      ...options,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server = child;
    if (child.pid !== undefined) guard(child.pid, child);
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stderr?.on('data', (chunk: Buffer) => {
        said = (said + chunk.toString()).slice(-4000);
        if (said.includes('ready to accept connections')) resolve();
      });
      child.once('error', reject);
      child.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${said}`)));
    });
  };
  const end = async (signal: 'SIGQUIT' | 'SIGINT'): Promise<void> => {
    const child = server;
    server = null;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  /** The server and what it has started: each is a group of its own. */
  const processes = (): number[] => {
    const pid = server?.pid;
    if (pid === undefined) return [];
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return [pid, ...children.split(' ').filter(Boolean).map(Number)];
  };
  const signalAll = (signal: 'SIGSTOP' | 'SIGCONT'): void => {
    for (const pid of processes()) {
      try {
        process.kill(pid, signal);
      } catch (error) {
        // Ended meanwhile, as each does whose client has gone.
        if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
      }
    }
  };
  const leave = (): void => {
    server?.kill('SIGQUIT');
    rmSync(directory, { recursive: true, force: true });
  };
  process.once('exit', leave);
  await start();
  await administer('CREATE ROLE profpulse LOGIN');
  return {
    port,
    administer,
    start,
    database: async (name, through = port) => {
      const known = await administer(`SELECT 1 FROM pg_database WHERE datname = '${name}'`);
      if (known.length === 0) await administer(`CREATE DATABASE ${name} OWNER profpulse`);
      return `postgres://profpulse@127.0.0.1:${through}/${name}`;
    },
    stopAtOnce: () => end('SIGQUIT'),
    freeze: () => signalAll('SIGSTOP'),
    thaw: () => signalAll('SIGCONT'),
    close: async () => {
      signalAll('SIGCONT');
      await end('SIGINT');
      leave();
      process.off('exit', leave);
    },
  };
}
