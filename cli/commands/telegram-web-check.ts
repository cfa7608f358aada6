import type { WebFailure } from '#collector/sources/telegram-web/errors.ts';
import { checkWeb } from '#collector/sources/telegram-web/check.ts';
import { causeText } from '#domain/cause-text.ts';
import { systemClock } from '#domain/clock.ts';
import type { Settings } from '#domain/settings.ts';
import type { Finding, Words } from './findings.ts';
import type { TelegramCheck } from './telegram-check.ts';

/** Milliseconds that the site may take to answer a doctor, who does not try twice. */
const patience = 10_000;

/**
 * Asks for the page of one registered channel, live, where channels are read without a key. Nothing is asked with
 * accounts, or without a channel in the register (`name` is `null`).
 */
export async function checkTelegramWeb(
  settings: Settings,
  name: string | null,
  { words, log, signal, patience: deadline = patience }: TelegramCheck,
): Promise<Finding[]> {
  if (settings.TELEGRAM_SESSIONS.length > 0 || name === null) return [];
  const { TELEGRAM_WEB_URL: url, TELEGRAM_WEB_PROXY: proxy } = settings;
  const { host } = new URL(url);
  const failure = await checkWeb(name, { url, proxy, deadline, timer: systemClock, log }, signal);
  if (failure) {
    const gist =
      failure.kind === 'flood'
        ? words(`${host} просит подождать`, `${host} wants a pause`)
        : words(`${host} не открывается`, `${host} does not open`);
    return [{ level: 'bad', text: complaint(host, failure, proxy !== undefined, words), gist }];
  }
  return [{ level: 'ok', text: words(`Telegram: ${host} отвечает`, `Telegram: ${host} answers`) }];
}

function complaint(
  host: string,
  { kind, seconds, address, message: cause }: WebFailure,
  hasProxy: boolean,
  words: Words,
): string {
  const message = words(causeText(cause, 'ru'), cause);
  switch (kind) {
    case 'silent':
    case 'unreachable':
    case 'refused':
      return hasProxy
        ? words(
            `Telegram: ${host} не открывается (${message}). Проверьте прокси из TELEGRAM_WEB_PROXY: работает ли он и верен ли адрес.`,
            `Telegram: ${host} does not open (${message}). Look after the proxy in TELEGRAM_WEB_PROXY: whether it works, and its address.`,
          )
        : words(
            `Telegram: ${host} не открывается (${message}). Если страница не открывается из вашей сети, позовите администратора: он укажет прокси вашей организации в TELEGRAM_WEB_PROXY.`,
            `Telegram: ${host} does not open (${message}). If the page does not open from your network, call your administrator to set TELEGRAM_WEB_PROXY to your organisation’s proxy.`,
          );
    case 'flood':
      return words(
        `Telegram: ${host} просит подождать${seconds === null ? '' : ` ${seconds} с`}. Это пройдёт само.`,
        `Telegram: ${host} wants a pause${seconds === null ? '' : ` of ${seconds} s`}. It passes by itself.`,
      );
    case 'misdirected': {
      const set = `TELEGRAM_WEB_URL=${address ?? 'https://t.me'}`;
      return words(
        `Telegram: адрес ${host} только перенаправляет на другой адрес этого сайта. Задайте ${set}.`,
        `Telegram: ${host} only leads on to another address of the site. Set ${set}.`,
      );
    }
    case 'broken':
      return words(
        `Telegram: вместо ${host} отвечает кто-то другой (${message}). Откройте ${host} в браузере на этом компьютере. Если страница не открывается из вашей сети, позовите администратора.`,
        `Telegram: something else answers in place of ${host} (${message}). Open ${host} in a browser on this computer. If the page does not open from your network, call your administrator.`,
      );
    default:
      return words(
        `Telegram: ${host} не проверен (${message}). Повторите позже.`,
        `Telegram: ${host} could not be checked (${message}). Try again later.`,
      );
  }
}
