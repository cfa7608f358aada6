/** How an answer is made, and what keeping it costs. */
export interface AnswerWork<Answer> {
  ask: () => Promise<Answer>;
  /** Bytes it takes while it is kept; `null` when it is only for those who wait for it now. */
  bytesOf: (answer: Answer) => number | null;
}

/**
 * Answers that are computed once for all who ask the same: while one is under way others wait for it, and afterwards it is
 * kept as long as it rests on the same `stand`. Another stand drops everything that is kept, and so does the end of
 * `milliseconds` after it began. At most `mostBytes` are kept, those longest unused go first. What fails is told to all
 * who wait, and not kept.
 */
export class SharedAnswers {
  readonly #mostBytes: number;
  readonly #kept = new Map<string, { answer: unknown; bytes: number }>();
  readonly #underWay = new Map<string, Promise<unknown>>();
  readonly #milliseconds: number;
  #stand = '';
  #bytes = 0;
  #end: NodeJS.Timeout | undefined;

  constructor(mostBytes: number, milliseconds: number) {
    this.#mostBytes = mostBytes;
    this.#milliseconds = milliseconds;
  }

  /** Bytes that are kept. */
  get bytes(): number {
    return this.#bytes;
  }

  /**
   * The answer to `key` on that stand, which was read before. Equal keys have to mean equal answers; whoever may see more
   * than others has another key.
   */
  async share<Answer>(stand: string, key: string, work: AnswerWork<Answer>): Promise<Answer> {
    if (stand !== this.#stand) this.#begin(stand);
    const kept = this.#kept.get(key);
    if (kept) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept.answer as Answer;
    }
    const place = `${stand}\n${key}`;
    const running = this.#underWay.get(place) ?? this.#start(stand, key, place, work);
    return (await running) as Answer;
  }

  #start<Answer>(
    stand: string,
    key: string,
    place: string,
    { ask, bytesOf }: AnswerWork<Answer>,
  ): Promise<Answer> {
    const running = ask()
      .then((answer) => {
        this.#keep(stand, key, answer, bytesOf(answer));
        return answer;
      })
      .finally(() => this.#underWay.delete(place));
    this.#underWay.set(place, running);
    return running;
  }

  #begin(stand: string): void {
    this.#stand = stand;
    this.#drop();
    clearTimeout(this.#end);
    this.#end = setTimeout(() => this.#drop(), this.#milliseconds).unref();
  }

  #drop(): void {
    this.#kept.clear();
    this.#bytes = 0;
  }

  #keep(stand: string, key: string, answer: unknown, bytes: number | null): void {
    if (bytes === null || bytes > this.#mostBytes || stand !== this.#stand) return;
    this.#kept.set(key, { answer, bytes });
    this.#bytes += bytes;
    for (const [oldest, { bytes: freed }] of this.#kept) {
      if (this.#bytes <= this.#mostBytes) break;
      this.#kept.delete(oldest);
      this.#bytes -= freed;
    }
  }
}

/**
 * Freezes a value all through, for it goes to many who must not change it for each other, and tells about how many bytes
 * it takes in memory.
 */
export function freezeAndWeigh(value: unknown): number {
  if (typeof value === 'string') return 16 + 2 * value.length;
  if (typeof value !== 'object' || value === null) return 8;
  if (Object.isFrozen(value)) return 8;
  if (value instanceof Date) return 48;
  Object.freeze(value);
  let bytes = 48;
  const parts = value instanceof Map || value instanceof Set ? [...value.entries()].flat() : [];
  for (const part of parts) bytes += 8 + freezeAndWeigh(part);
  for (const part of Object.values(value)) bytes += 8 + freezeAndWeigh(part);
  return bytes;
}
