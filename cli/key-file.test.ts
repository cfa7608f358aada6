import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeEncryptionKey } from '#schema/operations/sealed.ts';
import { makeKeyFile, readKeyFile } from './key-file.ts';
import { explainFailure } from './failures.ts';

let directory: string;
let file: string;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'profpulse-key-'));
  chmodSync(directory, 0o755);
  file = join(directory, 'encryption-key');
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Somebody whom the rights of files bind: whoever runs the tests may be root, whom none does. */
const nobody = 65_534;
function asNobody<Result>(work: () => Result): Result {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(nobody);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

/** What is said of a failure in both languages, and its exit code. */
function saidOf(work: () => unknown): { ru: string; en: string; exitCode: number } {
  try {
    work();
  } catch (error) {
    const [ru, en] = [explainFailure(error, 'ru'), explainFailure(error, 'en')];
    return { ru: ru.message, en: en.message, exitCode: en.exitCode };
  }
  throw new Error('Nothing failed.');
}

test('a key that this user may not read is told with what to do, and stays', () => {
  const key = makeEncryptionKey();
  writeFileSync(file, key, { mode: 0o000 });
  const said = asNobody(() => saidOf(() => readKeyFile(file)));
  expect(said.en).toContain(`${file} with the key`);
  expect(said.en).toMatch(/this user may not read it. Let the user that runs ProfPulse read it/);
  expect(said.ru).toMatch(/этому пользователю нельзя его читать\. Сделайте его доступным/);
  expect(said.exitCode).toBe(2);
  chmodSync(file, 0o600);
  expect(readFileSync(file, 'utf8')).toBe(key);
});

test('a folder in the place of a key is told as such', () => {
  mkdirSync(file);
  const said = saidOf(() => readKeyFile(file));
  expect(said.en).toMatch(/it is a directory.*Bring the file back from a backup/);
  expect(said.ru).toMatch(/это папка.*Верните файл из резервной копии/);
  expect([said.ru, said.en].join()).not.toMatch(/EISDIR/);
  expect(said.exitCode).toBe(2);
});

test.each(['', '\n', 'abc', 'ab'.repeat(31), `${'?'.repeat(43)}=`, 'z'.repeat(64)])(
  'what is no key is damaged, and stays: %j',
  (damaged) => {
    writeFileSync(file, damaged);
    const said = saidOf(() => readKeyFile(file));
    expect(said.en).toMatch(/It is damaged; bring it back from a backup/);
    expect(said.exitCode).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(damaged);
  },
);

test('a key that cannot be made is told with what to do, and nothing is left behind', () => {
  const said = asNobody(() => saidOf(() => makeKeyFile(file)));
  expect(said.en).toMatch(/cannot be made: this user may not write there/);
  expect(said.ru).toMatch(/не создать: этому пользователю нельзя туда писать/);
  expect(said.ru).not.toMatch(/EACCES/);
  expect(said.exitCode).toBe(2);
  expect(readdirSync(directory)).toEqual([]);
});

test('no file is the absence of a key, and one that is made is read back', () => {
  expect(readKeyFile(file)).toBeNull();
  expect(makeKeyFile(file).id).toBe(readKeyFile(file)?.id);
  expect(readdirSync(directory)).toEqual(['encryption-key']);
});
