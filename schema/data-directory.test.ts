import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  dataDirectoryHolder,
  DataDirectoryInUse,
  heldDirectoryFault,
  holdDataDirectory,
} from './data-directory.ts';

const module = join(import.meta.dirname, 'data-directory.ts');

let directory: string;
let child: ChildProcess | null = null;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-hold-'));
});
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  child = null;
  rmSync(directory, { recursive: true, force: true });
});

/** A process of its own that holds the directory until it is killed. */
async function holdInChild(): Promise<number> {
  const code = `
    const { holdDataDirectory } = await import(${JSON.stringify(module)});
    holdDataDirectory(${JSON.stringify(directory)}, { command: 'profpulse start', socket: '/tmp/s' });
    globalThis.gc();
    console.log('held');
    setInterval(() => undefined, 1000);
  `;
  const holder = spawn(process.execPath, ['--expose-gc', '--input-type=module', '-e', code], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child = holder;
  await once(holder.stdout, 'data');
  return holder.pid ?? 0;
}

describe('holdDataDirectory', () => {
  it('makes the directory, and says who holds it', () => {
    const path = join(directory, 'new', 'data');
    const hold = holdDataDirectory(path, { command: 'profpulse import', socket: '/tmp/x.sock' });
    const holder = dataDirectoryHolder(path);
    expect(holder).toMatchObject({ pid: process.pid, command: 'profpulse import', socket: '/tmp/x.sock' });
    expect(Number.isNaN(Date.parse(holder?.started ?? ''))).toBe(false);
    hold.release();
    hold.release();
    expect(dataDirectoryHolder(path)).toBeNull();
    expect(existsSync(join(path, 'process.json'))).toBe(false);
  });

  it('is refused a second time in one process', () => {
    const hold = holdDataDirectory(directory, { command: 'profpulse start' });
    expect(() => holdDataDirectory(directory, { command: 'profpulse collect' })).toThrow(DataDirectoryInUse);
    hold.release();
    holdDataDirectory(directory, { command: 'profpulse collect' }).release();
  });

  it('names the process that holds it, and what to do', async () => {
    const pid = await holdInChild();
    const refused = () => holdDataDirectory(directory, { command: 'profpulse start' });
    expect(refused).toThrow(`in use by process ${pid} (profpulse start, since 2`);
    expect(refused).toThrow(/since \d{4}-\d\d-\d\d, \d\d:\d\d UTC\)/u);
    expect(refused).toThrow('set DATA_DIR to another directory');
    expect(dataDirectoryHolder(directory)).toMatchObject({ pid, socket: '/tmp/s' });
  });

  it('says since when in the zone that is given, in the words of a terminal', () => {
    const hold = holdDataDirectory(directory, { command: 'profpulse start' });
    const holder = { pid: 7, command: 'npm start', started: '2026-03-10T20:05:59.000Z', socket: null };
    writeFileSync(join(directory, 'process.json'), JSON.stringify(holder));
    const refused = (): unknown => {
      try {
        return holdDataDirectory(directory, { command: 'x', zone: 'Asia/Irkutsk' });
      } catch (error) {
        return error;
      }
    };
    expect(refused()).toMatchObject({
      said: {
        ru: expect.stringContaining('уже занял процесс 7 (npm start, запущен 11.03.2026, 04:05)') as string,
        en: expect.stringContaining('process 7 (npm start, since 2026-03-11, 04:05)') as string,
      },
    });
    hold.release();
  });

  it('can be taken after the holder was killed, whatever it left behind', async () => {
    await holdInChild();
    child?.kill('SIGKILL');
    if (child) await once(child, 'exit');
    expect(readFileSync(join(directory, 'process.json'), 'utf8')).toContain('profpulse start');
    expect(dataDirectoryHolder(directory)).toBeNull();
    const hold = holdDataDirectory(directory, { command: 'profpulse doctor' });
    expect(dataDirectoryHolder(directory)).toMatchObject({ pid: process.pid, command: 'profpulse doctor' });
    hold.release();
  });

  it('says so when the holder has not said who it is', () => {
    const hold = holdDataDirectory(directory, { command: 'profpulse start' });
    writeFileSync(join(directory, 'process.json'), '{ "pid":');
    expect(() => holdDataDirectory(directory, { command: 'x' })).toThrow(
      'another process, which has not said',
    );
    hold.release();
  });

  it('is held by nobody where there is no directory', () => {
    expect(dataDirectoryHolder(join(directory, 'none'))).toBeNull();
  });

  it('passes on what is wrong with the directory itself', () => {
    writeFileSync(
      join(directory, 'process.lock'),
      'This is no database, and much longer than its header.'.repeat(20),
    );
    expect(() => holdDataDirectory(directory, { command: 'x' })).toThrow('not a database');
  });
});

describe('heldDirectoryFault', () => {
  it('tells of a directory that was removed, or replaced, under the process that holds it', () => {
    const path = join(directory, 'data');
    expect(heldDirectoryFault(path)).toBeNull();
    const hold = holdDataDirectory(path, { command: 'profpulse start' });
    expect(heldDirectoryFault(path)).toBeNull();
    rmSync(path, { recursive: true });
    expect(heldDirectoryFault(path)).toBe('gone');
    const other = holdDataDirectory(join(directory, 'other'), { command: 'profpulse start' });
    cpSync(join(directory, 'other'), path, { recursive: true });
    expect(heldDirectoryFault(path)).toBe('replaced');
    hold.release();
    other.release();
    expect(heldDirectoryFault(path)).toBeNull();
  });
});
