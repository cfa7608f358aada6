import type { Look, LookRequest, ObservedPost, PageProfile, Window } from '../../source.ts';
import type { ShownCount } from './counts.ts';
import { WebFailure, outcomeOf } from './errors.ts';
import type { Header } from './map-page.ts';
import type { PreviewPage, Reader } from './reader.ts';
import { readCard, readPage } from './reader.ts';

/** Messages of one page of a preview. */
const messagesPerPage = 20;
/** Exact subscribers are asked for once a day; growth needs them within two days of any bound. */
const cardEvery = 20 * 3_600_000;
/** Pages of messages about the channel itself that are passed to find a post. */
const mostWithoutPosts = 5;

/** What a look is made of, while pages are read. */
interface Gathered {
  posts: Map<number, ObservedPost>;
  dropped: Record<string, number>;
  ids: number[];
  pages: number;
  inOrder: boolean;
  oldest: Date | null;
  end: boolean;
  header: Header | null;
}

function gather(gathered: Gathered, page: PreviewPage): void {
  for (const post of page.posts) gathered.posts.set(post.postId, post);
  gathered.ids.push(...page.ids);
  for (const [reason, count] of Object.entries(page.dropped)) {
    gathered.dropped[reason] = (gathered.dropped[reason] ?? 0) + count;
  }
  const isLater = page.oldest !== null && gathered.oldest !== null && page.oldest > gathered.oldest;
  gathered.inOrder &&= page.inOrder && !isLater;
  gathered.oldest = page.oldest ?? gathered.oldest;
  gathered.end = page.next === null;
  gathered.header ??= page.header;
  gathered.pages += 1;
}

/** Whether the pages read so far are enough for what is wanted. */
function isEnough({ newest, since }: LookRequest, { pages, oldest, posts }: Gathered): boolean {
  if (pages < Math.ceil(newest / messagesPerPage)) return false;
  if (posts.size === 0 && pages < mostWithoutPosts) return false;
  return since === null || (oldest !== null && oldest <= since);
}

/** Messages keep their ids and are read by them, so that several pages cover what one would. */
function windowOf({ inOrder, end, oldest, ids }: Gathered): Window | null {
  // Nothing on it tells whose an empty page is.
  if (!inOrder || ids.length === 0) return null;
  if (end) return { after: null, ids };
  return oldest ? { after: oldest, ids } : null;
}

/**
 * Subscribers as exactly as they can be had: the head of the preview rounds them from a thousand on, the card does not.
 * Between two readings of the card nothing is said of them, since a rounded count after an exact one would hide it. A
 * card that cannot be had leaves the rounded count.
 */
async function subscribersOf(
  reader: Reader,
  { nativeId, name }: LookRequest,
  header: Header,
  signal?: AbortSignal,
): Promise<ShownCount | null> {
  const { subscribers } = header;
  if (name === null || subscribers?.precision === 'exact') return subscribers;
  const last = reader.cards.get(nativeId);
  const now = reader.clock.now();
  if (last && Math.abs(now.getTime() - last.getTime()) < cardEvery) return null;
  try {
    const card = await readCard(reader, name, signal);
    if (card?.subscribers?.precision !== 'exact') return subscribers;
    reader.cards.set(nativeId, now);
    return card.subscribers;
  } catch (error) {
    if (error instanceof WebFailure && error.kind !== 'stopped') return subscribers;
    throw error;
  }
}

/** The look at one page: its newest messages, older ones as far as wanted, and once a day its card. */
export async function lookAt(
  reader: Reader,
  request: LookRequest,
  signal?: AbortSignal,
): Promise<Look | null> {
  const { clock } = reader;
  const started = clock.now();
  const gathered: Gathered = {
    posts: new Map(),
    dropped: {},
    ids: [],
    pages: 0,
    inOrder: true,
    oldest: null,
    end: false,
    header: null,
  };
  let profile: PageProfile | null = null;
  let failure: WebFailure | null = null;
  try {
    for (let before: number | null = null; ;) {
      const page: PreviewPage = await readPage(reader, request, before, signal);
      gather(gathered, page);
      if (page.next === null || isEnough(request, gathered)) break;
      before = page.next;
    }
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    if (error.kind === 'stopped') return null;
    failure = error;
  }
  if (gathered.header) {
    const { header } = gathered;
    try {
      const subscribers = failure ? header.subscribers : await subscribersOf(reader, request, header, signal);
      profile = {
        name: header.name,
        title: header.title,
        subscribers: subscribers?.count ?? null,
        subscribersPrecision: subscribers?.precision ?? null,
      };
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      return null;
    }
  }
  const posts = [...gathered.posts.values()];
  const { dropped } = gathered;
  const seen = {
    pageId: request.pageId,
    profile,
    started,
    observed: clock.now(),
    posts,
    removed: [],
    dropped,
  };
  if (failure) {
    const { outcome, state } = outcomeOf(failure);
    const known = state ?? (gathered.pages > 0 ? 'ok' : null);
    return { ...seen, outcome, cause: failure.message, state: known, window: null };
  }
  const outcome = posts.length > 0 ? 'ok' : 'empty';
  return { ...seen, outcome, cause: '', state: 'ok', window: windowOf(gathered) };
}
