import { ObservationsClosed } from './errors.ts';

/** What a lane is to run. */
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
export interface Lane {
  /** Runs a statement and returns the whole answer. */
  run(statement: Statement): Promise<string>;
  close(): Promise<void>;
}

/**
 * Hands each query a lane of its own and lets the others wait in order of arrival.
 * `close` takes nothing more, waits for what runs and waits in line, then closes the lanes.
 */
export class Pool {
  readonly #lanes: readonly Lane[];
  readonly #free: Lane[];
  readonly #waiting: ((lane: Lane) => void)[] = [];
  readonly #running = new Set<Promise<unknown>>();
  #closing: Promise<void> | null = null;

  constructor(lanes: readonly Lane[]) {
    this.#lanes = lanes;
    this.#free = [...lanes];
  }

  /** Runs `work` on the next free lane; rejects with `ObservationsClosed` once `close` was called. */
  async use<Result>(work: (lane: Lane) => Promise<Result>): Promise<Result> {
    if (this.#closing) throw new ObservationsClosed();
    const running = this.#onFreeLane(work);
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

  async #onFreeLane<Result>(work: (lane: Lane) => Promise<Result>): Promise<Result> {
    const lane = this.#free.pop() ?? (await new Promise<Lane>((resolve) => this.#waiting.push(resolve)));
    try {
      return await work(lane);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(lane);
      else this.#free.push(lane);
    }
  }

  async #drain(): Promise<void> {
    await Promise.allSettled(this.#running);
    for (const lane of this.#lanes) await lane.close();
  }
}
