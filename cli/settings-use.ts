import { isIP } from 'node:net';
import { nextSlot } from '#collector/next-slot.ts';
import { parseProxy } from '#collector/sources/telegram/proxy.ts';
import {
  maskedSetting,
  SettingsError,
  type SettingName,
  type SettingProblem,
  type Settings,
} from '#domain/settings.ts';
import type { Said } from '#domain/said.ts';
import { namedHost } from './hosts.ts';
import { proxyCheck } from './http-server.ts';

/** A setting that has its form, and that what uses it cannot work with. `wanted` completes "wanted ...". */
class Unusable extends Error {
  readonly wanted: Said;

  constructor(wanted: Said) {
    super(wanted.en);
    this.wanted = wanted;
  }
}

/** A schedule that comes more seldom is a slip: 29 February comes every fourth year. */
const longestPause = 5 * 366 * 24 * 3_600_000;

function checkCron(cron: string, zone: string, now: Date): void {
  const seldom = new Unusable({
    ru: 'расписание, которое срабатывает хотя бы раз в пять лет',
    en: 'a schedule that comes at least once in five years',
  });
  let next: Date | null;
  try {
    next = nextSlot(cron, zone);
  } catch (error) {
    throw String(error).includes('impossible') ? seldom : error;
  }
  if (!next || next.getTime() - now.getTime() > longestPause) throw seldom;
}

/** Requests are made to `address/...`: a name and password would be refused, a query or a fragment would swallow the rest. */
function checkBase(address: string): void {
  const { username, password, search, hash } = new URL(address);
  if (username || password || search || hash || /[?#]$/.test(address))
    throw new Unusable({
      ru: 'адрес без имени, пароля, «?» и «#»',
      en: 'an address without a name, a password, "?" and "#"',
    });
}

function checkPublicUrl(address: string): void {
  checkBase(address);
  if (new URL(address).pathname !== '/')
    throw new Unusable({
      ru: 'адрес без пути, например https://pulse.example.ru: веб-интерфейс всегда в корне',
      en: 'an address without a path: the dashboard is always at its root, such as https://pulse.example.ru',
    });
}

/** An address that everybody is shown. */
function checkShown(address: string): void {
  const { username, password } = new URL(address);
  if (username !== '' || password !== '')
    throw new Unusable({
      ru: 'адрес без имени и пароля: его увидят все',
      en: 'an address without a name and a password: everybody sees it',
    });
}

function checkHost(host: string): void {
  const plain = host.replace(/%.*$/, '');
  if (plain.includes(':') ? isIP(plain) !== 6 : !namedHost(plain))
    throw new Unusable({
      ru: 'имя узла или IP-адрес без порта: порт задаётся в PORT',
      en: 'a host name or an IP address, without a port: that is PORT',
    });
}

type Check = (settings: Settings, now: Date) => unknown;

/** What each setting is used by, tried on it. Nothing is opened and nothing is sent; what only a setting needs is loaded for it. */
const checks: Partial<Record<SettingName, Check>> = {
  HOST: ({ HOST }) => checkHost(HOST),
  PUBLIC_URL: ({ PUBLIC_URL }) => PUBLIC_URL && checkPublicUrl(PUBLIC_URL),
  TRUSTED_PROXY: ({ TRUSTED_PROXY }) => proxyCheck(TRUSTED_PROXY)('127.0.0.1'),
  OPERATIONS_DATABASE_URL: async ({ OPERATIONS_DATABASE_URL }) => {
    if (!OPERATIONS_DATABASE_URL) return;
    const { waysTo } = await import('#schema/operations/postgres-address.ts');
    waysTo(OPERATIONS_DATABASE_URL);
  },
  PRIVACY_POLICY_URL: ({ PRIVACY_POLICY_URL }) => PRIVACY_POLICY_URL && checkShown(PRIVACY_POLICY_URL),
  VK_API_URL: ({ VK_API_URL }) => checkBase(VK_API_URL),
  TELEGRAM_PROXY: ({ TELEGRAM_PROXY }) => TELEGRAM_PROXY && parseProxy(TELEGRAM_PROXY, 1),
  TELEGRAM_WEB_URL: ({ TELEGRAM_WEB_URL }) => checkBase(TELEGRAM_WEB_URL),
  TELEGRAM_WEB_PROXY: async ({ TELEGRAM_WEB_PROXY }) => {
    if (!TELEGRAM_WEB_PROXY) return;
    const { createDispatcher } = await import('#collector/sources/telegram-web/transport.ts');
    await createDispatcher(TELEGRAM_WEB_PROXY, 1).destroy();
  },
  COLLECT_CRON: ({ COLLECT_CRON, TIMEZONE }, now) => checkCron(COLLECT_CRON, TIMEZONE, now),
  DIGEST_CRON: ({ DIGEST_CRON, TIMEZONE }, now) => checkCron(DIGEST_CRON, TIMEZONE, now),
};

/**
 * Tries the settings on what will use them, so that one that has its form and cannot work is told at the start and not in
 * the middle. Rejects with `SettingsError` with all of them.
 */
export async function checkUse(settings: Settings, now: Date): Promise<void> {
  const problems: SettingProblem[] = [];
  for (const [name, check] of Object.entries(checks) as [SettingName, Check][]) {
    try {
      await check(settings, now);
    } catch (error) {
      const cause = error instanceof Error ? error.message : String(error);
      const wanted =
        error instanceof Unusable
          ? error.wanted
          : {
              ru: `значение, с которым можно работать (${cause})`,
              en: `a value that can be used (${cause})`,
            };
      problems.push({ name, got: maskedSetting(name, String(settings[name])), wanted });
    }
  }
  if (problems.length > 0) throw new SettingsError(problems);
}
