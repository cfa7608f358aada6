import type { Logger } from 'pino';

const firstLine = /^\s*-- (\w+)\s*\n/;

/** What a question is called: its first line says so (`-- queryDayCells`), after the function that asks it. `''` without. */
export const queryName = (sql: string): string => firstLine.exec(sql)?.[1] ?? '';

/** The setting by which a server's own log of queries (`system.query_log`) names a question. */
export const logComment = (query: string): string => `log_comment = '${query}'`;

/** What a question came to. */
interface Asked<Result> {
  result: Result;
  /** Rows that were answered or written. */
  rows: number;
}

/** Our log of what the store of observations is asked: each question with its name, how long it took, and its rows. */
export class QueryLog {
  readonly #log: Logger;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Does the work of a question and logs it at `debug`; one that fails as well, without rows. */
  async timed<Result>(query: string, work: () => Promise<Asked<Result>>): Promise<Result> {
    if (!this.#log.isLevelEnabled('debug')) return (await work()).result;
    const begun = performance.now();
    const tell = (details: { rows: number } | { failed: true }): void => {
      const milliseconds = Math.round(performance.now() - begun);
      this.#log.debug({ query, milliseconds, ...details }, 'The observations were asked');
    };
    try {
      const { result, rows } = await work();
      tell({ rows });
      return result;
    } catch (error) {
      tell({ failed: true });
      throw error;
    }
  }
}
