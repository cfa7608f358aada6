import type { TelegramFailure } from '#collector/sources/telegram/errors.ts';
import type { CodePlace, WrongAnswer } from '#collector/sources/telegram/login.ts';
import { causeText } from '#domain/cause-text.ts';
import type { Locale } from '../messages.ts';
import { wordsOf } from './findings.ts';

/** What signing in says and asks, in one language. */
export interface LoginMessages {
  intro: string;
  phone: string;
  code(place: CodePlace): string;
  password(hint: string): string;
  wrong(answer: WrongAnswer): string;
  refused(failure: TelegramFailure, hasProxy: boolean): string;
  saved(path: string): string;
  shown: string;
  ended: string;
}

/** The messages of signing in. */
export function loginMessages(locale: Locale): LoginMessages {
  const words = wordsOf(locale);
  const places: Record<CodePlace, string> = {
    app: words('в приложение Telegram (чат «Telegram»)', 'to the Telegram app (the chat "Telegram")'),
    sms: words('в СМС', 'by SMS'),
    call: words('звонком', 'by a call'),
    email: words('на почту', 'by e-mail'),
    elsewhere: words('в Telegram', 'to Telegram'),
  };
  const wrong: Record<WrongAnswer, string> = {
    phone: words(
      'Telegram не знает такого номера. Введите его с кодом страны: +79141234567.',
      'Telegram does not know this number. Give it with the country: +79141234567.',
    ),
    unregistered: words(
      'С этим номером в Telegram никто не зарегистрирован. Зарегистрируйте его в приложении Telegram или введите другой.',
      'Nobody is registered in Telegram with this number. Register it in the Telegram app, or give another one.',
    ),
    code: words('Код не подошёл. Введите его ещё раз.', 'The code is not right. Give it again.'),
    expired: words(
      'Код устарел. Введите номер ещё раз, придёт новый.',
      'The code is too old. Give the number again, and another one comes.',
    ),
    password: words(
      'Пароль не подошёл. Это пароль двухэтапной аутентификации Telegram, а не код.',
      'The password is not right. It is that of Telegram’s two-step verification, not the code.',
    ),
  };
  return {
    intro: words(
      'Вход в Telegram. Каналы будут читаться от имени этой учётной записи; она ничего не пишет и никуда не вступает. Лучше завести отдельный номер.',
      'Signing in to Telegram. Channels will be read by this account; it writes nothing and joins nothing. A number of its own is best.',
    ),
    phone: words('Номер телефона', 'Phone number'),
    code: (place) => words(`Код, который пришёл ${places[place]}`, `The code sent ${places[place]}`),
    password: (hint) =>
      hint === ''
        ? words('Пароль двухэтапной аутентификации', 'Password of two-step verification')
        : words(
            `Пароль двухэтапной аутентификации (подсказка: ${hint})`,
            `Password of two-step verification (hint: ${hint})`,
          ),
    wrong: (answer) => wrong[answer],
    refused: (failure, hasProxy) => refusal(failure, hasProxy, locale),
    saved: (path) =>
      words(
        `Вход записан в ${path}. Укажите в настройках: TELEGRAM_SESSIONS_FILE=${path}`,
        `The session is in ${path}. Put it into the settings: TELEGRAM_SESSIONS_FILE=${path}`,
      ),
    shown: words(
      'Вход готов. Впишите строку целиком в настройку TELEGRAM_SESSIONS (несколько входов разделяются запятыми). Кто её знает, тот входит в вашу учётную запись: никому её не показывайте.',
      'Signed in. Put the whole line into the setting TELEGRAM_SESSIONS (several are split by commas). Whoever knows it is signed in as you: show it to nobody.',
    ),
    ended: words('Вход прерван, ничего не записано.', 'Signing in was interrupted, nothing was written.'),
  };
}

function refusal(failure: TelegramFailure, hasProxy: boolean, locale: Locale): string {
  const words = wordsOf(locale);
  const { kind, word, seconds } = failure;
  const cause = causeText(failure.message, locale);
  if (kind === 'flood') {
    if (seconds === null) {
      return words(
        `Слишком много попыток входа (${word}): Telegram просит подождать, обычно до суток. Повторите завтра.`,
        `Too many attempts (${word}): Telegram wants you to wait, for a day at most as a rule. Try again tomorrow.`,
      );
    }
    const minutes = Math.ceil(seconds / 60);
    return words(
      `Слишком много попыток входа: Telegram просит подождать ${minutes.toLocaleString('ru')} мин. Повторите позже.`,
      `Too many attempts: Telegram wants you to wait for ${minutes} min. Try again later.`,
    );
  }
  if (kind === 'application') {
    return words(
      `Telegram не принял приложение (${word}). Сверьте TELEGRAM_API_ID и TELEGRAM_API_HASH с my.telegram.org.`,
      `Telegram refused the application (${word}). Compare TELEGRAM_API_ID and TELEGRAM_API_HASH with my.telegram.org.`,
    );
  }
  if (word === 'PHONE_NUMBER_BANNED') {
    return words(
      'Telegram закрыл этот номер. Возьмите другой.',
      'This number is banned from Telegram. Take another one.',
    );
  }
  if (kind === 'silent' || kind === 'unreachable') {
    return hasProxy
      ? words(
          `Telegram не отвечает (${cause}). Проверьте прокси из TELEGRAM_PROXY.`,
          `Telegram does not answer (${cause}). Look after the proxy in TELEGRAM_PROXY.`,
        )
      : words(
          `Telegram не отвечает (${cause}). Проверьте сеть; если она выпускает наружу только через прокси вашей организации, задайте его в TELEGRAM_PROXY.`,
          `Telegram does not answer (${cause}). Look after the network; if it lets out only through your organisation’s proxy, set it as TELEGRAM_PROXY.`,
        );
  }
  return words(
    `Telegram не дал войти (${cause}). Повторите позже.`,
    `Telegram did not let you in (${cause}). Try again later.`,
  );
}
