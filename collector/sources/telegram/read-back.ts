import type { Doubt } from '../../source.ts';
import { strangeDrops } from '../dropped.ts';
import type { KnownPage } from './chooser.ts';
import { TelegramFailure } from './errors.ts';
import type { HistoryPage } from './map.ts';
import type { Place, Reader } from './reader.ts';
import { messagesPerCall, newestPlace, readPage } from './reader.ts';

/** Answers that one look may take: as many as the largest channels have, and no more. */
const mostPages = 5_000;

/** A page of messages, with what is doubtful in it, and how it was had when that is worth knowing. */
export interface SurePage extends HistoryPage {
  doubt: Doubt | null;
  note: string;
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
    const reasons = Object.keys(dropped).sort().join(', ');
    const detail = `half of the messages or more are no posts of the channel (${reasons})`;
    return { doubt: { kind: 'dropped', detail }, note: `messages that are no posts (${reasons})` };
  }
  if (next === null || (offsetId > 0 && next >= offsetId)) {
    const detail = `none of the messages is older than ${offsetId}, as was asked for`;
    return { doubt: { kind: 'wrong_place', detail }, note: 'messages of another place' };
  }
  return null;
}

const messagesIn = ({ ids, removed }: HistoryPage): number => ids.length + removed.length;

/** Of two answers to the same question the one that shows more, the later when they show as much. */
function better(first: HistoryPage, second: HistoryPage): HistoryPage {
  return messagesIn(first) > messagesIn(second) ? first : second;
}

/**
 * One page of messages. An answer that is odd is asked for once more: one alone proves nothing. When both are odd, no
 * messages are the end if the channel's own count agrees, weakly, and all else is a doubt. `isStrict`: a single item that
 * is no post is enough to ask again, since nobody will read this place a second time. Throws `TelegramFailure`.
 */
export async function readSurely(
  reader: Reader,
  page: KnownPage,
  place: Place,
  count: number,
  { isStrict = false, signal }: { isStrict?: boolean; signal?: AbortSignal | undefined } = {},
): Promise<SurePage> {
  const first = await readPage(reader, page, place, count, signal);
  const odd = oddityOf(first, place);
  const strange = strangeDrops(first.dropped);
  if (!odd && !(isStrict && strange > 0)) return { ...first, doubt: null, note: '' };
  const second = await readPage(reader, page, place, count, signal);
  const note = `asked again: the first answer had ${odd?.note ?? `messages that are no posts (${strange})`}`;
  const isBetter = !oddityOf(second, place) && (odd !== null || strangeDrops(second.dropped) < strange);
  if (isBetter) return { ...second, doubt: null, note };
  const best = odd ? better(first, second) : first;
  const left = oddityOf(best, place);
  if (left?.doubt.kind !== 'no_posts') return { ...best, doubt: left?.doubt ?? null, note: '' };
  const hasMore = place.before !== null && Math.max(first.count, second.count) > place.before;
  // Of a channel that shows nothing at all the emptiness is what is to be judged: whoever knows it has posts will.
  return {
    ...best,
    end: hasMore && place.offsetId > 0 ? null : 'weak',
    doubt: hasMore ? left.doubt : null,
    note: '',
  };
}

/** Where the page after this one begins, always below it; `null` when this was the last, or is doubtful. */
export function placeAfter(place: Place, { next, end, ids, removed, doubt }: SurePage): Place | null {
  if (end !== null || doubt || next === null) return null;
  const before = place.before === null ? null : place.before + ids.length + removed.length;
  return { offsetId: next, before };
}

/** Pages of messages from the newest back to the channel's beginning, the first of `count`. */
export async function* pagesBack(
  reader: Reader,
  page: KnownPage,
  count: number,
  signal?: AbortSignal,
): AsyncGenerator<SurePage> {
  let place: Place | null = newestPlace;
  for (let pages = 0; place !== null; pages += 1) {
    if (pages === mostPages) {
      throw new TelegramFailure('unknown', `broken: no end of messages in ${mostPages} answers`);
    }
    const wanted: number = place.offsetId === 0 ? count : messagesPerCall;
    const read: SurePage = await readSurely(reader, page, place, wanted, { signal });
    yield read;
    place = placeAfter(place, read);
  }
}
