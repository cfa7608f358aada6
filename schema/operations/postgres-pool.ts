import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pRetry from 'p-retry';
import pg from 'pg';
import type { Logger } from 'pino';
import { endsSession, explained, serverTrouble, usualDeadlines, type Deadlines } from './postgres-errors.ts';

/** Connections to a PostgreSQL server as the operations store uses them. */
export interface RemotePool extends PostgresPool {
  /** Does what may take longer than a query may, as a migration does, without a deadline; before anything else runs. */
  unhurried<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** What the pool is made for. */
export interface PoolSettings {
  /** Address, types and name, as the driver takes them. */
  connection: pg.PoolConfig;
  /** Connections at most. */
  size: number;
  /** Server and port, for people. */
  host: string;
  log: Logger;
  deadlines?: Deadlines | undefined;
}

/**
 * A pool whose every step ends: a connection is made within 10 s, a query is answered within 15 s, and a session that is idle
 * within a transaction is ended by the server after as long, so that a process that stands still holds no locks. Where all
 * connections are taken, ours or the server's, one is waited for, up to 30 s. A connection that breaks fails its own query
 * and is left; errors about the server are `OperationsUnavailable`, also where a query may have been carried out before its
 * answer was lost.
 */
export function createPool({
  connection,
  size,
  host,
  log,
  deadlines = usualDeadlines,
}: PoolSettings): RemotePool {
  const place = { host, deadlines };
  // The server ends a statement a little before we stop waiting for it: then it is known that nothing came of it.
  const limits = `SET statement_timeout = ${Math.round(0.9 * deadlines.query)}; SET idle_in_transaction_session_timeout = ${deadlines.query}`;
  const pool = new pg.Pool({ ...connection, max: size, connectionTimeoutMillis: deadlines.connection });
  let isHurried = true;
  const hearing = listenTo(deadlines.rest);
  const clients = new WeakMap<pg.PoolClient, PostgresPoolClient>();

  // For as long as a connection lives: a lent one has no listener of the pool's, and an error would end the process.
  pool.on('connect', (client) => {
    let isTold = false;
    client.on('error', (error) => {
      if (!isTold) log.warn({ reason: error.message, host }, 'A connection to PostgreSQL was lost');
      isTold = true;
    });
  });
  // The pool tells once more of those that it holds itself, and replaces them.
  pool.on('error', () => undefined);

  const borrow = async (): Promise<pg.PoolClient> =>
    await pRetry(() => pool.connect(), {
      retries: Infinity,
      minTimeout: 100,
      maxTimeout: 2_000,
      randomize: true,
      maxRetryTime: deadlines.room,
      shouldRetry: ({ error }) => ['crowded', 'starting'].includes(serverTrouble(error) ?? ''),
      onFailedAttempt: ({ error, attemptNumber }) => {
        if (attemptNumber === 1 && serverTrouble(error) === 'crowded')
          log.warn(
            { reason: error.message, host, ours: pool.totalCount },
            'Waiting for a connection to PostgreSQL',
          );
      },
    });

  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    let broken: unknown = null;
    const query = async <Row>(
      sql: string,
      parameters: readonly unknown[],
    ): Promise<PostgresQueryResult<Row>> => {
      // A transaction is rolled back by its end then: to ask for that would take one more deadline.
      if (broken !== null) throw broken;
      const began = performance.now();
      const asked = { text: sql, values: [...parameters], query_timeout: isHurried ? deadlines.query : 0 };
      try {
        const answer = (await client.query(asked)) as unknown as PostgresQueryResult<Row>;
        hearing.heard();
        return answer;
      } catch (error) {
        const told = explained(error, place);
        if (error instanceof pg.DatabaseError) hearing.heard();
        else if (serverTrouble(error) === 'silent') hearing.unheard(began, told);
        // The answer may still come, and would be taken for that to the next query.
        if (endsSession(error)) broken = told;
        throw told;
      }
    };
    return {
      query: query as PostgresPoolClient['query'],
      release: (destroy) => client.release(destroy === true || broken !== null),
    };
  };

  return {
    options: {},
    connect: async () => {
      hearing.check();
      const began = performance.now();
      try {
        const client = await borrow();
        const known = clients.get(client);
        if (known) return known;
        const wrapped = wrap(client);
        clients.set(client, wrapped);
        try {
          await wrapped.query(limits, []);
        } catch (error) {
          wrapped.release(true);
          throw error;
        }
        return wrapped;
      } catch (error) {
        const told = explained(error, place);
        if (serverTrouble(error) === 'silent') hearing.unheard(began, told);
        throw told;
      }
    },
    end: () => pool.end(),
    unhurried: async (work) => {
      isHurried = false;
      try {
        return await work();
      } finally {
        isHurried = true;
      }
    },
  };
}

/**
 * What is known of a server that hangs: who asks next is told so for `rest` milliseconds, and need not wait for a whole deadline
 * too.
 */
function listenTo(rest: number) {
  let heardAt = -Infinity;
  let silence: { until: number; error: unknown } | null = null;
  return {
    heard: (): void => {
      heardAt = performance.now();
      silence = null;
    },
    /** What began then has had no answer in its time; others may have had theirs. */
    unheard: (began: number, error: unknown): void => {
      if (heardAt < began) silence = { until: performance.now() + rest, error };
    },
    /** Throws what was told of the silence while that is new. */
    check: (): void => {
      if (silence !== null && performance.now() < silence.until) throw silence.error;
    },
  };
}
