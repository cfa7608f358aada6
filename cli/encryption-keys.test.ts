import { existsSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { readSettings } from '#domain/settings.ts';
import { connectOperations, type Operations } from '#schema/operations/connect.ts';
import { makeEncryptionKey } from '#schema/operations/sealed.ts';
import { authSecretPlace } from '#schema/operations/sealed-values.ts';
import { getSetting, setSetting } from '#schema/operations/settings.ts';
import { makeDataDirectory } from '#tests/helpers/prepared-stores.ts';
import { checkSecrets } from './commands/secrets-check.ts';
import { wordsOf } from './commands/findings.ts';
import { keyFiles, openKeyring } from './encryption-keys.ts';

/** A store of before there was a key: a second step of a login, and what sessions are signed with, as they are. */
const log = pino({ level: 'silent' });
const signing = 'what sessions are signed with here';
let directory: string;
let operations: Operations;

const settingsWith = (environment: Record<string, string> = {}) =>
  readSettings({ DATA_DIR: directory, ...environment }, { now: systemClock.now(), readFile: () => '' });
const served = {
  OPERATIONS_DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c',
  CLICKHOUSE_URL: 'http://a:b@127.0.0.1:1',
};
const read = async (settings = settingsWith()) =>
  (await openKeyring(settings, operations, log)).unseal(
    authSecretPlace,
    (await getSetting<string>(operations, authSecretPlace.row)) ?? '',
  );
const finding = async (settings = settingsWith(), locale: 'ru' | 'en' = 'en') =>
  (await checkSecrets({ operations, settings }, wordsOf(locale)))[0];

beforeEach(async () => {
  directory = await makeDataDirectory('keys');
  operations = await connectOperations({ dataDirectory: directory, log });
  await operations.migrate();
  const instant = '2026-01-01T00:00:00.000Z';
  await operations.db
    .insertInto('users')
    .values({
      ...{ id: 'anna', name: 'Анна', email: 'anna@example.ru', emailVerified: 1, twoFactorEnabled: 1 },
      ...{ createdAt: instant, updatedAt: instant },
    })
    .execute();
  await operations.db
    .insertInto('twoFactors')
    .values({ id: 'step', userId: 'anna', secret: 'тайна', backupCodes: 'коды' })
    .execute();
  await setSetting(operations, authSecretPlace.row, signing);
});
afterEach(async () => {
  await operations.close();
  rmSync(directory, { recursive: true, force: true });
});

test('what was stored before there was a key is sealed by the next start, and doctor names it', async () => {
  const given = settingsWith({ ...served, ENCRYPTION_KEY: makeEncryptionKey() });
  // The file is made by the start: whoever is told to set a key, or that none is made, is told wrong.
  for (const settings of [settingsWith(), given]) {
    const { level, text } = (await finding(settings)) ?? {};
    expect([level, text]).toEqual(['look', expect.stringMatching(/next start/)]);
    expect(text).toContain('(what sessions are signed with, second steps of logins: 1)');
    expect(text).not.toMatch(/set ENCRYPTION_KEY|rotate/);
    const russian = (await finding(settings, 'ru'))?.text;
    expect(russian).toContain('(подпись сеансов, ключи второго шага входа: 1)');
  }
  const { text } = (await finding(settingsWith(served))) ?? {};
  expect(text).toMatch(/not encrypted \(what sessions .*: 1\): set ENCRYPTION_KEY/);
  expect(await read(given)).toBe(signing);
  expect((await finding(given))?.level).toBe('ok');
});

test('what another process has written as it is, is named beside the command that seals it', async () => {
  await read();
  await setSetting(operations, authSecretPlace.row, signing);
  const { level, text } = (await finding()) ?? {};
  expect([level, text]).toEqual(['look', expect.stringContaining('profpulse secrets rotate')]);
  expect(text).toContain('some are not at all (what sessions are signed with):');
});

test('a key that is about to follow, and is damaged, is no reason to give anything up', async () => {
  await read();
  const settings = settingsWith();
  const { next } = keyFiles(settings);
  writeFileSync(next, 'abc');
  const refused = await openKeyring(settings, operations, log).catch((error: Error) => error.message);
  expect(refused).toContain(next);
  expect(refused).not.toContain('--lost');
  rmSync(next);
  expect(await read()).toBe(signing);
});

test('a link that leads nowhere is a key that cannot be read, and stays', async () => {
  const { own } = keyFiles(settingsWith());
  symlinkSync(`${own}-away`, own);
  await expect(openKeyring(settingsWith(), operations, log)).rejects.toThrow('leads nowhere');
  expect([existsSync(own), readdirSync(directory).includes('encryption-key')]).toEqual([false, true]);
});
