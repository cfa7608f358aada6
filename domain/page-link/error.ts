/** Why a text is not taken for the link of a page. */
export type PageLinkReason =
  | 'empty'
  | 'several'
  | 'ambiguous'
  | 'not_a_link'
  | 'not_a_page'
  | 'person'
  | 'invite'
  | 'private'
  | 'other_network';

/** The forms that are understood, as examples for people. */
export const understoodForms = [
  'https://vk.com/name',
  'vk.com/club123 (public123, event123)',
  'vk.com/wall-123_45',
  't.me/name',
  't.me/s/name',
  '@name (where the network is clear)',
  'https://site.example',
] as const;

/** A text that is not the link of a page we can follow: what was got, why not, and what would be understood. */
export class PageLinkError extends Error {
  override readonly name = 'PageLinkError';
  readonly reason: PageLinkReason;
  /** The text as it was given. */
  readonly got: string;

  constructor(reason: PageLinkReason, got: string, explanation: string) {
    const shown = got.length > 120 ? `${got.slice(0, 120)}…` : got;
    super(`Not a page's link: "${shown}": ${explanation}. Understood forms: ${understoodForms.join(', ')}.`);
    this.reason = reason;
    this.got = got;
  }
}
