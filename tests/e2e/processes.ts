import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { clockVariables } from '../clock/machine.ts';
import { root } from '../steps.ts';

/** Seconds that are waited for a process: more than a slow and busy machine needs. */
const patience = 240;

/** A process of the product, as an operator starts it. */
export interface Running {
  child: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  /** Resolves with the match as soon as the output holds it; rejects with the output when the process ends first. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  /** Its exit code once it has ended; `null` after a signal. */
  ended: Promise<number | null>;
  /** Asks it to end (SIGTERM), waits, and answers the exit code; after 240 s it is killed. */
  stop(): Promise<number | null>;
}

const passedOn = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'LD_LIBRARY_PATH',
  'NODE_COMPILE_CACHE',
  ...clockVariables,
];

/** What a process of the product inherits, with its own settings: those of the developer’s machine do not leak in. */
export function environmentOf(
  settings: Record<string, string | undefined>,
): Record<string, string | undefined> {
  const environment: Record<string, string | undefined> = {};
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }
  return { ...environment, ...settings };
}

/** Starts a TypeScript file of the project with these settings and nothing else of this process’s environment. */
export function startProcess(
  file: string,
  settings: Record<string, string>,
  parameters: readonly string[] = [],
): Running {
  const child = spawn(process.execPath, [file, ...parameters], {
    cwd: root,
    env: environmentOf(settings),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  const listeners = new Set<() => void>();
  const take = (chunk: Buffer) => {
    text += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', take);
  child.stderr.on('data', take);
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code));
    child.once('error', (error) => {
      text += error.message;
      resolve(1);
    });
  });
  const says = async (pattern: RegExp): Promise<RegExpExecArray> => {
    const found = new Promise<RegExpExecArray>((resolve) => {
      const look = () => {
        const match = pattern.exec(text);
        if (match) resolve(match);
      };
      listeners.add(look);
      look();
    });
    const failure = (why: string) =>
      new Error(`${file} ${why} before it said ${String(pattern)}:\n${text.slice(-4000)}`);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(failure(`took more than ${patience} s`)), patience * 1000);
    });
    const gone = ended.then((code) => Promise.reject(failure(`ended with ${String(code)}`)));
    gone.catch(() => undefined);
    try {
      return await Promise.race([found, late, gone]);
    } finally {
      clearTimeout(timer);
    }
  };
  const stop = async (): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    const killer = setTimeout(() => child.kill('SIGKILL'), patience * 1000);
    const code = await ended;
    clearTimeout(killer);
    return code;
  };
  return { child, output: () => text, says, ended, stop };
}
