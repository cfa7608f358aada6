import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { machine } from '#accounts/actor.ts';
import { systemClock } from '#domain/clock.ts';
import { readSettings } from '#domain/settings.ts';
import { connectOperations, type Operations } from '#schema/operations/connect.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { verifyJournal } from '#schema/operations/journal-verification.ts';
import { makeEncryptionKey, parseEncryptionKey, sealedWith } from '#schema/operations/sealed.ts';
import { secondStepPlace } from '#schema/operations/sealed-values.ts';
import { makeDataDirectory } from '#tests/helpers/prepared-stores.ts';
import { environmentOf } from '#tests/e2e/processes.ts';
import { takesLong } from '#tests/helpers/takes-long.ts';
import { checkSecrets } from './commands/secrets-check.ts';
import { wordsOf } from './commands/findings.ts';
import { keyFiles, openKeyring } from './encryption-keys.ts';
import { replaceLostKey, rotateKeys } from './rotate-keys.ts';
import type { Services } from './services.ts';

takesLong('it starts processes that are killed');

const child = fileURLToPath(new URL('../tests/helpers/rotate-and-die.ts', import.meta.url));
const log = pino({ level: 'silent' });
let directory: string;
let operations: Operations;

const settingsWith = (environment: Record<string, string> = {}) =>
  readSettings({ DATA_DIR: directory, ...environment }, { now: systemClock.now(), readFile: () => '' });
const served = {
  OPERATIONS_DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c',
  CLICKHOUSE_URL: 'http://a:b@127.0.0.1:1',
};
const reopen = async () => {
  operations = await connectOperations({ dataDirectory: directory, log });
  await operations.migrate();
};
const stored = async () => await operations.db.selectFrom('twoFactors').selectAll().executeTakeFirstOrThrow();
/** What the store's second step is by the keys of these settings. */
const read = async (settings = settingsWith()) => {
  const keyring = await openKeyring(settings, operations, log);
  const { id, secret, backupCodes } = await stored();
  return [
    keyring.unseal(secondStepPlace('secret', id), secret),
    keyring.unseal(secondStepPlace('backup_codes', id), backupCodes),
  ];
};
const finding = async (settings = settingsWith()) => {
  const [found] = await checkSecrets({ operations, settings } as Services, wordsOf('en'));
  return found;
};
const doctor = async (settings = settingsWith()) => (await finding(settings))?.level ?? null;
const by = { at: systemClock.now(), who: machine.who };
const rotate = async (settings = settingsWith()) => await rotateKeys(settings, operations, by);
/** What the journal says of the keys, the newest first. */
const journaled = async () => {
  expect(await verifyJournal(operations, {})).toMatchObject({ isWhole: true });
  const entries = await listJournal(operations, { subject: 'setting:encryption.key' });
  return entries.map(({ who, at, what, before, after }) => ({ who, at, what, before, after }));
};

/** Changes the key in a process that is killed after that step. */
const dieAfter = async (step: string, environment: Record<string, string> = {}) => {
  const dying = spawn(process.execPath, [child, step], {
    env: environmentOf({ DATA_DIR: directory, ...environment }),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [, signal] = (await once(dying, 'exit')) as [number | null, string | null];
  expect(signal).toBe('SIGKILL');
};

beforeEach(async () => {
  directory = await makeDataDirectory('keys');
  await reopen();
  const instant = '2026-01-01T00:00:00.000Z';
  await operations.db
    .insertInto('users')
    .values({
      id: 'anna',
      name: 'Анна',
      email: 'anna@example.ru',
      emailVerified: 1,
      twoFactorEnabled: 1,
      createdAt: instant,
      updatedAt: instant,
    })
    .execute();
  await operations.db
    .insertInto('twoFactors')
    .values({ id: 'step', userId: 'anna', secret: 'тайна', backupCodes: 'коды' })
    .execute();
});
afterEach(async () => {
  await operations.close();
  rmSync(directory, { recursive: true, force: true });
});

test('what was stored before there was a key is sealed with one that is made beside the data', async () => {
  expect(await doctor()).toBe('look');
  expect(await read()).toEqual(['тайна', 'коды']);
  const { own } = keyFiles(settingsWith());
  expect(statSync(own).mode & 0o777).toBe(0o600);
  const { secret, backupCodes } = await stored();
  expect([sealedWith(secret), sealedWith(backupCodes)]).toEqual(Array(2).fill(expect.any(String)));
  const key = readFileSync(own, 'utf8');
  expect(await read()).toEqual(['тайна', 'коды']);
  expect([readFileSync(own, 'utf8'), await stored(), await doctor()]).toEqual([
    key,
    expect.objectContaining({ secret, backupCodes }),
    'ok',
  ]);
});

test('a key that is another, missing, damaged or unreadable is a sentence, and nothing is changed', async () => {
  await read();
  const { own } = keyFiles(settingsWith());
  const [key, row] = [readFileSync(own, 'utf8'), await stored()];
  const refused = async (says: string, settings = settingsWith()) => {
    await expect(openKeyring(settings, operations, log)).rejects.toThrow(says);
    await expect(rotate(settings)).rejects.toThrow(says);
    expect([await stored(), await doctor(settings)]).toEqual([row, 'bad']);
  };
  const foreign = makeEncryptionKey();
  writeFileSync(own, foreign);
  await refused('than that in the file');
  expect(readFileSync(own, 'utf8')).toBe(foreign);
  for (const damaged of ['', 'abc', key.slice(1)]) {
    writeFileSync(own, damaged);
    await refused('It is damaged');
    expect(readFileSync(own, 'utf8')).toBe(damaged);
  }
  rmSync(own);
  await refused('or there is no file');
  expect(existsSync(own)).toBe(false);
  await refused('than ENCRYPTION_KEY gives', settingsWith({ ...served, ENCRYPTION_KEY: foreign }));
  await refused('than ENCRYPTION_KEY gives', settingsWith(served));
  writeFileSync(own, key);
  expect(await read()).toEqual(['тайна', 'коды']);
  chmodSync(own, 0o600);
});

test.each(['made', 'sealed', 'committed', 'moved'])(
  'killed after "%s" all is read, and changed anew',
  async (step) => {
    await read();
    const { own, next } = keyFiles(settingsWith());
    const [key, before] = [readFileSync(own, 'utf8'), await stored()];
    await operations.close();
    await dieAfter(step);
    await reopen();
    const isCommitted = step === 'committed' || step === 'moved';
    expect((await stored()).secret === before.secret).toBe(!isCommitted);
    expect(await read()).toEqual(['тайна', 'коды']);
    expect(readFileSync(own, 'utf8') === key).toBe(!isCommitted);
    expect(await rotate()).toEqual({ changed: 2, left: 0 });
    expect(existsSync(next)).toBe(false);
    expect(readFileSync(own, 'utf8')).not.toBe(key);
    expect(await read()).toEqual(['тайна', 'коды']);
  },
);

test.each(['sealed', 'committed'])(
  'killed after "%s" while a key of the environment is changed, all is read, and the command goes on',
  async (step) => {
    const [first, second] = [makeEncryptionKey(), makeEncryptionKey()];
    const changing = { ENCRYPTION_KEY: second, ENCRYPTION_KEY_BEFORE: first };
    const [former, both, alone] = [
      settingsWith({ ENCRYPTION_KEY: first }),
      settingsWith(changing),
      settingsWith({ ENCRYPTION_KEY: second }),
    ];
    await read(former);
    const before = await stored();
    await operations.close();
    await dieAfter(step, changing);
    await reopen();
    const isCommitted = step === 'committed';
    expect((await stored()).secret === before.secret).toBe(!isCommitted);
    // As they were all, or changed all: one of the keys alone is enough, and the other is refused.
    const [fits, doesNot] = isCommitted ? [alone, former] : [former, alone];
    expect(await read(fits)).toEqual(['тайна', 'коды']);
    await expect(openKeyring(doesNot, operations, log)).rejects.toThrow('than ENCRYPTION_KEY gives');
    expect(await read(both)).toEqual(['тайна', 'коды']);
    expect(await rotate(both)).toEqual({ changed: isCommitted ? 0 : 2, left: 0 });
    expect([await read(alone), await doctor(alone)]).toEqual([['тайна', 'коды'], 'ok']);
    expect(readdirSync(directory).filter((name) => name.startsWith('encryption-key'))).toEqual([]);
    // A change is journaled once, with all that it changes.
    expect((await journaled()).map(({ what }) => what)).toEqual(['secrets.rotated']);
  },
);

test('a key of the environment is changed with the former one beside it', async () => {
  const [first, second] = [makeEncryptionKey(), makeEncryptionKey()];
  const of = (key: string, before?: string) =>
    settingsWith({
      ...served,
      ENCRYPTION_KEY: key,
      ...(before === undefined ? {} : { ENCRYPTION_KEY_BEFORE: before }),
    });
  await expect(rotate(settingsWith(served))).rejects.toThrow('No key is set');
  expect(await read(settingsWith(served))).toEqual(['тайна', 'коды']);
  expect([await doctor(settingsWith(served)), (await stored()).secret]).toEqual(['look', 'тайна']);
  expect(await read(of(first))).toEqual(['тайна', 'коды']);
  await expect(rotate(of(first))).rejects.toThrow('ENCRYPTION_KEY_BEFORE');
  await expect(openKeyring(of(second), operations, log)).rejects.toThrow('ENCRYPTION_KEY_BEFORE');
  // Until the command is given, all is read and sealed with the former one.
  const { secret } = await stored();
  expect([await read(of(second, first)), (await stored()).secret]).toEqual([['тайна', 'коды'], secret]);
  expect(await doctor(of(second, first))).toBe('look');
  expect(await rotate(of(second, first))).toEqual({ changed: 2, left: 0 });
  expect([await read(of(second, first)), await read(of(second))]).toEqual(Array(2).fill(['тайна', 'коды']));
  await expect(openKeyring(of(first), operations, log)).rejects.toThrow('than ENCRYPTION_KEY gives');
  expect(await doctor(of(second))).toBe('ok');
  const names = [first, second].map((key) => parseEncryptionKey(key)?.id);
  expect(await journaled()).toEqual([
    { ...by, what: 'secrets.rotated', before: { key: names[0] }, after: { key: names[1] } },
  ]);
  // What another process has still written as it is, or with the former key, is no reason to be content.
  await operations.db.updateTable('twoFactors').set({ backupCodes: 'новые' }).execute();
  expect(await doctor(of(second))).toBe('look');
  const said = (await finding(of(second)))?.text;
  expect(said).toContain(
    'some are not at all (second steps of logins: 1): give the command "profpulse secrets rotate"',
  );
  expect(await rotate(of(second))).toEqual({ changed: 1, left: 0 });
  expect(await doctor(of(second))).toBe('ok');
  await operations.db.updateTable('twoFactors').set({ backupCodes: 'новые' }).execute();
  await operations.db.updateTable('twoFactors').set({ secret }).execute();
  expect(await doctor(of(second, first))).toBe('look');
  expect(await doctor(of(second))).toBe('bad');
  expect(await rotate(of(second, first))).toEqual({ changed: 2, left: 0 });
  expect(await doctor(of(second))).toBe('ok');
});

test('a key of the environment takes over from that beside the data', async () => {
  await read();
  const settings = settingsWith({ ENCRYPTION_KEY: makeEncryptionKey() });
  expect([await read(settings), await doctor(settings)]).toEqual([['тайна', 'коды'], 'look']);
  expect(await rotate(settings)).toEqual({ changed: 2, left: 0 });
  rmSync(keyFiles(settings).own);
  expect([await read(settings), await doctor(settings)]).toEqual([['тайна', 'коды'], 'ok']);
});

test('after a key was lost everything begins anew, and never while it is there', async () => {
  await read();
  const settings = settingsWith();
  const lost = parseEncryptionKey(readFileSync(keyFiles(settings).own, 'utf8').trim());
  await expect(replaceLostKey(settings, operations, by)).rejects.toThrow('not lost');
  expect(await journaled()).toEqual([]);
  rmSync(keyFiles(settings).own);
  expect(await replaceLostKey(settings, operations, by)).toEqual({ secondSteps: ['anna'], sessions: false });
  const user = await operations.db.selectFrom('users').selectAll().executeTakeFirstOrThrow();
  expect(user.twoFactorEnabled).toBe(0);
  expect(await operations.db.selectFrom('twoFactors').selectAll().execute()).toEqual([]);
  const key = parseEncryptionKey(readFileSync(keyFiles(settings).own, 'utf8').trim());
  expect(await journaled()).toEqual([
    {
      ...by,
      what: 'secrets.given_up',
      before: { key: lost?.id, secondSteps: ['anna'], sessions: false },
      after: { key: key?.id },
    },
  ]);
  await openKeyring(settings, operations, log);
  expect(await doctor()).toBe('ok');
});

test('where no key can be made nothing is given up', async () => {
  await read();
  const settings = settingsWith();
  const { own } = keyFiles(settings);
  rmSync(own);
  const before = await stored();
  mkdirSync(`${own}.part`);
  await expect(replaceLostKey(settings, operations, by)).rejects.toThrow('cannot be made');
  expect([await stored(), await journaled()]).toEqual([before, []]);
});
