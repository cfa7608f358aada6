import type { Logger } from 'pino';
import type { TelegramFailure } from '#collector/sources/telegram/errors.ts';
import { parseProxy } from '#collector/sources/telegram/proxy.ts';
import { causeText } from '#domain/cause-text.ts';
import { systemClock } from '#domain/clock.ts';
import type { Settings } from '#domain/settings.ts';
import { telegramLoginCommand } from '#domain/telegram-login.ts';
import { whenLabel } from '../messages.ts';
import type { Finding, Words } from './findings.ts';

/** Milliseconds that Telegram may take to answer a doctor, who does not try twice. */
const patience = 10_000;

/** What a check is made with; `patience` in milliseconds. */
export interface TelegramCheck {
  words: Words;
  log: Logger;
  signal: AbortSignal;
  patience?: number;
}

/**
 * Asks Telegram with each session, live, whether it is signed in. A session is named by its place in
 * `TELEGRAM_SESSIONS`, never shown. Without sessions it is said how Telegram is read then.
 */
export async function checkTelegram(settings: Settings, check: TelegramCheck): Promise<Finding[]> {
  const { words, signal } = check;
  const { TELEGRAM_API_ID: apiId, TELEGRAM_API_HASH: apiHash, TELEGRAM_PROXY: proxy } = settings;
  if (settings.TELEGRAM_SESSIONS.length === 0 || apiId === undefined || apiHash === undefined) {
    const { host } = new URL(settings.TELEGRAM_WEB_URL);
    return [
      {
        level: 'note',
        text: words(
          `Telegram: ключи не заданы, открытые каналы читаются со страниц ${host}: без пересылок и комментариев, просмотры округлены. Точные числа даст вход командой ${telegramLoginCommand}`,
          `Telegram: no keys are set, public channels are read from the pages of ${host}: without forwards and comments, views rounded. For exact numbers sign in by ${telegramLoginCommand}`,
        ),
      },
    ];
  }
  const deadline = check.patience ?? patience;
  const link = {
    apiId,
    apiHash,
    proxy: proxy === undefined ? null : parseProxy(proxy, deadline / 1000),
    deadline,
    timer: systemClock,
    log: check.log,
  };
  const { checkSession } = await import('#collector/sources/telegram/check.ts');
  const findings: Finding[] = [];
  for (const [index, session] of settings.TELEGRAM_SESSIONS.entries()) {
    const failure = await checkSession(session, link, signal);
    findings.push(
      failure
        ? {
            level: 'bad',
            text: complaint(index + 1, failure, {
              words,
              hasProxy: proxy !== undefined,
              until: untilOf(failure, settings),
            }),
            gist: gistOf(index + 1, failure, words),
          }
        : {
            level: 'ok',
            text: words(`Telegram: вход ${index + 1} работает`, `Telegram: session ${index + 1} works`),
          },
    );
  }
  return findings;
}

/** When an order to wait ends, in words; `null` for what is none. */
function untilOf({ seconds }: TelegramFailure, { TIMEZONE, LOCALE }: Settings): string | null {
  if (seconds === null) return null;
  return whenLabel(new Date(systemClock.now().getTime() + seconds * 1000), TIMEZONE, LOCALE);
}

function gistOf(number: number, { kind }: TelegramFailure, words: Words): string {
  if (kind === 'flood') return words('Telegram просит подождать', 'Telegram wants a pause');
  if (kind === 'silent' || kind === 'unreachable')
    return words('до Telegram не достучаться', 'Telegram cannot be reached');
  return words(`Telegram: вход ${number} не работает`, `Telegram: session ${number} does not work`);
}

function complaint(
  number: number,
  failure: TelegramFailure,
  { words, hasProxy, until }: { words: Words; hasProxy: boolean; until: string | null },
): string {
  const { kind, word } = failure;
  // Telegram's own word is shorter than its explanation, which the advice repeats.
  const message = word || words(causeText(failure.message, 'ru'), failure.message);
  const who = words(`Telegram: вход ${number}`, `Telegram: session ${number}`);
  switch (kind) {
    case 'dead_account':
    case 'forgotten':
    case 'moved':
      return words(
        `${who} больше не действует (${message}). Войдите заново командой npm run profpulse -- telegram login и замените его в TELEGRAM_SESSIONS или в файле из TELEGRAM_SESSIONS_FILE.`,
        `${who} is not valid any more (${message}). Sign in again by npm run profpulse -- telegram login, and replace it in TELEGRAM_SESSIONS, or in the file of TELEGRAM_SESSIONS_FILE.`,
      );
    case 'application':
      return words(
        `${who}: Telegram не принял приложение (${message}). Сверьте TELEGRAM_API_ID и TELEGRAM_API_HASH с my.telegram.org.`,
        `${who}: Telegram refused the application (${message}). Compare TELEGRAM_API_ID and TELEGRAM_API_HASH with my.telegram.org.`,
      );
    case 'flood':
      return words(
        `${who}: Telegram просит подождать ${failure.seconds ?? '?'} с${until === null ? '' : ` (до ${until})`}. Это пройдёт само.`,
        `${who}: Telegram wants a pause of ${failure.seconds ?? '?'} s${until === null ? '' : ` (until ${until})`}. It passes by itself.`,
      );
    case 'silent':
    case 'unreachable':
      return hasProxy
        ? words(
            `${who}: до Telegram не достучаться (${message}). Проверьте прокси из TELEGRAM_PROXY: работает ли он и верен ли адрес.`,
            `${who}: Telegram cannot be reached (${message}). Look after the proxy in TELEGRAM_PROXY: whether it works, and its address.`,
          )
        : words(
            `${who}: до Telegram не достучаться (${message}). Проверьте сеть; если она выпускает наружу только через прокси вашей организации, задайте его в TELEGRAM_PROXY.`,
            `${who}: Telegram cannot be reached (${message}). Look after the network; if it lets out only through your organisation’s proxy, set it as TELEGRAM_PROXY.`,
          );
    default:
      return words(
        `${who} не проверен (${message}). Повторите позже.`,
        `${who} could not be checked (${message}). Try again later.`,
      );
  }
}
