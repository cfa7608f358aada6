import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataDirectoryUnusable, prepareDataDirectory, unusable } from './usable-directory.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'profpulse-usable-'));
});
afterEach(() => {
  rmSync(place, { recursive: true, force: true });
});

function refusal(directory: string): string {
  try {
    prepareDataDirectory(directory);
  } catch (error) {
    if (error instanceof DataDirectoryUnusable) return error.message;
    throw error;
  }
  return 'It can be used.';
}

test('a directory is made with those above it, for its owner alone, and nothing is left in it', () => {
  const path = join(place, 'a', 'b');
  prepareDataDirectory(path);
  prepareDataDirectory(path);
  expect(statSync(path).mode & 0o777).toBe(0o700);
  expect(readdirSync(path)).toEqual([]);
});

test('a directory behind a link is as good', () => {
  mkdirSync(join(place, 'real'));
  symlinkSync(join(place, 'real'), join(place, 'link'));
  prepareDataDirectory(join(place, 'link', 'data'));
  expect(existsSync(join(place, 'real', 'data'))).toBe(true);
});

test('a file, what lies below one, a broken link and a circle are refused by the name of the setting', () => {
  writeFileSync(join(place, 'file'), '');
  symlinkSync(join(place, 'nothing'), join(place, 'broken'));
  symlinkSync(join(place, 'circle'), join(place, 'circle'));
  const file = join(place, 'file');
  expect(refusal(file)).toBe(
    `DATA_DIR (${file}) cannot be used: ${file} is not a directory. Set DATA_DIR to a directory on a disk.`,
  );
  expect(refusal(join(file, 'data'))).toContain('is not a directory');
  expect(refusal('/dev/null')).toContain(
    'DATA_DIR (/dev/null) cannot be used: /dev/null is not a directory.',
  );
  expect(refusal(join(place, 'broken'))).toContain('broken is a link that leads nowhere');
  expect(refusal(join(place, 'circle'))).toContain('circle is a link that leads nowhere');
});

test('where no directory can be made it says so, and does not try for ever', () => {
  expect(refusal('/proc/profpulse/data')).toMatch(/^DATA_DIR \(\/proc\/profpulse\/data\) cannot be used: /);
  expect(refusal('/proc')).toMatch(/^DATA_DIR \(\/proc\) cannot be used: /);
  expect(refusal('/sys/profpulse')).toMatch(/^DATA_DIR \(\/sys\/profpulse\) cannot be used: /);
});

test('each cause has its words, and only a full disk may pass by itself', () => {
  const of = (code: string) => unusable('/data', Object.assign(new Error('said'), { code, path: '/data/x' }));
  expect(['ENOSPC', 'EDQUOT'].map((code) => [of(code).message, of(code).isPassing])).toEqual(
    Array.from({ length: 2 }, () => [
      'DATA_DIR (/data) cannot be used: its disk is full. Make room (1 GB should always be free), or set DATA_DIR to a directory on another disk.',
      true,
    ]),
  );
  expect(of('EROFS').message).toContain('its disk can only be read');
  expect(of('EACCES').message).toContain('this user may not write /data/x. Give it to the user');
  expect(of('EIO').message).toContain('cannot be used: said.');
  expect(['EROFS', 'EACCES', 'EPERM', 'EIO', 'ENOENT'].map((code) => of(code).isPassing)).toEqual(
    Array.from({ length: 5 }, () => false),
  );
});
