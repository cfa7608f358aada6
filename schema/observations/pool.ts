import { ObservationsClosed } from './errors.ts';

/** What a connection is to run. */
export interface Statement {
  /** Its settings stand in it; a question names no format. */
  sql: string;
  parameters?: Record<string, unknown>;
  /** Rows to insert, one a line. */
  lines?: string;
  /** Whether the answer is rows, in `answerFormat`. */
  isQuestion?: boolean;
}

/** One way to the database, which runs one query at a time. */
export interface Connection {
  /** Runs a statement and returns the whole answer. */
  run(statement: Statement): Promise<string>;
  close(): Promise<void>;
}

/**
 * Hands each query a connection of its own and lets the others wait in order of arrival.
 * `close` takes nothing more, waits for what runs and waits in line, then closes the connections.
 */
export class Pool {
  readonly #connections: readonly Connection[];
  readonly #free: Connection[];
  readonly #waiting: ((connection: Connection) => void)[] = [];
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(connections: readonly Connection[]) {
    this.#connections = connections;
    this.#free = [...connections];
  }

  /** Runs `work` on the next free connection; rejects with `ObservationsClosed` once `close` was called. */
  async use<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    if (this.#closing) throw new ObservationsClosed();
    const running = this.#onFreeConnection(work);
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Drains and closes; the same promise when called again. */
  close(): Promise<void> {
    this.#closing ??= this.#drain();
    return this.#closing;
  }

  async #onFreeConnection<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    const connection =
      this.#free.pop() ?? (await new Promise<Connection>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(connection);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(connection);
      else this.#free.push(connection);
    }
  }

  async #drain(): Promise<void> {
    await Promise.allSettled(this.#running);
    for (const connection of this.#connections) await connection.close();
  }
}
