import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { SettingsError } from '#domain/settings.ts';
import { settingsFrom } from './settings.ts';

const now = new Date('2026-11-30T04:00:00Z');

async function problems(environment: Record<string, string>): Promise<string> {
  try {
    await settingsFrom(environment, now);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return 'The settings can be used.';
}

test.each([
  [
    'COLLECT_CRON',
    '0 0 31 2 *',
    'got "0 0 31 2 *", wanted a schedule that comes at least once in five years',
  ],
  ['COLLECT_CRON', '0 0 30 2 *', 'at least once in five years'],
  ['COLLECT_CRON', '0 0 31 4,6,9,11 *', 'at least once in five years'],
  ['DIGEST_CRON', '0 0 31 2 *', 'at least once in five years'],
  ['HOST', 'localhost:3000', 'wanted a host name or an IP address, without a port: that is PORT'],
  ['HOST', '127.0.0.1:80', 'without a port'],
  ['HOST', '300.1.1.1', 'wanted a host name or an IP address'],
  ['PUBLIC_URL', 'https://pulse.example.ru/pulse', 'an address without a path'],
  ['PUBLIC_URL', 'https://pulse.example.ru/?a=1', 'an address without a name, a password, "?" and "#"'],
  ['PRIVACY_POLICY_URL', 'https://user:s3cret@prof.example.ru/policy', 'everybody sees it'],
  ['VK_API_URL', 'https://user:s3cret@api.vk.ru/method', 'an address without a name, a password'],
  ['VK_API_URL', 'https://api.vk.ru/method?', 'an address without a name, a password, "?" and "#"'],
  ['TELEGRAM_WEB_URL', 'https://t.me/#s', 'an address without a name, a password, "?" and "#"'],
  ['TELEGRAM_PROXY', 'socks5://host:99999', 'TELEGRAM_PROXY is no address of a proxy'],
  ['TELEGRAM_PROXY', 'socks5://%zz:s3cret@host:1080', 'wanted a value that can be used (URI malformed)'],
  ['TELEGRAM_WEB_PROXY', 'http://host:3128/path', 'wanted a value that can be used (invalid url)'],
  ['TELEGRAM_WEB_PROXY', 'http://%zz:s3cret@host:3128', '/ %2F, ? %3F, # %23, @ %40'],
  ['CLICKHOUSE_URL', 'http://name:%zz@host:8123', 'special characters in the user and password'],
  ['CLICKHOUSE_URL', 'http://name:s3cret#a@host:8123', 'special characters in the user and password'],
  ['SMTP_URL', 'smtp://name:s3cret/a@host:25', 'special characters in the user and password'],
  ['IMAP_URL', 'imap://name:s3cret?a@host:143', 'special characters in the user and password'],
  ['OPERATIONS_DATABASE_URL', 'postgres://name:%zz@host/base', '/ %2F, ? %3F, # %23, @ %40'],
  ['OPERATIONS_DATABASE_URL', 'postgres://name:p@s3cret/w#rd@host:5432/base', '/ %2F, ? %3F, # %23, @ %40'],
  ['OPERATIONS_DATABASE_URL', 'postgres://name:s3cret/w@host/base', '/ %2F, ? %3F, # %23, @ %40'],
  ['OPERATIONS_DATABASE_URL', 'postgres://name:12?s3cret@host/base', '/ %2F, ? %3F, # %23, @ %40'],
  [
    'OPERATIONS_DATABASE_URL',
    'postgres://host/base?sslmode=maybe',
    'sslmode is one of disable, allow, prefer',
  ],
  ['OPERATIONS_DATABASE_URL', 'postgres://host/base?sslrootcert=/no/such.pem&sslmode=verify-ca', 'ENOENT'],
])('%s=%s has its form and cannot be used: %s', async (name, value, said) => {
  const message = await problems({ [name]: value });
  expect(message).toContain(`${name}: got `);
  expect(message).toContain(said);
  expect(message).not.toContain('s3cret');
});

test('all that cannot be used are told at once', async () => {
  const message = await problems({
    COLLECT_CRON: '0 0 31 2 *',
    HOST: 'a:1',
    TELEGRAM_WEB_PROXY: 'http://h:1/x',
  });
  expect(message.split('\n')).toHaveLength(4);
});

test('what can be used is taken, the time zone in the letters of its list', async () => {
  const settings = await settingsFrom(
    {
      COLLECT_CRON: '0 0 29 2 *',
      TIMEZONE: 'Asia/irkutsk',
      HOST: 'fe80::1%eth0',
      PUBLIC_URL: 'https://пульс.рф:8443/',
      TRUSTED_PROXY: '::ffff:10.0.0.1, fd00::/8,127.0.0.1',
      TELEGRAM_PROXY: 'socks5://name:p%40ss@host:1080',
      TELEGRAM_WEB_PROXY: 'socks5://name:p%40ss@host:1080',
      CLICKHOUSE_URL: 'http://name:p%40ss@host:8123',
      OPERATIONS_DATABASE_URL: 'postgres://n@me:p%2Fss@host/base?sslmode=prefer&options=-c%20a=b@c',
    },
    now,
  );
  expect(settings.TIMEZONE).toBe('Asia/Irkutsk');
  expect(settings.PUBLIC_URL).toBe('https://пульс.рф:8443');
});

test('a secret’s file may have a byte order mark', async () => {
  const place = mkdtempSync(join(tmpdir(), 'profpulse-secret-'));
  const path = join(place, 'token');
  writeFileSync(path, '\ufeffservice-key\r\n');
  expect((await settingsFrom({ VK_TOKENS_FILE: path }, now)).VK_TOKENS).toEqual(['service-key']);
  expect(await problems({ VK_TOKENS_FILE: place })).toContain('it is a directory, and a file is wanted');
  rmSync(place, { recursive: true });
});
