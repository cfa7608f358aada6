import { asIs, SaidError, type Said } from '#domain/said.ts';

/** The operations store could not be opened or reached. */
export class OperationsUnavailable extends SaidError {
  override readonly name = 'OperationsUnavailable';
  /** Why, without what is unavailable and what to do. */
  readonly reason: Said;

  /** `reason`: a text stands as it is, as an engine or a server says it. */
  constructor(what: Said, reason: Said | string, advice: Said, options?: ErrorOptions) {
    const said = typeof reason === 'string' ? asIs(reason) : reason;
    super(
      {
        ru: `База реестра и настроек (${what.ru}) недоступна: ${said.ru}. ${advice.ru}`,
        en: `The operations store (${what.en}) is not available: ${said.en}. ${advice.en}`,
      },
      options,
    );
    this.reason = said;
  }
}

/** Something was asked for by an id that is not in the store. */
export class NotInStore extends Error {
  override readonly name = 'NotInStore';

  constructor(thing: string, id: number | string) {
    super(`There is no ${thing} ${id}. It may have been removed: reload the list and try again.`);
  }
}

/** A page is already registered: under the same native id, or under the same link while its id is not known. */
export class PageTaken extends Error {
  override readonly name = 'PageTaken';

  constructor(network: string, what: string, options?: ErrorOptions) {
    super(
      `The ${network} page ${what} is already in the register. ` +
        'Change the organisation of the page that is there, instead of adding it a second time.',
      options,
    );
  }
}

// SQLITE_BUSY and SQLITE_LOCKED.
const busyCodes = new Set<unknown>([5, 6]);

/** Whether SQLite gave up waiting for another process that writes into the same file. */
export function isStoreBusy(error: unknown): boolean {
  const { errcode, cause } = Object(error) as { errcode?: unknown; cause?: unknown };
  return busyCodes.has(errcode) || (cause !== undefined && isStoreBusy(cause));
}

// SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY; unique_violation of PostgreSQL.
const sqliteCodes = new Set<unknown>([2067, 1555]);
const postgresCode = '23505';

/** Whether an error of either database says that a row of the same key is there. */
export function isUniqueViolation(error: unknown): boolean {
  const { errcode, code } = error as { errcode?: unknown; code?: unknown };
  return sqliteCodes.has(errcode) || code === postgresCode;
}

// serialization_failure and deadlock_detected of PostgreSQL.
const givenWayCodes = new Set<unknown>(['40001', '40P01']);

/** Whether a server has ended a transaction for the sake of another one, so that it may be done again. */
export function isGivenWay(error: unknown): boolean {
  return givenWayCodes.has((error as { code?: unknown } | null)?.code);
}
