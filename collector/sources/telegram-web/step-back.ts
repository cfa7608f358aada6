import type { ReachProof } from '../../../domain/vocabulary.ts';
import type { Doubt } from '../../source.ts';
import type { KnownPage, PreviewPage, Reader } from './reader.ts';
import { readPage } from './reader.ts';

/** A place on the way back through a channel. */
export interface Place {
  /** Messages with smaller ids are wanted; `null`: the newest. */
  before: number | null;
  /** What the page read just before says of older messages: nothing, that there are some, or it showed some itself. */
  older: 'unsaid' | 'linked' | 'seen';
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
}

/** Where a way back begins. */
export const newest: Place = { before: null, older: 'linked' };

function placeWords({ before }: Place): string {
  return before === null ? 'the newest page' : `the page before ${before}`;
}

/**
 * Reads the page at a place. An end is never the absence of a link, nor one empty page, which is asked for again: it is
 * message 1 (`proven`), a page without a link and nothing before its oldest message (`proven`: the answers agree), or
 * nothing where the page before said that there is more (`weak`), unless it had shown messages of there itself. Throws
 * `WebFailure`.
 */
export async function stepBack(
  reader: Reader,
  known: KnownPage,
  place: Place,
  signal?: AbortSignal,
): Promise<Step> {
  let page = await readPage(reader, known, place.before, signal);
  let note = '';
  const ended = (end: ReachProof | null, doubt = page.doubt): Step => ({
    page,
    end,
    next: null,
    doubt,
    note,
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
  if (page.next === null) return ended('proven');
  const older = page.isCut ? 'seen' : page.isLinked ? 'linked' : 'unsaid';
  return { page, end: null, next: { before: page.next, older }, doubt: null, note };
}
