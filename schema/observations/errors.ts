/** A value does not fit its column. Nothing of the batch was written. */
export class ValueRefused extends Error {
  override readonly name = 'ValueRefused';
  readonly column: string;

  constructor(column: string, reason: string) {
    super(`The value for the column ${column} was refused: ${reason}. Nothing of the batch was written.`);
    this.column = column;
  }
}

/** A question's answer is larger than one process may hold. */
export class ResultTooLarge extends Error {
  override readonly name = 'ResultTooLarge';

  constructor(limits: { resultRows: number; resultBytes: number }, options?: ErrorOptions) {
    super(
      `The answer is over the bound of ${limits.resultRows} rows or ${limits.resultBytes} bytes; nothing was returned. ` +
        'Ask for a shorter period or page through it.',
      options,
    );
  }
}

/** A question ran longer than it may, and was ended by the database. */
export class QuestionTooSlow extends Error {
  override readonly name = 'QuestionTooSlow';

  constructor(seconds: number, options?: ErrorOptions) {
    super(
      `The question ran longer than ${seconds} s and was ended by the database. ` +
        'Ask for a shorter period, or look whether the machine is busy.',
      options,
    );
  }
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

/** The store has been closed, or is closing. */
export class ObservationsClosed extends Error {
  override readonly name = 'ObservationsClosed';

  constructor() {
    super('The observations store is closed: the process is shutting down. Ask again after the restart.');
  }
}

/** The database could not be reached or opened. */
export class ObservationsUnavailable extends Error {
  override readonly name = 'ObservationsUnavailable';

  constructor(what: string, reason: string, advice: string, options?: ErrorOptions) {
    super(`The observations store (${what}) is not available: ${reason}. ${advice}`, options);
  }
}
