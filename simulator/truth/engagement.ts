import type { KnownPost } from './known-post.ts';

/** What reactions are made of. */
export type Part = 'likes' | 'comments' | 'reposts';
const allParts: readonly Part[] = ['likes', 'comments', 'reposts'];

/** The posts that show views of their own: ER by view is made of these. */
function viewedOf(mature: readonly KnownPost[]): KnownPost[] {
  return mature.filter(({ own }) => own.views !== null);
}

/** The parts of reactions that are known on at least half of the mature posts that show their views. */
export function partsShown(mature: readonly KnownPost[]): Part[] {
  const viewed = viewedOf(mature);
  return allParts.filter((part) => {
    const known = viewed.filter(({ own }) => own[part] !== null).length;
    return known > 0 && 2 * known >= viewed.length;
  });
}

/** Somebody of a league, with the mature posts in one network. */
export interface Compared {
  /** Takes part in the ranks. */
  ranked: boolean;
  mature: readonly KnownPost[];
}

/** The parts that all who take part in the ranks show; those who show none are left out. Without any, of the others. */
export function partsCompared(league: readonly Compared[]): Part[] {
  const showing = league
    .map(({ ranked, mature }) => ({ ranked, parts: partsShown(mature) }))
    .filter(({ parts }) => parts.length > 0);
  const ranked = showing.filter((one) => one.ranked);
  const compared = ranked.length > 0 ? ranked : showing;
  return compared.length === 0
    ? []
    : allParts.filter((part) => compared.every(({ parts }) => parts.includes(part)));
}

/** ER by view: these parts of reactions / views, over mature posts that show their views and all of the parts. */
export function erViewOver(mature: readonly KnownPost[], parts: readonly Part[]): number | null {
  const whole = viewedOf(mature).filter(({ own }) => parts.every((part) => own[part] !== null));
  let [reactions, views] = [0, 0];
  for (const { own } of whole) {
    views += own.views ?? 0;
    reactions += parts.reduce((total, part) => total + (own[part] ?? 0), 0);
  }
  return parts.length === 0 || views === 0 ? null : reactions / views;
}
