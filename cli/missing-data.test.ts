import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { holdDataDirectory } from '#schema/data-directory.ts';
import { diagnose } from './commands/doctor.ts';
import { DataMissing, refuseMissingData } from './missing-data.ts';

let home: string;
let directory: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'profpulse-missing-'));
  directory = join(home, 'data');
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

const settings = (more = {}) => ({
  DATA_DIR: directory,
  CLICKHOUSE_URL: undefined,
  OPERATIONS_DATABASE_URL: undefined,
  ...more,
});

describe('a command that only looks', () => {
  test.each(['doctor', 'export', 'leaderboard', 'rollups verify', 'audit verify', 'repair'])(
    '%s makes nothing where nothing is',
    (name) => {
      expect(() => refuseMissingData(name, settings())).toThrow(`There is no data directory ${directory}`);
      expect(existsSync(directory)).toBe(false);
      mkdirSync(directory);
      expect(() => refuseMissingData(name, settings())).toThrow('has no operations.sqlite');
      expect(readdirSync(directory)).toEqual([]);
      writeFileSync(join(directory, 'operations.sqlite'), '');
      expect(() => refuseMissingData(name, settings())).not.toThrow();
    },
  );

  test('waits for who holds the directory, and for no files that are kept elsewhere', () => {
    const hold = holdDataDirectory(directory, { command: 'test' });
    expect(() => refuseMissingData('export', settings())).not.toThrow();
    hold.release();
    const postgres = { OPERATIONS_DATABASE_URL: 'postgres://localhost/p' };
    expect(() => refuseMissingData('export', settings(postgres))).toThrow('has no clickhouse');
    const servers = { ...postgres, CLICKHOUSE_URL: 'http://localhost:8123' };
    expect(() => refuseMissingData('export', settings(servers))).not.toThrow();
  });

  test('leaves what is no directory to who opens it', () => {
    writeFileSync(directory, '');
    expect(() => refuseMissingData('export', settings())).not.toThrow();
  });

  test('says in either language what to do', () => {
    const { said } = new DataMissing({ ru: 'Папки нет', en: 'No directory' });
    expect(said.ru).toMatch(/^Папки нет\. Ничего не создано\..*npm start.*проверьте DATA_DIR/);
    expect(said.en).toMatch(/^No directory\. Nothing was created\..*npm start.*look at DATA_DIR/);
  });
});

test.each(['collect', 'import'])('%s may begin a directory', (name) => {
  expect(() => refuseMissingData(name, settings())).not.toThrow();
});

test('doctor says so, and ends with 1', async () => {
  const said: string[] = [];
  const output = { out: (text: string) => void said.push(text), err: (text: string) => void said.push(text) };
  const environment = { DATA_DIR: directory, LOCALE: 'ru' };
  expect(await diagnose(environment, output, new AbortController().signal)).toBe(1);
  expect(said.join('\n')).toContain(`✗ Папки данных ${directory} нет. Ничего не создано.`);
  expect(said.at(-1)).toMatch(/^Не всё в порядке: данных нет\./);
  expect(said.join('\n')).not.toContain('Ошибок нет');
  expect(existsSync(directory)).toBe(false);
});
