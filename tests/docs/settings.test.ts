import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, test } from 'vitest';
import { readSettings, settingDefinitions } from '#domain/settings.ts';
import { root } from '../steps.ts';
import { environmentExample, madeBy, withSettingsTable } from './settings-pages.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const remedy = 'Run `node tests/docs/write.ts`.';

const sources = {
  now: new Date('2026-06-01T00:00:00Z'),
  readFile: () => {
    throw new Error('no file is named');
  },
};

describe('settings', () => {
  test('.env.example equals the declaration', () => {
    expect(read('.env.example'), remedy).toBe(environmentExample());
  });

  test('docs/operations.md lists every setting as declared', () => {
    const page = read('docs/operations.md');
    expect(page, remedy).toBe(withSettingsTable(page));
  });

  test('.env.example is accepted as it is, and with every comment removed means the same defaults', () => {
    const bare = readSettings({}, sources);
    expect(readSettings(parseEnv(read('.env.example')), sources)).toEqual(bare);
    expect(readSettings(parseEnv(read('.env.example').replaceAll(/^#(?=[A-Z_]+=)/gm, '')), sources)).toEqual(
      bare,
    );
  });

  test('every example is accepted', () => {
    const needed = {
      TELEGRAM_API_ID: '1',
      TELEGRAM_API_HASH: 'a'.repeat(32),
      CLICKHOUSE_URL: 'http://127.0.0.1:8123',
    };
    for (const { name, example } of settingDefinitions) {
      if (example === null || example.startsWith(madeBy)) continue;
      expect(() => readSettings({ ...needed, [name]: example }, sources), `${name}=${example}`).not.toThrow();
    }
  });

  test('a page without the place for its table is refused', () => {
    expect(() => withSettingsTable('# Running it')).toThrow('lacks its marks');
  });
});
