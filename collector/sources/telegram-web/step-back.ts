import type { ReachProof } from '#domain/vocabulary.ts';
import type { Doubt } from '../../source.ts';
import { oldestAbout, runsAhead } from '../kit/dates.ts';
import { strangeDrops } from '../kit/dropped.ts';
import { gapsIn, joinIds, joinPosts, longGap } from '../kit/holes.ts';
import type { Oddness, PageSeen } from '../kit/plausible.ts';
import { newestSeen, oddnessOf } from '../kit/plausible.ts';
import type { KnownPage, PreviewPage, Reader } from './reader.ts';
import { readPage } from './reader.ts';

/** Messages of one page of a preview, those of albums counted singly. */
export const messagesPerPage = 20;

/** Pages without a message that only lead on are passed; so many in a row lead nowhere. */
export const mostEmpty = 5;

export const leadsNowhere: Doubt = {
  kind: 'no_posts',
  detail: 'the pages show no posts, and lead on to older ones',
};

/** A place on the way back through a channel. */
export interface Place {
  /** Messages with smaller ids are wanted; `null`: the newest. */
  before: number | null;
  /** What the page read just before says of older messages: nothing, that there are some, or it showed some itself. */
  older: 'unsaid' | 'linked' | 'seen';
  /** When about the messages above were published; `null` when that is not known. */
  above: Date | null;
  /** The place of the page read just before, which may have left messages out if it was not the last. */
  unsure?: { before: number | null };
}

/** One answer on the way back. */
export interface Step {
  page: PreviewPage;
  /** The channel has no older messages, and how well that is known; `null`: there may be some. */
  end: ReachProof | null;
  /** Where the way goes on; `null` at its end. */
  next: Place | null;
  /** The answer contradicts itself or the one before. */
  doubt: Doubt | null;
  /** What was odd and is settled; ''. */
  note: string;
  /** All of it is dated later than what stands above it, whenever asked: the dates above are wrong. */
  runsAhead: boolean;
}

/** Where a way back begins. */
export const newest: Place = { before: null, older: 'linked', above: null };

function placeWords({ before }: Place): string {
  return before === null ? 'the newest page' : `the page before ${before}`;
}

function seenOf(page: PreviewPage): PageSeen {
  const { ids, posts, shown, isLinked } = page;
  return { ids, posts, isShort: isLinked && shown < messagesPerPage, mayBeLast: !isLinked };
}

/** What two answers to the same question show, down to the message that both came to. */
function joined(first: PreviewPage, second: PreviewPage): PreviewPage {
  const bottomOf = ({ next }: PreviewPage) => next ?? 1;
  const upper = bottomOf(first) > bottomOf(second) ? first : second;
  const bottom = bottomOf(upper);
  const isSounder = strangeDrops(first.dropped) < strangeDrops(second.dropped);
  const ids = joinIds(first.ids, second.ids, bottom);
  return {
    ...upper,
    posts: joinPosts(first.posts, second.posts, bottom),
    ids,
    dropped: isSounder ? first.dropped : second.dropped,
    shown: Math.max(first.shown, second.shown, ids.length),
    isLinked: first.isLinked || second.isLinked,
    hasReacted: first.hasReacted || second.hasReacted,
    inOrder: first.inOrder && second.inOrder,
  };
}

/** Of two answers to the same question what is believed; `null` when the second is odd in a way of its own. */
function agreed(first: PreviewPage, second: PreviewPage, oddness: Oddness): PreviewPage | null {
  if (second.isEmpty || second.ids.length === 0 || second.doubt) return null;
  return oddness === 'dates' ? second : joined(first, second);
}

/** Pages that lead on and show less than half of their messages, whenever asked. */
function farTooShort(name: string | null): Doubt {
  const detail = `the pages of ${name ?? 'the channel'} show less than half of their messages, and lead on to older ones`;
  return { kind: 'vanished', detail };
}

/**
 * Asks once more for a page that leads on and leaves messages out, or whose dates are unlikely. Both answers together
 * are believed; the second alone where it is the dates. What was the same twice in the newest page is not asked again.
 */
async function readLikely(
  reader: Reader,
  known: KnownPage,
  { place, from }: { place: Place; from: Date | null },
  first: PreviewPage,
  signal?: AbortSignal,
): Promise<{ page: PreviewPage; doubt: Doubt | null; note: string }> {
  const { nativeId, name } = known;
  const last = place.before === null ? (reader.newest.get(nativeId) ?? null) : null;
  const isSound = strangeDrops(first.dropped) === 0 && first.ids.length > 0;
  const keep = (page: PreviewPage) => {
    if (place.before === null) reader.newest.set(nativeId, newestSeen(seenOf(page)));
  };
  const oddness = isSound
    ? oddnessOf(seenOf(first), { before: place.before, above: place.above, last, from })
    : null;
  if (oddness === null) {
    if (isSound) keep(first);
    return { page: first, doubt: null, note: '' };
  }
  const second = await readPage(reader, known, place.before, signal);
  const page = agreed(first, second, oddness);
  if (!page) {
    const detail = `telegram: ${placeWords(place)} shows few posts, and then none`;
    const doubt = second.doubt ?? ({ kind: 'no_posts', detail } as const);
    return { page: first, doubt: seenOf(first).isShort ? doubt : null, note: '' };
  }
  if (page.shown * 2 < messagesPerPage && page.isLinked) return { page, doubt: farTooShort(name), note: '' };
  keep(page);
  const isOther = oddness === 'dates' ? !hasDatesOf(page, first) : hasMoreThan(page, first);
  const showed =
    oddness === 'dates'
      ? `telegram: ${placeWords(place)} showed other dates when asked again`
      : `telegram: ${placeWords(place)} showed more posts when asked again`;
  return { page, doubt: null, note: isOther ? showed : '' };
}

function hasMoreThan(page: PreviewPage, other: PreviewPage): boolean {
  const ids = new Set(other.ids);
  return page.ids.some((id) => !ids.has(id));
}

function hasDatesOf(page: PreviewPage, other: PreviewPage): boolean {
  const dates = new Map(other.posts.map(({ postId, published }) => [postId, published.getTime()]));
  return page.posts.every(({ postId, published }) => dates.get(postId) === published.getTime());
}

/** A page without a link to older messages may be the last, or one that left out its link, and messages too. */
function isUnsure(page: PreviewPage, before: number | null): boolean {
  const { isLinked, isEmpty, isCut, ids, shown } = page;
  // Of a page that was cut the next one shows the album.
  if (isLinked || isEmpty || isCut) return false;
  const gaps = gapsIn(ids, before);
  if (shown >= messagesPerPage) return longGap(gaps) !== null;
  return before === null || gaps.length > 0;
}

/** The page with what the one above it shows when asked for again, which was taken for the last and was not. */
async function withAbove(
  reader: Reader,
  known: KnownPage,
  page: PreviewPage,
  { unsure, before }: Place,
  signal?: AbortSignal,
): Promise<PreviewPage> {
  if (!unsure || before === null) return page;
  const above = await readPage(reader, known, unsure.before, signal);
  return {
    ...page,
    posts: [...page.posts, ...joinPosts([], above.posts, before)],
    ids: [...page.ids, ...joinIds([], above.ids, before)],
  };
}

/**
 * Reads the page at a place; what is published before `from` is not wanted. An end is never the absence of a link, nor
 * one empty page, which is asked for again: it is message 1 (`proven`), a page without a link and nothing before its
 * oldest message (`proven`: the answers agree), or nothing where the page before said that there is more (`weak`),
 * unless it had shown messages of there itself. A page that leads on and leaves messages out is asked for once more.
 * Throws `WebFailure`.
 */
export async function stepBack(
  reader: Reader,
  known: KnownPage,
  place: Place,
  { from = null, signal }: { from?: Date | null; signal?: AbortSignal | undefined } = {},
): Promise<Step> {
  let page = await readPage(reader, known, place.before, signal);
  let note = '';
  const ended = (end: ReachProof | null, doubt = page.doubt): Step => ({
    page,
    end,
    next: null,
    doubt,
    note,
    runsAhead: false,
  });
  if (page.isEmpty) {
    page = await readPage(reader, known, place.before, signal);
    if (!page.isEmpty) {
      note = `telegram: ${placeWords(place)} showed no posts at first, and did when asked again`;
    } else if (page.next === null && place.older === 'seen') {
      const detail = `telegram: ${placeWords(place)} shows no posts, and the one before showed an album there`;
      return ended(null, { kind: 'no_posts', detail });
    } else if (page.next === null) return ended(place.older === 'unsaid' ? 'proven' : 'weak');
  } else if (place.older === 'unsaid') {
    note = `telegram: the page that ends at ${place.before} left out its link to older posts, which are there`;
  }
  if (page.doubt) return ended(null);
  const likely = await readLikely(reader, known, { place, from }, page, signal);
  page = likely.page;
  note = note && likely.note ? `${note}; ${likely.note}` : note || likely.note;
  if (likely.doubt) return ended(null, likely.doubt);
  const { next, isCut, isLinked } = page;
  const ahead = runsAhead(page.posts, place.above);
  const above = oldestAbout(page.posts) ?? place.above;
  const unsure = isUnsure(page, place.before) ? { unsure: { before: place.before } } : {};
  if (!page.isEmpty) page = await withAbove(reader, known, page, place, signal);
  if (next === null) return { ...ended('proven'), runsAhead: ahead };
  const older = isCut ? 'seen' : isLinked ? 'linked' : 'unsaid';
  return {
    page,
    end: null,
    next: { before: next, older, above, ...unsure },
    doubt: null,
    note,
    runsAhead: ahead,
  };
}
