import { chmod, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Logger } from 'pino';
import { TelegramFailure } from '#collector/sources/telegram/errors.ts';
import type { LoginAnswers } from '#collector/sources/telegram/login.ts';
import { signIn } from '#collector/sources/telegram/login.ts';
import { parseProxy } from '#collector/sources/telegram/proxy.ts';
import { systemClock } from '#domain/clock.ts';
import type { Settings } from '#domain/settings.ts';
import { exitCodes, WrongArguments } from '../failures.ts';
import { settingsFrom } from '../settings.ts';
import { wordsOf } from './findings.ts';
import { loginMessages } from './telegram-login-messages.ts';

/** A terminal, or what stands for one. */
export interface Terminal {
  ask(question: string): Promise<string>;
  /** What is typed is not seen. */
  askHidden(question: string): Promise<string>;
  /** For people; what was asked for goes to `print`. */
  tell(text: string): void;
  print(text: string): void;
}

/** Nobody answers any more: the person gave up, or the input ended. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** How to sign in. */
export interface LoginRequest {
  /** The file to write the session into; without one it is printed. */
  saveTo?: string | undefined;
  /** Whether a file that is there may be overwritten. */
  force: boolean;
  log: Logger;
  /** Milliseconds that Telegram may take to answer; 30,000 when left out, as a login may move to another server. */
  patience?: number;
}

/**
 * `telegram login`: signs a person in and gives the session, printed or in a file that only its owner reads. Needs the
 * settings of the application and of the proxy, no data directory and no running process. Gives the exit code. Throws
 * `WrongArguments` and `SettingsError`.
 */
export async function telegramLogin(
  environment: NodeJS.ProcessEnv,
  request: LoginRequest,
  terminal: Terminal,
): Promise<number> {
  // The sessions there are do not matter here, and their file may be the one that is to be written.
  const settings = await settingsFrom(
    { ...environment, TELEGRAM_SESSIONS: undefined, TELEGRAM_SESSIONS_FILE: undefined },
    systemClock.now(),
  );
  const { TELEGRAM_API_ID: apiId, TELEGRAM_API_HASH: apiHash, TELEGRAM_PROXY: proxy } = settings;
  if (apiId === undefined || apiHash === undefined) throw new WrongArguments(noApplication(settings));
  const { saveTo } = request;
  if (saveTo !== undefined) await checkTarget(saveTo, request.force, settings);

  const messages = loginMessages(settings.LOCALE);
  const deadline = request.patience ?? 30_000;
  const answers: LoginAnswers = {
    phone: async () => phoneNumber(await terminal.ask(messages.phone)),
    code: async (place) => (await terminal.ask(messages.code(place))).replace(/\D/gu, ''),
    password: async (hint) => await terminal.askHidden(messages.password(hint)),
    wrong: (answer) => terminal.tell(messages.wrong(answer)),
  };
  terminal.tell(messages.intro);
  try {
    const session = await signIn(
      {
        apiId,
        apiHash,
        proxy: proxy === undefined ? null : parseProxy(proxy, deadline / 1000),
        deadline,
        timer: systemClock,
        log: request.log,
      },
      answers,
    );
    if (saveTo === undefined) {
      terminal.tell(messages.shown);
      terminal.print(session);
    } else {
      await save(saveTo, session, request.force);
      terminal.tell(messages.saved(saveTo));
    }
    return 0;
  } catch (error) {
    if (error instanceof NoAnswer) {
      terminal.tell(messages.ended);
      return exitCodes.interrupted;
    }
    if (!(error instanceof TelegramFailure)) throw error;
    terminal.tell(messages.refused(error, proxy !== undefined));
    return exitCodes.failed;
  }
}

/** A number as Telegram takes it: digits with the country first. A Russian one may begin with 8 at home. */
export function phoneNumber(text: string): string {
  const digits = text.replace(/\D/gu, '');
  return `+${/^8\d{10}$/.test(digits) ? `7${digits.slice(1)}` : digits}`;
}

function noApplication(settings: Settings): string {
  return wordsOf(settings.LOCALE)(
    'Для входа нужны TELEGRAM_API_ID и TELEGRAM_API_HASH. Получите их на my.telegram.org (раздел «API development tools») и впишите в .env.',
    'Signing in needs TELEGRAM_API_ID and TELEGRAM_API_HASH. Get them at my.telegram.org ("API development tools") and put them into .env.',
  );
}

/** Tells a wrong file before anybody has typed a code for it. */
async function checkTarget(path: string, force: boolean, settings: Settings): Promise<void> {
  const words = wordsOf(settings.LOCALE);
  const there = await stat(path).catch(() => null);
  if (there?.isDirectory()) {
    throw new WrongArguments(
      words(`${path} — это папка, нужен файл.`, `${path} is a directory, a file is wanted.`),
    );
  }
  if (there && !force) {
    throw new WrongArguments(
      words(
        `Файл ${path} уже есть. Чтобы заменить его, добавьте --force.`,
        `The file ${path} is there already. To replace it, add --force.`,
      ),
    );
  }
  const directory = await stat(dirname(path)).catch(() => null);
  if (directory?.isDirectory()) return;
  throw new WrongArguments(
    words(`Папки ${dirname(path)} нет: создайте её.`, `There is no directory ${dirname(path)}: make it.`),
  );
}

/** Only its owner may read the file, before anything is in it. */
async function save(path: string, session: string, force: boolean): Promise<void> {
  if (force) await chmod(path, 0o600).catch(() => undefined);
  await writeFile(path, `${session}\n`, { mode: 0o600, flag: force ? 'w' : 'wx' });
}
