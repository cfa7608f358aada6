/**
 * Some of the organisations: those that somebody may see, or edit. As JSON it is its key alone, so that questions about equal
 * organisations are equal questions: of one register, equal keys mean equal organisations.
 */
export class Reach {
  readonly key: string;
  readonly #ids: ReadonlySet<number>;

  constructor(key: string, ids: ReadonlySet<number>) {
    this.key = key;
    this.#ids = ids;
  }

  /** Whether an organisation is among them. */
  has(organisationId: number): boolean {
    return this.#ids.has(organisationId);
  }

  /** How many they are. */
  get size(): number {
    return this.#ids.size;
  }

  toJSON(): string {
    return this.key;
  }
}

/** Whether an organisation is within reach; `null` reaches all of them. */
export const isWithin = (reach: Reach | null | undefined, organisationId: number): boolean =>
  !reach || reach.has(organisationId);
