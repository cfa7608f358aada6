/** A text for people in both languages of the product. */
export type Said = Readonly<Record<'ru' | 'en', string>>;

/** A text that is the same in both languages: a name, a path, what another program said. */
export function asIs(text: string): Said {
  return { ru: text, en: text };
}

/** An error that explains itself to people in both languages; its message is the English one. */
export abstract class SaidError extends Error {
  readonly said: Said;

  constructor(said: Said, options?: ErrorOptions) {
    super(said.en, options);
    this.said = said;
  }
}
