import { PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { asIs } from '../../domain/said.ts';
import { OperationsUnavailable } from './errors.ts';

const bigintType = 20;

/** 64-bit integers as numbers; throws a `RangeError` rather than round one. */
function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is more than a number keeps exactly`);
  return value;
}

/**
 * The operations store on a PostgreSQL server. Nothing is sent yet. Throws `OperationsUnavailable` when `url` is no
 * address of one.
 */
export function postgresDialect(url: string, poolSize: number, log: Logger): PostgresDialect {
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new OperationsUnavailable(
      asIs('OPERATIONS_DATABASE_URL'),
      { ru: 'значение — не адрес', en: 'its value is not an address' },
      {
        ru: 'Нужен адрес вида postgres://имя:пароль@сервер:5432/profpulse.',
        en: 'Give one like postgres://user:password@host:5432/profpulse.',
      },
    );
  }
  const types = {
    getTypeParser: (type: number, format?: 'text' | 'binary') =>
      type === bigintType && format !== 'binary' ? parseBigint : pg.types.getTypeParser(type, format),
  };
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: 'profpulse',
    connectionTimeoutMillis: 10_000,
    types: types as pg.CustomTypesConfig,
  });
  // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
  pool.on('error', (error) => log.warn({ reason: error.message }, 'A connection to PostgreSQL was lost.'));
  return new PostgresDialect({ pool });
}
