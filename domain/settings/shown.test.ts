import { expect, test } from 'vitest';
import { readSettings, settingDefinitions } from '../settings.ts';
import { shownSettings } from './shown.ts';

const now = new Date('2026-12-01T03:00:00Z');
const marked = 'tajna7391';

function shownOf(environment: Record<string, string>, file = '') {
  const settings = readSettings(environment, { readFile: () => file, now });
  const shown = shownSettings(settings, environment);
  return { shown, of: (name: string) => shown.find((each) => each.name === name) };
}

test('every setting is shown, with what it is for in both languages', () => {
  const { shown } = shownOf({});
  expect(shown.map(({ name }) => name)).toEqual(settingDefinitions.map(({ name }) => name));
  for (const { name, meaning } of shown) {
    expect([name, meaning.ru]).toEqual([name, expect.stringMatching(/[а-яё].*\.$/iu)]);
    expect([name, meaning.en]).toEqual([name, expect.stringMatching(/\.$/u)]);
  }
});

test('the value that holds is told, and where it comes from', () => {
  const { of } = shownOf({
    PORT: '8080',
    PUBLIC_DASHBOARD: 'yes',
    TRUSTED_PROXY: '127.0.0.1, 10.0.0.0/8',
    LOG_LEVEL: ' ',
  });
  expect(of('PORT')).toMatchObject({ value: '8080', setBy: 'environment', isSecret: false });
  expect(of('PUBLIC_DASHBOARD')).toMatchObject({ value: 'true', setBy: 'environment' });
  expect(of('TRUSTED_PROXY')).toMatchObject({ value: '127.0.0.1, 10.0.0.0/8' });
  expect(of('LOG_LEVEL')).toMatchObject({ value: 'info', setBy: null });
  expect(of('HISTORY_FROM')).toMatchObject({ value: '2025-01-01', setBy: null });
  expect(of('PUBLIC_URL')).toMatchObject({ value: null, setBy: null });
});

test('of a secret nothing is told but that it is set; of an address with a password its server alone', () => {
  const secret = marked.repeat(5);
  const { shown, of } = shownOf(
    {
      AUTH_SECRET: secret,
      VK_TOKENS: `${marked}one,${marked}two`,
      TELEGRAM_API_ID: '1234567',
      TELEGRAM_PROXY: `socks5://anna:${marked}@127.0.0.1:1080`,
      TELEGRAM_WEB_PROXY: `http://anna:${marked}@127.0.0.1:3128`,
      TELEGRAM_BOT_TOKEN_FILE: '/run/secrets/bot',
      CLICKHOUSE_URL: `https://${marked}:${marked}@ch.example.ru:8443/path?password=${marked}`,
      OPERATIONS_DATABASE_URL: `postgres://pg.example.ru/profpulse?password=${marked}`,
      SMTP_URL: `smtps://${marked}@smtp.example.ru:465`,
      TELEGRAM_WEB_URL: `https://anna:${marked}@t.example.ru`,
    },
    `1234567:${marked}${'x'.repeat(30)}`,
  );
  expect(JSON.stringify(shown)).not.toContain(marked);
  for (const name of ['AUTH_SECRET', 'VK_TOKENS', 'TELEGRAM_PROXY', 'TELEGRAM_WEB_PROXY'])
    expect(of(name)).toMatchObject({ value: null, setBy: 'environment', isSecret: true });
  expect(of('TELEGRAM_BOT_TOKEN')).toMatchObject({ value: null, setBy: 'file', isSecret: true });
  expect(of('CLICKHOUSE_URL')?.value).toBe('https://***@ch.example.ru:8443');
  expect(of('OPERATIONS_DATABASE_URL')?.value).toBe('postgres://pg.example.ru');
  expect(of('SMTP_URL')?.value).toBe('smtps://***@smtp.example.ru:465');
  expect(of('TELEGRAM_WEB_URL')?.value).toBe('https://***@t.example.ru');
});
