import pg from 'pg';
import { asIs, type Said } from '#domain/said.ts';
import { OperationsUnavailable } from './errors.ts';

/**
 * Milliseconds that a PostgreSQL server has to take a connection, to answer a query, and to have room for a connection; and in
 * which one that let a deadline pass is not asked again.
 */
export interface Deadlines {
  connection: number;
  query: number;
  room: number;
  rest: number;
}

export const usualDeadlines: Deadlines = { connection: 10_000, query: 15_000, room: 30_000, rest: 5_000 };

/** Which server an error is about. */
export interface ErrorPlace {
  /** Server and port, for people. */
  host: string;
  deadlines: Deadlines;
}

/**
 * What keeps PostgreSQL from answering: it takes no more connections (`crowded`), it is starting or ending (`starting`), it was
 * silent for a whole deadline (`silent`), or a connection could not be made or broke (`lost`).
 */
export type ServerTrouble = 'crowded' | 'starting' | 'silent' | 'lost';

/** Codes of PostgreSQL's errors: https://www.postgresql.org/docs/current/errcodes-appendix.html */
const troubleByCode: Readonly<Record<string, ServerTrouble>> = {
  '53300': 'crowded',
  '57P03': 'starting',
  '57014': 'silent',
  // An administrator or a crash ended the session, the database was dropped, the session was idle for too long.
  '57P01': 'lost',
  '57P02': 'lost',
  '57P04': 'lost',
  '57P05': 'lost',
  '25P03': 'lost',
};

/** What the driver says of its own; it gives these errors no codes. */
const troubleByMessage: readonly (readonly [RegExp, ServerTrouble])[] = [
  [/^timeout exceeded when trying to connect/u, 'crowded'],
  [/^(?:Query read timeout|timeout expired)|due to connection timeout/u, 'silent'],
  [/^Connection terminated|^Client (?:has encountered a connection error|was closed)/u, 'lost'],
];

/** What an error of the driver says of the server and the line to it; `null` for one that is about what was asked. */
export function serverTrouble(error: unknown): ServerTrouble | null {
  if (!(error instanceof Error)) return null;
  const { code = '' } = error as { code?: string };
  if (error instanceof pg.DatabaseError)
    return troubleByCode[code] ?? (code.startsWith('08') ? 'lost' : null);
  // Errors of a socket and of looking a name up carry the names of the system's codes.
  if (/^(?:E[A-Z]+|ENOTFOUND|EAI_\w+)$/u.test(code)) return code === 'ETIMEDOUT' ? 'silent' : 'lost';
  return troubleByMessage.find(([pattern]) => pattern.test(error.message))?.[1] ?? null;
}

/** Whether a session can go on after such an error: only where one statement was ended, and the server told so. */
export function endsSession(error: unknown): boolean {
  return serverTrouble(error) !== null && !(error instanceof pg.DatabaseError && error.code === '57014');
}

/** The driver's words, or of an error of the line its code: the words name the server, which is not for every reader. */
function wordsOf(error: Error): string {
  const { code } = error as { code?: string };
  return error instanceof pg.DatabaseError || code === undefined ? error.message : code;
}

function reasonOf(trouble: ServerTrouble, error: Error, deadlines: Deadlines): Said {
  const said = wordsOf(error);
  const [room, query] = [deadlines.room / 1000, deadlines.query / 1000];
  switch (trouble) {
    case 'crowded':
      return {
        ru: `за ${room} с не нашлось свободного соединения: ${said}`,
        en: `no connection was free within ${room} s: ${said}`,
      };
    case 'starting':
      return {
        ru: `сервер запускается или завершается: ${said}`,
        en: `the server is starting or ending: ${said}`,
      };
    case 'silent':
      return {
        ru: `сервер не ответил за отведённые ${query} с: ${said}`,
        en: `the server did not answer in its time of ${query} s: ${said}`,
      };
    case 'lost':
      return {
        ru: `соединения с сервером нет: ${said}`,
        en: `there is no connection to the server: ${said}`,
      };
  }
}

const adviceFor: Readonly<Record<ServerTrouble, Said>> = {
  crowded: {
    ru: 'Уменьшите OPERATIONS_DATABASE_CONNECTIONS или увеличьте max_connections сервера.',
    en: 'Make OPERATIONS_DATABASE_CONNECTIONS smaller, or max_connections of the server larger.',
  },
  starting: { ru: 'Повторите через минуту.', en: 'Try again in a minute.' },
  silent: {
    ru: 'Проверьте, не завис ли сервер PostgreSQL и не перегружен ли он.',
    en: 'Look whether the PostgreSQL server hangs or has too much to do.',
  },
  lost: {
    ru: 'Проверьте, работает ли сервер PostgreSQL и доступен ли он отсюда.',
    en: 'Look whether the PostgreSQL server runs, and can be reached from here.',
  },
};

/** An error of the driver as people can use it, where it is about the server or the line to it; any other as it is. */
export function explained(error: unknown, { host, deadlines }: ErrorPlace): unknown {
  const trouble = serverTrouble(error);
  if (trouble === null || !(error instanceof Error)) return error;
  const what = asIs(`PostgreSQL, ${host}`);
  return new OperationsUnavailable(what, reasonOf(trouble, error, deadlines), adviceFor[trouble], {
    cause: error,
  });
}
