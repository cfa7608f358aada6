import { asIs, SaidError, type Said } from '#domain/said.ts';

/** A value does not fit its column. Nothing of the batch was written. */
export class ValueRefused extends Error {
  override readonly name = 'ValueRefused';
  readonly column: string;

  constructor(column: string, reason: string) {
    super(`The value for the column ${column} was refused: ${reason}. Nothing of the batch was written.`);
    this.column = column;
  }
}

/** What one question may take: time, and rows and bytes of its answer, which is held in memory whole. */
export interface QuestionBounds {
  seconds: number;
  resultRows: number;
  resultBytes: number;
}

/** A question's answer is larger than one process may hold. */
class ResultTooLarge extends Error {
  override readonly name = 'ResultTooLarge';

  constructor(bounds: QuestionBounds, options?: ErrorOptions) {
    super(
      `The answer is over the bound of ${bounds.resultRows} rows or ${bounds.resultBytes} bytes; nothing was ` +
        'returned. Ask for a shorter period, or page through it.',
      options,
    );
  }
}

/** A question ran longer than it may, and was ended by the database. */
class QuestionTooSlow extends Error {
  override readonly name = 'QuestionTooSlow';

  constructor(bounds: QuestionBounds, options?: ErrorOptions) {
    super(
      `The question ran longer than it may (${bounds.seconds} s, unless it says otherwise itself) and was ended ` +
        'by the database. Ask for a shorter period, or look whether the machine is busy.',
      options,
    );
  }
}

/** The database would have needed more memory than it is allowed. */
class MemoryExceeded extends Error {
  override readonly name = 'MemoryExceeded';

  constructor(reason: string, options?: ErrorOptions) {
    super(
      `The database would need more memory than it is allowed: ${reason.trim()} ` +
        'Ask for a shorter period, or ask again when less is going on.',
      options,
    );
  }
}

/** The database's errors that have a class and advice of their own as those; any other as it is. */
export function explainError(error: unknown, bounds: QuestionBounds): unknown {
  const type = (error as { type?: unknown }).type;
  if (type === 'TOO_MANY_ROWS_OR_BYTES') return new ResultTooLarge(bounds, { cause: error });
  if (type === 'TIMEOUT_EXCEEDED' || type === 'TOO_SLOW')
    return new QuestionTooSlow(bounds, { cause: error });
  if (type === 'MEMORY_LIMIT_EXCEEDED') return new MemoryExceeded((error as Error).message, { cause: error });
  return error;
}

/** An integer of the answer does not fit a JavaScript number. */
export class UnsafeInteger extends Error {
  override readonly name = 'UnsafeInteger';

  constructor(column: string, value: string) {
    super(
      `The column ${column} holds ${value}, more than a JavaScript number keeps exactly (2^53 - 1). ` +
        'Select it as toString(...).',
    );
  }
}

/** A parameter of a question has a value that no type takes. */
export class ParameterRefused extends Error {
  override readonly name = 'ParameterRefused';

  constructor(parameter: string, reason: string) {
    super(`The parameter ${parameter} was refused: ${reason}.`);
  }
}

/** A question's text is longer than a server reads. */
export class QuestionTooLong extends Error {
  override readonly name = 'QuestionTooLong';

  constructor(bytes: number, most: number) {
    super(
      `The text of a question is ${bytes} bytes long, and a server reads ${most} (max_query_size). ` +
        'Give what it is about as a table or in parts.',
    );
  }
}

/** A request did not come through to a server that lives. */
export class RequestFailed extends Error {
  override readonly name = 'RequestFailed';

  constructor(server: string, bytes: number, cause: unknown) {
    const { message, code } = cause as { message?: string; code?: string };
    const reason = (message?.trim() ?? '') || (code ?? 'an answer without a word');
    super(
      `The server at ${server} lives, and did not take a request of ${bytes} bytes: ${reason}. When that happens again, ` +
        'look whether it, or a proxy before it, bounds the size of a request (http_max_field_value_size, ' +
        'client_max_body_size), and at its log.',
      { cause },
    );
  }
}

/** The server of the observations does not answer, now or any more. */
export class ObservationsAway extends SaidError {
  override readonly name = 'ObservationsAway';
  /** Since when that is known. */
  readonly since: Date;
  /** What came instead of an answer. */
  readonly reason: Said;

  constructor(server: string, since: Date, reason: Said, options?: ErrorOptions) {
    const at = `${since.toISOString().slice(0, 19)}Z`;
    super(
      {
        ru: `Сервер базы наблюдений ${server} не отвечает с ${at}: ${reason.ru}.`,
        en: `The server of the observations at ${server} has not answered since ${at}: ${reason.en}.`,
      },
      options,
    );
    this.since = since;
    this.reason = reason;
  }
}

/** The store has been closed, or is closing. */
export class ObservationsClosed extends Error {
  override readonly name = 'ObservationsClosed';

  constructor() {
    super('The observations store is closed: the process is shutting down. Ask again after the restart.');
  }
}

/** The database could not be reached or opened. */
export class ObservationsUnavailable extends SaidError {
  override readonly name = 'ObservationsUnavailable';

  /** `reason`: a text stands as it is, as an engine or a server says it. */
  constructor(what: Said, reason: Said | string, advice: Said, options?: ErrorOptions) {
    const said = typeof reason === 'string' ? asIs(reason.trim().replace(/\.$/, '')) : reason;
    super(
      {
        ru: `База наблюдений (${what.ru}) недоступна: ${said.ru}. ${advice.ru}`,
        en: `The observations store (${what.en}) is not available: ${said.en}. ${advice.en}`,
      },
      options,
    );
  }
}
