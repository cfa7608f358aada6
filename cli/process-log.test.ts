import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileLog, logFile, openProcessLog } from './process-log.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'profpulse-log-'));
});
afterEach(() => {
  rmSync(place, { recursive: true, force: true });
});

test('the log stands beside the sentences of a command or a terminal, unless somebody asks for it', () => {
  const settings = { DATA_DIR: place };
  const file = join(place, 'profpulse.log');
  expect(logFile({}, settings, 'command', false)).toBe(file);
  expect(logFile({}, settings, 'command', true)).toBe(file);
  expect(logFile({}, settings, 'server', true)).toBe(file);
  expect(logFile({}, settings, 'demo', true)).toBe(file);
  expect(logFile({}, settings, 'server', false)).toBeNull();
  expect(logFile({ LOG_LEVEL: 'info' }, settings, 'command', true)).toBeNull();
  expect(logFile({ LOG_LEVEL: 'info' }, settings, 'server', true)).toBeNull();
});

test('a command keeps warnings, for its owner alone', () => {
  const log = openProcessLog({}, { DATA_DIR: place, LOG_LEVEL: 'info' }, 'command');
  log.info('nothing of note');
  log.warn({ pages: 3 }, 'Look');
  const file = join(place, 'profpulse.log');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { level: 40, pages: 3, msg: 'Look' },
  ]);
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test('a log that has grown is put aside, and one that cannot be written is said elsewhere', () => {
  const file = join(place, 'profpulse.log');
  const log = fileLog(file);
  log.write('old\n');
  truncateSync(file, 5 * 1024 * 1024);
  log.write('new\n');
  log.write('newer\n');
  expect(readFileSync(file, 'utf8')).toBe('new\nnewer\n');
  expect(readFileSync(`${file}.1`, 'utf8').slice(0, 4)).toBe('old\n');
  const elsewhere: string[] = [];
  fileLog(join(place, 'none', 'profpulse.log'), (line) => void elsewhere.push(line)).write('lost\n');
  expect(elsewhere).toEqual(['lost\n']);
});
