import type { Doubt } from '../../source.ts';
import { oldestAbout, runsAhead } from '../kit/dates.ts';
import { strangeDrops, strangeReasons } from '../kit/dropped.ts';
import { passable } from '../kit/look-accumulator.ts';
import type { Oddness } from '../kit/plausible.ts';
import { newestSeen, oddnessOf } from '../kit/plausible.ts';
import type { KnownPage } from './account-selector.ts';
import { TelegramFailure } from './errors.ts';
import { countedIn, farTooShort, joined, messagesIn, seenOf } from './likely-page.ts';
import type { HistoryPage } from './map.ts';
import type { Place, Reader } from './reader.ts';
import { askedFor, messagesPerCall, newestPlace, notesOn, readPage } from './reader.ts';

/** Answers that one look may take: as many as the largest channels have, and no more. */
const mostPages = 5_000;

/** A page of messages, with what is doubtful in it, and how it was had when that is worth knowing. */
export interface SurePage extends HistoryPage {
  doubt: Doubt | null;
  note: string;
  /** A doubt of it that was passed over. */
  passed?: Doubt;
  /** All of it is dated later than what stands above it, whenever asked: the dates above are wrong. */
  runsAhead: boolean;
}

/** What is odd about an answer; in the words of a note as well. */
interface Oddity {
  doubt: Doubt;
  note: string;
}

/** Whether an answer is at odds with what was asked. Details are the same for the same evidence. */
function oddityOf({ returned, next, dropped }: HistoryPage, { offsetId }: Place): Oddity | null {
  if (returned === 0) {
    const where = offsetId === 0 ? 'no messages' : `no messages older than ${offsetId}`;
    const detail = `${where}, though the channel counts some`;
    return { doubt: { kind: 'no_posts', detail }, note: 'no messages' };
  }
  if (strangeDrops(dropped) * 2 >= returned) {
    const reasons = strangeReasons(dropped);
    const detail = `half of the messages or more are no posts of the channel (${reasons})`;
    return { doubt: { kind: 'dropped', detail }, note: `messages that are no posts (${reasons})` };
  }
  if (next === null || (offsetId > 0 && next >= offsetId)) {
    const detail = `none of the messages is older than ${offsetId}, as was asked for`;
    return { doubt: { kind: 'wrong_place', detail }, note: 'messages of another place' };
  }
  return null;
}

/** Of two answers to the same question the one that shows more, the later when they show as much. */
function better(first: HistoryPage, second: HistoryPage): HistoryPage {
  return messagesIn(first) > messagesIn(second) ? first : second;
}

/** How a page is to be read. */
interface Reading {
  /** A single item that is no post is enough to ask again, since nobody will read this place a second time. */
  isStrict?: boolean;
  /** What is published earlier is not wanted. */
  from?: Date | null;
  signal?: AbortSignal | undefined;
}

const plain = (page: HistoryPage, more: Partial<SurePage> = {}): SurePage => ({
  ...page,
  doubt: null,
  note: '',
  runsAhead: false,
  ...more,
});

/**
 * Asks once more for a page that leaves messages out, or whose dates are unlikely. Both answers together are believed; the
 * second alone where it is the dates. What was the same twice in the newest page is not asked again.
 */
async function readLikely(
  reader: Reader,
  page: KnownPage,
  { place, count, from }: { place: Place; count: number; from: Date | null },
  first: HistoryPage,
  signal?: AbortSignal,
): Promise<SurePage> {
  const asked = askedFor(count);
  const notes = notesOn(reader, page.nativeId);
  const isNewest = place.offsetId === 0;
  const keep = (believed: HistoryPage) => {
    if (isNewest) notes.newest = newestSeen(seenOf(believed, place, asked));
  };
  const last = isNewest ? notes.newest : null;
  const before = isNewest ? null : place.offsetId;
  const oddness = oddnessOf(seenOf(first, place, asked), { before, above: place.above, last, from });
  if (oddness === null) {
    keep(first);
    return plain(first);
  }
  const second = await readPage(reader, page, place, count, signal);
  const odd = oddityOf(second, place);
  if (odd) return plain(first, { doubt: seenOf(first, place, asked).isShort ? odd.doubt : null });
  const both = oddness === 'dates' ? second : joined(first, second);
  const doubt = farTooShort(both, place, asked);
  if (doubt) return plain(both, { doubt });
  keep(both);
  return plain(both, { note: noteOn(first, both, oddness), runsAhead: runsAhead(both.posts, place.above) });
}

function noteOn(first: HistoryPage, both: HistoryPage, oddness: Oddness): string {
  if (oddness === 'left_out') {
    const ids = new Set(first.ids);
    return both.ids.every((id) => ids.has(id)) ? '' : 'asked again: the first answer left messages out';
  }
  const dates = new Map(first.posts.map(({ postId, published }) => [postId, published.getTime()]));
  const isSame = both.posts.every(({ postId, published }) => dates.get(postId) === published.getTime());
  return isSame ? '' : 'asked again: the first answer had other dates';
}

/**
 * One page of messages. An answer that is odd is asked for once more: one alone proves nothing. When both are odd, no
 * messages are the end if the channel's own count agrees, weakly, and all else is a doubt. Throws `TelegramFailure`.
 */
export async function readSurely(
  reader: Reader,
  page: KnownPage,
  place: Place,
  count: number,
  { isStrict = false, from = null, signal }: Reading = {},
): Promise<SurePage> {
  const first = await readPage(reader, page, place, count, signal);
  const odd = oddityOf(first, place);
  const strange = strangeDrops(first.dropped);
  if (!odd && strange === 0) return await readLikely(reader, page, { place, count, from }, first, signal);
  if (!odd && !isStrict) return plain(first);
  const second = await readPage(reader, page, place, count, signal);
  const note = `asked again: the first answer had ${odd?.note ?? `messages that are no posts (${strange})`}`;
  const isBetter = !oddityOf(second, place) && (odd !== null || strangeDrops(second.dropped) < strange);
  if (isBetter) return plain(second, { note });
  const best = odd ? better(first, second) : first;
  const left = oddityOf(best, place);
  if (left?.doubt.kind !== 'no_posts') return plain(best, { doubt: left?.doubt ?? null });
  const hasMore = place.before !== null && Math.max(first.count, second.count) > place.before;
  // Of a channel that shows nothing at all the emptiness is what is to be judged: whoever knows it has posts will.
  return plain(best, {
    end: hasMore && place.offsetId > 0 ? null : 'weak',
    doubt: hasMore ? left.doubt : null,
  });
}

/** Where the page after this one begins, always below it; `null` when this was the last, or is doubtful. */
export function placeAfter(place: Place, page: SurePage): Place | null {
  const { next, end, doubt, posts } = page;
  if (end !== null || doubt || next === null) return null;
  const before = place.before === null ? null : place.before + countedIn(page);
  return { offsetId: next, before, above: oldestAbout(posts) ?? place.above };
}

/** Pages of messages from the newest back to the channel's beginning, the first of `count`; doubts accepted are passed over. */
export async function* pagesBack(
  reader: Reader,
  page: KnownPage,
  { count, accepts }: { count: number; accepts?: readonly string[] | undefined },
  signal?: AbortSignal,
): AsyncGenerator<SurePage> {
  let place: Place | null = newestPlace;
  for (let pages = 0; place !== null; pages += 1) {
    if (pages === mostPages) {
      throw new TelegramFailure('unknown', `broken: no end of messages in ${mostPages} answers`);
    }
    const wanted: number = place.offsetId === 0 ? count : messagesPerCall;
    const surely: SurePage = await readSurely(reader, page, place, wanted, { signal });
    const passed = surely.next === null ? null : passable(surely.doubt, accepts);
    const read: SurePage = passed ? { ...surely, doubt: null, passed } : surely;
    yield read;
    place = placeAfter(place, read);
  }
}
