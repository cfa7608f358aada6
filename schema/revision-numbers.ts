/**
 * Writes that one revision has versions for: `version = revision * 2^20 + sequence`, so that of two writes of one key that
 * of the greater revision wins, and of two in one revision the later.
 */
export const writesPerRevision = 2 ** 20;

/** The greatest revision whose versions a number keeps exactly. A thousand a second last for a hundred days, a thousand a day for ever. */
export const greatestRevision = 2 ** 33 - 1;

/** The revision that a version was made of. */
export function revisionOf(version: number): number {
  return Math.floor(version / writesPerRevision);
}
