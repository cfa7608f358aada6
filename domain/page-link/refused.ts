/** Why a text is not taken for the link of a page. */
export type PageLinkReason =
  | 'empty'
  | 'several'
  | 'ambiguous'
  | 'not_a_link'
  | 'not_a_page'
  | 'person'
  | 'playlist'
  | 'invite'
  | 'private'
  | 'other_network';

/** A link that a network's forms do not take. `parsePageLink` makes a `PageLinkError` of it, which says what they would take. */
export class LinkRefused extends Error {
  override readonly name = 'LinkRefused';
  readonly reason: PageLinkReason;

  /** `explanation` is English and ends a sentence. */
  constructor(reason: PageLinkReason, explanation: string) {
    super(explanation);
    this.reason = reason;
  }
}
