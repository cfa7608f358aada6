import type { Doubt, Look, LookRequest, PageProfile } from '../../source.ts';
import type { ReachProof } from '#domain/vocabulary.ts';
import { oldestAbout } from '../kit/dates.ts';
import { LookAccumulator, passable, passedInWords, placeless } from '../kit/look-accumulator.ts';
import { isCount } from '../kit/said-count.ts';
import type { ShownCount } from './counts.ts';
import { WebFailure, outcomeOf } from './errors.ts';
import type { Header } from './map-page.ts';
import type { Reader } from './reader.ts';
import { readCard } from './reader.ts';
import type { Place, Step } from './step-back.ts';
import { leadsNowhere, messagesPerPage, mostEmpty, newest, stepBack } from './step-back.ts';

/** Exact subscribers are asked for once a day; growth needs them within two days of any bound. */
const cardEvery = 20 * 3_600_000;

/** An end that was proven is proven again once a day: it costs two requests. */
const endEvery = 20 * 3_600_000;

/** What reading back from the newest message came to. */
interface Walked {
  seen: LookAccumulator;
  header: Header | null;
  end: ReachProof | null;
  doubt: Doubt | null;
  notes: string[];
  failure: WebFailure | null;
}

/** Whether the pages read so far are enough for what is wanted. */
function isEnough(request: LookRequest, seen: LookAccumulator): boolean {
  return seen.pages >= Math.ceil(request.newest / messagesPerPage) && seen.reaches(request.since);
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
    if (isCount(card.subscribers.count)) reader.cards.set(nativeId, now);
    return card.subscribers;
  } catch (error) {
    if (error instanceof WebFailure && error.kind !== 'stopped') return subscribers;
    throw error;
  }
}

/** A step whose doubt was there for hours, and which shows some messages: what stands behind them is read all the same. */
function passedOver(step: Step, place: Place, { accepts }: LookRequest): Step & { passed?: Doubt } {
  const passed = passable(step.doubt, accepts);
  const { next: before, posts } = step.page;
  if (!passed || before === null) return step;
  const next = { before, older: 'linked', above: oldestAbout(posts) ?? place.above } as const;
  return { ...step, doubt: null, next, passed };
}

/** Whether a channel was proven, not long ago, to have nothing before the page that ends there without a link to more. */
function isKnownEnd(reader: Reader, nativeId: number, { before, older }: Place): boolean {
  const last = reader.ends.get(nativeId);
  if (!last || older !== 'unsaid' || last.before !== before) return false;
  return Math.abs(reader.clock.now().getTime() - last.at.getTime()) < endEvery;
}

/** Keeps an end that a page without messages has proven. */
function keepEnd(reader: Reader, nativeId: number, { before }: Place, { page, end, doubt }: Step): void {
  const isProven = end === 'proven' && page.isEmpty && !doubt && before !== null;
  if (isProven) reader.ends.set(nativeId, { before, at: reader.clock.now() });
  else reader.ends.delete(nativeId);
}

/** Takes a failure on the way into what was walked. */
function fail(walked: Walked, failure: WebFailure, request: LookRequest): void {
  if (failure.kind === 'wrong_place') {
    walked.doubt = { kind: 'wrong_place', detail: failure.message };
  } else if (failure.kind !== 'stopped' && isEnough(request, walked.seen)) {
    // All that was wanted is there; only whether it is all there is stays open.
    walked.notes.push(`whether there are older posts could not be asked: ${failure.message}`);
  } else walked.failure = failure;
}

/** Reads back from the newest message as far as is wanted; to the end of what a page without a link to more shows. */
async function walk(reader: Reader, request: LookRequest, signal?: AbortSignal): Promise<Walked> {
  const seen = new LookAccumulator();
  const walked: Walked = { seen, header: null, end: null, doubt: null, notes: [], failure: null };
  let empty = 0;
  for (let place: Place = newest; ;) {
    try {
      const step = passedOver(await stepBack(reader, request, place, { signal }), place, request);
      const { page, end, next, doubt, note, passed = null } = step;
      seen.add({ ...page, passed }, end !== null);
      walked.header ??= page.header;
      walked.end = end;
      walked.doubt = doubt;
      if (note !== '') walked.notes.push(note);
      if (next === null) {
        keepEnd(reader, request.nativeId, place, step);
        return walked;
      }
      if (isKnownEnd(reader, request.nativeId, next)) {
        walked.end = 'proven';
        seen.endHere();
        return walked;
      }
      empty = page.isEmpty ? empty + 1 : 0;
      if (empty === mostEmpty) {
        walked.doubt = leadsNowhere;
        return walked;
      }
      // Without a link this page may be the last one, or its last album is on the next one.
      if (page.isLinked && isEnough(request, seen)) return walked;
      place = next;
    } catch (error) {
      if (!(error instanceof WebFailure)) throw error;
      fail(walked, error, request);
      return walked;
    }
  }
}

function profileOf(
  header: Pick<Header, 'title'> & { name: string | null },
  subscribers: ShownCount | null,
): PageProfile {
  return {
    name: header.name,
    title: header.title,
    subscribers: subscribers?.count ?? null,
    subscribersPrecision: subscribers?.precision ?? null,
  };
}

/** What the channel says of itself; of one that only shows its card what that says. `null` without either. */
async function readProfile(
  reader: Reader,
  request: LookRequest,
  { header, failure }: Walked,
  signal?: AbortSignal,
): Promise<PageProfile | null> {
  if (!header) {
    const card = failure?.kind === 'closed' ? failure.card : null;
    // Nothing on a card tells its channel's id, so that the name stays what it was.
    return card && profileOf({ name: request.name, title: card.title }, card.subscribers);
  }
  const subscribers = failure ? header.subscribers : await subscribersOf(reader, request, header, signal);
  return profileOf(header, subscribers);
}

/** What the look covers. An empty page covers a channel only when it says whose it is: no message does. */
function covered({ seen, header, end, doubt }: Walked): Look['window'] {
  if (doubt || (!seen.showsIds && header?.isNamed !== true)) return null;
  const window = seen.window();
  return window && end ? { ...window, proof: end } : window;
}

/** The look at one page: its newest messages, older ones as far as wanted, and once a day its card. */
export async function lookAt(
  reader: Reader,
  request: LookRequest,
  signal?: AbortSignal,
): Promise<Look | null> {
  const { clock } = reader;
  const started = clock.now();
  const walked = await walk(reader, request, signal);
  const { seen, failure, doubt, notes } = walked;
  if (failure?.kind === 'stopped') return null;
  let profile: PageProfile | null;
  try {
    profile = await readProfile(reader, request, walked, signal);
  } catch (error) {
    if (!(error instanceof WebFailure)) throw error;
    return null;
  }
  const look = { pageId: request.pageId, profile, started, observed: clock.now() };
  const failed = failure && { ...outcomeOf(failure), cause: failure.message };
  return {
    ...seen.toLook(look, covered(walked), failed),
    doubt: placeless(doubt) ?? seen.passed,
    note: [...notes, passedInWords(seen.passed)].filter((each) => each !== '').join('; '),
  };
}
