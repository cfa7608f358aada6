import type { Api } from 'telegram';
import { TelegramFailure } from './errors.ts';
import type { Gramjs } from './gramjs-type.ts';
import type { Connection, ConnectionSettings } from './connection.ts';
import { openConnection } from './connection.ts';

/** Where Telegram has sent the code to. */
export type CodePlace = 'app' | 'sms' | 'call' | 'email' | 'elsewhere';
/** What was wrong with an answer, which is then asked for again. */
export type WrongAnswer = 'phone' | 'unregistered' | 'code' | 'expired' | 'password';

/** Who answers while somebody signs in. */
export interface LoginAnswers {
  phone(): Promise<string>;
  code(place: CodePlace): Promise<string>;
  /** The second factor; `hint` is what its owner wrote down for it, '' for nothing. */
  password(hint: string): Promise<string>;
  wrong(answer: WrongAnswer): void;
}

function placeOf(type: Api.auth.TypeSentCodeType): CodePlace {
  switch (type.className) {
    case 'auth.SentCodeTypeApp':
      return 'app';
    case 'auth.SentCodeTypeSms':
    case 'auth.SentCodeTypeSmsWord':
    case 'auth.SentCodeTypeSmsPhrase':
    case 'auth.SentCodeTypeFirebaseSms':
      return 'sms';
    case 'auth.SentCodeTypeCall':
    case 'auth.SentCodeTypeFlashCall':
    case 'auth.SentCodeTypeMissedCall':
      return 'call';
    case 'auth.SentCodeTypeEmailCode':
      return 'email';
    default:
      return 'elsewhere';
  }
}

const wrongAnswers: Readonly<Record<string, WrongAnswer>> = {
  PHONE_NUMBER_INVALID: 'phone',
  PHONE_NUMBER_UNOCCUPIED: 'unregistered',
  PHONE_CODE_INVALID: 'code',
  PHONE_CODE_EMPTY: 'code',
  PHONE_CODE_EXPIRED: 'expired',
  PASSWORD_HASH_INVALID: 'password',
};

/** Whose answer was wrong by this failure; rethrows what no other answer would mend. */
function wrongOf(error: unknown): WrongAnswer {
  const wrong = error instanceof TelegramFailure ? wrongAnswers[error.word] : undefined;
  if (wrong === undefined) throw error;
  return wrong;
}

/** A connection for as long as a person looks for the code: made anew when it was cut meanwhile. */
interface Line {
  gramjs(): Gramjs;
  invoke: Connection['invoke'];
  session(): string;
  close(): Promise<void>;
}

async function openLine(settings: ConnectionSettings, signal?: AbortSignal): Promise<Line> {
  // A number lives on one of several servers: gramjs moves to it and asks again.
  const whole = { ...settings, maxAttempts: 3 };
  let connection = await openConnection('', whole, signal);
  return {
    gramjs: () => connection.gramjs,
    invoke: async (make) => {
      try {
        return await connection.invoke(make, signal);
      } catch (error) {
        if (!(error instanceof TelegramFailure) || error.kind !== 'unreachable') throw error;
        await connection.close();
        connection = await openConnection(connection.session(), whole, signal);
        return await connection.invoke(make, signal);
      }
    },
    session: () => connection.session(),
    close: () => connection.close(),
  };
}

interface SentCode {
  phone: string;
  hash: string;
  place: CodePlace;
}

async function sendCode(line: Line, settings: ConnectionSettings, answers: LoginAnswers): Promise<SentCode> {
  const { apiId, apiHash } = settings;
  for (;;) {
    const phone = await answers.phone();
    try {
      const sent = await line.invoke(
        ({ Api }) =>
          new Api.auth.SendCode({ phoneNumber: phone, apiId, apiHash, settings: new Api.CodeSettings({}) }),
      );
      if (sent.className !== 'auth.SentCode') {
        throw new TelegramFailure('unknown', `telegram: no code was sent (${sent.className})`);
      }
      return { phone, hash: sent.phoneCodeHash, place: placeOf(sent.type) };
    } catch (error) {
      answers.wrong(wrongOf(error));
    }
  }
}

async function givePassword(line: Line, answers: LoginAnswers): Promise<void> {
  for (;;) {
    const ask = () => line.invoke(({ Api }) => new Api.account.GetPassword());
    const { hint } = await ask();
    const password = await answers.password(hint ?? '');
    // The question is another each time, and one that has waited for a person may be refused.
    const proof = await line.gramjs().password.computeCheck(await ask(), password);
    try {
      await line.invoke(({ Api }) => new Api.auth.CheckPassword({ password: proof }));
      return;
    } catch (error) {
      answers.wrong(wrongOf(error));
    }
  }
}

/** Gives the code, and the second factor where there is one. False: the code is too old, another has to be sent. */
async function giveCode(line: Line, sent: SentCode, answers: LoginAnswers): Promise<boolean> {
  for (;;) {
    const code = await answers.code(sent.place);
    try {
      const signedIn = await line.invoke(
        ({ Api }) =>
          new Api.auth.SignIn({ phoneNumber: sent.phone, phoneCodeHash: sent.hash, phoneCode: code }),
      );
      if (signedIn.className === 'auth.Authorization') return true;
      throw new TelegramFailure('unknown', 'telegram: nobody is registered with this number', {
        word: 'PHONE_NUMBER_UNOCCUPIED',
      });
    } catch (error) {
      if (error instanceof TelegramFailure && error.word === 'SESSION_PASSWORD_NEEDED') {
        await givePassword(line, answers);
        return true;
      }
      const wrong = wrongOf(error);
      answers.wrong(wrong);
      if (wrong !== 'code') return false;
    }
  }
}

/**
 * Signs a person in: number, code, second factor. What was answered wrongly is asked again. Gives the session. Throws
 * `TelegramFailure` when Telegram refuses, and what the answers throw.
 */
export async function signIn(
  settings: ConnectionSettings,
  answers: LoginAnswers,
  signal?: AbortSignal,
): Promise<string> {
  const line = await openLine(settings, signal);
  try {
    for (;;) {
      const sent = await sendCode(line, settings, answers);
      if (await giveCode(line, sent, answers)) return line.session();
    }
  } finally {
    await line.close();
  }
}
