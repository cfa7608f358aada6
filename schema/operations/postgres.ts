import { PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { asIs } from '#domain/said.ts';
import { OperationsUnavailable } from './errors.ts';
import { waysTo, type Way } from './postgres-address.ts';
import type { Deadlines } from './postgres-errors.ts';
import { createPool, type RemotePool } from './postgres-pool.ts';

const bigintType = 20;

/** 64-bit integers as numbers; throws a `RangeError` rather than round one. */
function parseBigint(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is more than a number keeps exactly`);
  return value;
}

const types = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === bigintType && format !== 'binary' ? parseBigint : pg.types.getTypeParser(type, format),
};

/** The operations store on a PostgreSQL server, asked in one of the ways that its address allows. */
export interface RemoteDialect {
  dialect: PostgresDialect;
  pool: RemotePool;
  way: Way;
}

/**
 * The operations store on a PostgreSQL server with so many connections at most, in each of the ways that `url` allows, those to
 * be tried first in front. Nothing is sent yet. Throws `OperationsUnavailable` when `url` is no address of one.
 */
export function postgresDialects(
  url: string,
  { poolSize, log, deadlines }: { poolSize: number; log: Logger; deadlines?: Deadlines | undefined },
): RemoteDialect[] {
  return waysOf(url).map((way) => {
    const pool = createPool({
      connection: {
        connectionString: way.connectionString,
        application_name: 'profpulse',
        types: types as pg.CustomTypesConfig,
      },
      size: poolSize,
      host: new URL(url).host,
      log,
      deadlines,
    });
    return { dialect: new PostgresDialect({ pool }), pool, way };
  });
}

function waysOf(url: string): readonly Way[] {
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
  return waysTo(url);
}
