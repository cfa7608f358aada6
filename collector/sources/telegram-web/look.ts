import type { Look, LookRequest, PageProfile } from '../../source.ts';
import type { Gathered } from '../gathered.ts';
import { gather, lookOf, nothingGathered, reaches, windowOf } from '../gathered.ts';
import type { ShownCount } from './counts.ts';
import { WebFailure, outcomeOf } from './errors.ts';
import type { Header } from './map-page.ts';
import type { PreviewPage, Reader } from './reader.ts';
import { readCard, readPage } from './reader.ts';

/** Messages of one page of a preview. */
const messagesPerPage = 20;
/** Exact subscribers are asked for once a day; growth needs them within two days of any bound. */
const cardEvery = 20 * 3_600_000;

/** Whether the pages read so far are enough for what is wanted. */
function isEnough({ newest, since }: LookRequest, gathered: Gathered): boolean {
  return gathered.pages >= Math.ceil(newest / messagesPerPage) && reaches(gathered, since);
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
  const gathered = nothingGathered();
  let header: Header | null = null;
  let profile: PageProfile | null = null;
  let failure: WebFailure | null = null;
  try {
    for (let before: number | null = null; ;) {
      const page: PreviewPage = await readPage(reader, request, before, signal);
      gather(gathered, page, page.next === null);
      header ??= page.header;
      if (page.next === null || isEnough(request, gathered)) break;
      before = page.next;
    }
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    if (error.kind === 'stopped') return null;
    failure = error;
  }
  if (header) {
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
  const look = { pageId: request.pageId, profile, started, observed: clock.now() };
  // Nothing on an empty page tells whose it is.
  const window = gathered.ids.length === 0 ? null : windowOf(gathered);
  const failed = failure && { ...outcomeOf(failure), cause: failure.message };
  return lookOf(look, gathered, window, failed);
}
