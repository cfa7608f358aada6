import { describe, expect, it } from 'vitest';

import {
  SettingsError,
  defaultHistoryFrom,
  maskedSetting,
  readSettings,
  settingDefinitions,
  settingWarnings,
} from './settings.ts';

const now = new Date('2026-03-01T00:00:00Z');
const noFiles = {
  now,
  readFile: (path: string): string => {
    throw new Error(`no such file: ${path}`);
  },
};

function problemsOf(environment: Record<string, string>): { name: string; got: string; wanted: string }[] {
  try {
    readSettings(environment, noFiles);
  } catch (error) {
    if (error instanceof SettingsError) {
      return error.problems.map(({ name, got, wanted }) => ({ name, got: got.en, wanted: wanted.en }));
    }
    throw error;
  }
  return [];
}

function thrown(work: () => unknown): SettingsError {
  try {
    work();
  } catch (error) {
    if (error instanceof SettingsError) return error;
  }
  throw new Error('nothing was refused');
}

/** What is wanted of settings that are wrong. */
function problemsIn(locale: 'ru' | 'en', environment: Record<string, string>): string[] {
  try {
    readSettings(environment, noFiles);
    return [];
  } catch (error) {
    return error instanceof SettingsError ? error.problems.map(({ wanted }) => wanted[locale]) : [];
  }
}

describe('settings', () => {
  it('have the defaults of the contract', () => {
    expect(readSettings({}, noFiles)).toMatchObject({
      PORT: 3000,
      HOST: '127.0.0.1',
      DATA_DIR: './data',
      ROLE: 'all',
      TIMEZONE: 'Asia/Irkutsk',
      LOCALE: 'ru',
      CLICKHOUSE_URL: undefined,
      CLICKHOUSE_DATABASE: 'profpulse',
      VK_TOKENS: [],
      VK_RPS: 3,
      VK_DAILY_QUOTA: 5000,
      TELEGRAM_WEB_URL: 'https://t.me',
      COLLECT_CRON: '0 * * * *',
      HISTORY_FROM: '2025-01-01',
      DIGEST_CRON: '0 9 * * 1',
      PUBLIC_DASHBOARD: false,
    });
  });

  it('are declared with a description each, and their examples and defaults are valid', () => {
    for (const { name, description, default: standard, defaultIsComputed, example } of settingDefinitions) {
      expect(description).toMatch(/\.$/u);
      for (const value of [
        defaultIsComputed ? null : standard,
        example?.startsWith('made by') ? null : example,
      ]) {
        const others: Record<string, string> =
          name === 'CLICKHOUSE_CLUSTER' ? { CLICKHOUSE_URL: 'http://localhost:8123' } : {};
        expect(problemsOf(value ? { ...others, [name]: value } : {})).toEqual([]);
      }
    }
    expect(settingDefinitions.find(({ name }) => name === 'VK_TOKENS')?.secret).toBe(true);
  });

  it('are read from the environment; an empty one is not set', () => {
    const settings = readSettings(
      {
        VK_TOKENS: ' a1, b2,,a1\n',
        PORT: ' 8080 ',
        PUBLIC_URL: 'https://pulse.example.ru/',
        PUBLIC_DASHBOARD: 'Yes',
        HOST: '',
      },
      noFiles,
    );
    expect(settings.VK_TOKENS).toEqual(['a1', 'b2']);
    expect([settings.PORT, settings.PUBLIC_URL, settings.PUBLIC_DASHBOARD, settings.HOST]).toEqual([
      8080,
      'https://pulse.example.ru',
      true,
      '127.0.0.1',
    ]);
  });

  it('are read from the file named by NAME_FILE', () => {
    const readFile = (path: string) => (path === '/run/secrets/vk' ? 'token-one,token-two\n' : '');
    expect(readSettings({ VK_TOKENS_FILE: '/run/secrets/vk' }, { now, readFile }).VK_TOKENS).toEqual([
      'token-one',
      'token-two',
    ]);
    expect(readSettings({ VK_TOKENS_FILE: '/empty' }, { now, readFile }).VK_TOKENS).toEqual([]);
    expect(problemsOf({ VK_TOKENS_FILE: '/no' })).toEqual([
      { name: 'VK_TOKENS_FILE', got: '"/no" (no such file: /no)', wanted: 'a file that can be read' },
    ]);
    expect(problemsOf({ VK_TOKENS: 'a', VK_TOKENS_FILE: '/no' })[0]).toMatchObject({
      name: 'VK_TOKENS',
      wanted: 'one of the two',
    });
    const refuse = () => {
      throw 'a cause that is no Error';
    };
    expect(() => readSettings({ PORT_FILE: '/x' }, { now, readFile: refuse })).toThrow(
      'a cause that is no Error',
    );
  });

  it.each([
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['HOST', 'a b'],
    ['PUBLIC_URL', 'pulse.example.ru'],
    ['TRUSTED_PROXY', 'nginx'],
    ['ROLE', 'both'],
    ['TIMEZONE', 'Irkutsk'],
    ['TIMEZONE', '+08:00'],
    ['LOCALE', 'de'],
    ['CLICKHOUSE_URL', 'tcp://localhost:9000'],
    ['CLICKHOUSE_DATABASE', 'prof-pulse'],
    ['CLICKHOUSE_DATABASE', 'a; DROP'],
    ['OPERATIONS_DATABASE_URL', 'mysql://localhost/x'],
    ['AUTH_SECRET', 'short'],
    ['ENCRYPTION_KEY', 'zz'],
    ['VK_TOKENS', 'one two'],
    ['VK_RPS', '0'],
    ['VK_RPS', '1e3'],
    ['VK_DAILY_QUOTA', '0'],
    ['TELEGRAM_API_ID', 'abc'],
    ['TELEGRAM_API_HASH', 'abc'],
    ['TELEGRAM_SESSIONS', 'abc'],
    ['TELEGRAM_PROXY', 'http://localhost:1'],
    ['TELEGRAM_PROXY', `mtproxy://localhost:443/ee${'0'.repeat(32)}`],
    ['TELEGRAM_BOT_TOKEN', '1:a'],
    ['COLLECT_CRON', '0 * * *'],
    ['COLLECT_CRON', '60 * * * *'],
    ['COLLECT_CRON', '*/0 * * * *'],
    ['COLLECT_CRON', '5-1 * * * *'],
    ['COLLECT_CRON', '1/2/3 * * * *'],
    ['COLLECT_CRON', '0 * * * moon'],
    ['DIGEST_CRON', '@weekly'],
    ['HISTORY_FROM', '2025-02-30'],
    ['HISTORY_FROM', '2001-01-01'],
    ['HISTORY_FROM', '2026-03-02'],
    ['HISTORY_FROM', '0026-11-30'],
    ['HISTORY_FROM', '1900-01-01'],
    ['HISTORY_FROM', '2200-01-01'],
    ['HISTORY_FROM', '9999-12-31'],
    ['SMTP_URL', 'mail.example.ru'],
    ['MAIL_FROM', 'ProfPulse'],
    ['PUBLIC_DASHBOARD', 'maybe'],
    ['LOG_LEVEL', 'loud'],
    ['CLICKHOUSE_CLUSTER', 'main'],
  ])('%s=%s is refused', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([expect.objectContaining({ name })]);
  });

  it.each(['*/15 * * * *', '0,30 8-20 * * mon-fri', '5 4 1 jan *', '0-59/5  0 * * 7'])(
    'takes the schedule %s',
    (cron) => {
      expect(readSettings({ COLLECT_CRON: cron }, noFiles).COLLECT_CRON).toBe(cron.replace('  ', ' '));
    },
  );

  it('of keys say which characters a key has, whatever was wrong', () => {
    for (const key of ['ваш_ключ', 'a b']) {
      expect(problemsOf({ VK_TOKENS: key })[0]?.wanted).toMatch(/a key has only Latin letters, digits/);
    }
  });

  it('that need each other are refused alone', () => {
    expect(problemsOf({ ROLE: 'worker', CLICKHOUSE_URL: 'http://localhost:8123' })).toEqual([
      { name: 'ROLE', got: '"worker"', wanted: 'OPERATIONS_DATABASE_URL to be set too' },
    ]);
    expect(problemsOf({ TELEGRAM_SESSIONS: `1${'A'.repeat(350)}` })[0]?.wanted).toBe(
      'TELEGRAM_API_ID and TELEGRAM_API_HASH to be set too',
    );
  });

  it('are refused all at once, with the secrets masked', () => {
    const environment = {
      PORT: 'x',
      TIMEZONE: 'nowhere',
      VK_TOKENS: 'secret token',
      CLICKHOUSE_URL: 'tcp://user:password@host:9000',
      SMTP_URL: 'user:password@host',
      AUTH_SECRET: 'hidden',
    };
    const { message, said } = thrown(() => readSettings(environment, noFiles));
    expect(message.split('\n')).toHaveLength(7);
    expect(message).toContain('PORT: got "x", wanted a whole number from 0 to 65535');
    expect(message).toContain('CLICKHOUSE_URL: got tcp://***@host:9000, wanted');
    expect(said.ru).toContain('PORT: указано «x», а нужно: целое число от 0 до 65535');
    expect(`${message}${said.ru}`).not.toMatch(/password|secret token|hidden/u);
    expect(thrown(() => readSettings({ PORT: 'x' }, noFiles)).said).toEqual({
      ru: 'Неверная настройка:\n  PORT: указано «x», а нужно: целое число от 0 до 65535',
      en: 'A setting is wrong:\n  PORT: got "x", wanted a whole number from 0 to 65535',
    });
  });

  it('say what they want in Russian too, whichever is wrong', () => {
    // Any text names a directory.
    for (const { name } of settingDefinitions.filter(({ name }) => name !== 'DATA_DIR')) {
      const wrong = problemsIn('ru', { [name]: '< %' });
      expect([name, ...wrong]).toEqual([name, expect.stringMatching(/[а-я]{3}/u)]);
    }
  });

  it('are shown without what is secret in them', () => {
    expect(maskedSetting('VK_TOKENS', 'abcdef')).toEqual({ ru: '*** (знаков: 6)', en: '*** (6 characters)' });
    expect(maskedSetting('CLICKHOUSE_URL', 'http://localhost:8123').en).toBe('"http://localhost:8123"');
    expect(maskedSetting('VK_API_URL', 'http://user:pass@host/method').en).toBe('http://***@host');
    expect(maskedSetting('VK_API_URL', 'user:pass@host').en).toBe('*** (14 characters)');
    expect(maskedSetting('HOST', 'h'.repeat(300)).en).toHaveLength(203);
  });
});

describe('the history', () => {
  it('begins by default on 1 January of last year, in the zone', () => {
    expect(defaultHistoryFrom(new Date('2025-12-31T15:59:59Z'), 'Asia/Irkutsk')).toBe('2024-01-01');
    expect(defaultHistoryFrom(new Date('2025-12-31T16:00:00Z'), 'Asia/Irkutsk')).toBe('2025-01-01');
  });
});

describe('names that look like a setting', () => {
  it('are warned of, and those of others left alone', () => {
    expect(settingWarnings({ VK_TOKEN: 'a' }).map(({ en }) => en)).toEqual([
      'VK_TOKEN is not a setting. Was VK_TOKENS meant?',
    ]);
    expect(settingWarnings({ TIME_ZONE: 'a', LOGLEVEL: 'b' }).map(({ en }) => en)).toEqual([
      'TIME_ZONE is not a setting. Was TIMEZONE meant?',
      'LOGLEVEL is not a setting. Was LOG_LEVEL meant?',
    ]);
    expect(settingWarnings({ CLICKHOUSE_SOMETHING: 'a' }).map(({ en }) => en)).toEqual([
      'CLICKHOUSE_SOMETHING is not a setting, and nothing reads it.',
    ]);
    expect(
      settingWarnings({
        HOME: '/',
        HOSTNAME: 'h',
        PATH: '/bin',
        USER: 'u',
        LOGNAME: 'u',
        TZ: 'UTC',
        PORT: '1',
        VK_TOKENS_FILE: '/f',
        VK_TOKEN: '',
      }),
    ).toEqual([]);
  });
});
