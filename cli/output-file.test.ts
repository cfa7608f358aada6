import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { outputFile, writtenText } from './output-file.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'profpulse-output-'));
});
afterEach(() => {
  rmSync(place, { recursive: true, force: true });
});

test('what is printed stands in the file once it is whole, for its owner alone', () => {
  const path = join(place, 'register.csv');
  writeFileSync(path, 'old', { mode: 0o644 });
  const file = outputFile(path);
  file.take('organisation\nA');
  file.take('B');
  expect(readFileSync(path, 'utf8')).toBe('old');
  expect(file.write()).toBe('organisation\nA\nB\n');
  expect(readFileSync(path, 'utf8')).toBe('organisation\nA\nB\n');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readdirSync(place)).toEqual(['register.csv']);
});

test('what was written is said with its rows, whatever stands in them', () => {
  expect(writtenText('f.csv', 'a,b\n"x\ny",1\nz,2\n', 'ru')).toBe('Записано в f.csv: 2 строки.');
  expect(writtenText('f.csv', 'a,b\n', 'en')).toBe('Written to f.csv: 0 rows.');
  expect(writtenText('f.json', '{"data":[1],"meta":{}}\n', 'en')).toBe('Written to f.json: 1 row.');
});

test('a file that is not finished leaves nothing behind', () => {
  outputFile(join(place, 'register.csv')).take('organisation');
  expect(readdirSync(place)).toEqual([]);
});

test('a device is written to and not replaced', () => {
  const file = outputFile('/dev/null');
  file.take('organisation');
  file.write();
  expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
});

test('where no file can be written is said before anything is done', () => {
  expect(() => outputFile(place)).toThrow(`The file ${place} cannot be written: it is a directory.`);
  const below = join(place, 'none', 'register.csv');
  expect(() => outputFile(below)).toThrow(`The file ${below} cannot be written: there is no such directory.`);
  const device = outputFile('/dev/full');
  device.take('organisation');
  expect(() => device.write()).toThrow('The file /dev/full cannot be written: the disk is full.');
});
