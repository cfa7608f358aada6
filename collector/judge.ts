import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { Page } from '#schema/operations/pages.ts';
import type { Asked, Confirming } from './ask-missing.ts';
import { askFor, idsOf, unlistedNote } from './ask-missing.ts';
import type { Redated } from './dates.ts';
import { doubtOfDates, doubtOfOrder, isRedated, redatedOf } from './dates.ts';
import type { DoubtSeen, StoredDoubt } from './doubts.ts';
import {
  doubtsOf,
  isAskedInVain,
  isAskedLately,
  isLastingly,
  keptTogether,
  mostUnlisted,
  nextDoubts,
  readDoubt,
  sameDoubt,
  strangeOf,
  unlistedIn,
} from './doubts.ts';
import type { Missing } from './evidence.ts';
import { isMostlyStrange, isUnlikely, messagesOfRow, missingFrom } from './evidence.ts';
import { knownAs } from './merge.ts';
import { possibleLook } from './possible.ts';
import { strangeDrops } from './sources/kit/dropped.ts';
import type { Doubt, Look, ObservedPost } from './source.ts';

/** A look with what follows from it. */
export interface JudgedLook {
  /** As it is to be recorded: with its outcome, its posts, and its items left out. */
  look: Look;
  /** Known posts that are gone. */
  gone: PostRow[];
  /** What is doubted after this look; `null` when nothing is. */
  doubt: StoredDoubt | null;
  /** It left nothing out: all new posts are wanted from it on. */
  whole: boolean;
  /** A doubt has just convinced: what it kept from being read is looked for in the past. */
  passedOver: boolean;
  /** The dates by which the page was known have changed: what was reached by them is not. */
  redated: boolean;
  /** Posts that were shown only when asked for by id. */
  asked: readonly ObservedPost[];
}

const isRead = ({ outcome }: Look) => outcome === 'ok' || outcome === 'empty';

/** Known posts that the network itself shows as removed are asked for like those that are missing. */
function withRemovedNamed(look: Look, known: ReadonlyMap<number, PostRow>): Look {
  const removed = [...look.removed];
  const posts = look.posts.filter((post) => {
    const row = post.removed ? knownAs(post, known) : null;
    if (row) removed.push(...messagesOfRow(row));
    return row === null;
  });
  return posts.length === look.posts.length ? look : { ...look, posts, removed };
}

/**
 * The answer shows nothing of a page that is known to have posts, and claims nothing either. Items that are no posts of
 * the page do not speak for it, however many they are.
 */
function claimed(look: Look): Look {
  const isBare = isRead(look) && look.window === null && look.posts.length === 0;
  return isBare ? { ...look, window: { after: null, ids: [], proof: 'weak' } } : look;
}

function doubtOfDrops(look: Look): DoubtSeen {
  return { kind: 'dropped', detail: describeDrops(look.dropped), drops: strangeOf(look.dropped) };
}

function dropDoubt(look: Look): DoubtSeen | null {
  return isMostlyStrange(strangeDrops(look.dropped), look.posts.length) ? doubtOfDrops(look) : null;
}

/** Reasons and counts in a fixed order. */
export function describeDrops(dropped: Readonly<Record<string, number>>): string {
  const parts = Object.entries(dropped).sort(([one], [other]) => one.localeCompare(other));
  return parts.map(([reason, count]) => `${reason} ${count}`).join(', ');
}

/** What is missing without posts of which that is known. */
function withoutRows(missing: Missing, ids: ReadonlySet<number>): Missing {
  const isKnown = (row: PostRow) => messagesOfRow(row).some((id) => ids.has(id));
  const absent = missing.absent.filter((row) => !isKnown(row));
  return { ...missing, absent, covered: missing.covered - (missing.absent.length - absent.length) };
}

function vanished(missing: Missing): DoubtSeen {
  const ids = idsOf([...missing.named, ...missing.absent]);
  const count = missing.named.length + missing.absent.length;
  return {
    kind: 'vanished',
    detail: `${count} of ${missing.covered} known posts are not shown`,
    missing: ids,
  };
}

const explanations: Record<Doubt['kind'], string> = {
  no_posts: 'an answer without posts contradicts itself',
  wrong_place: 'the answer is of another place in the page',
  dropped: 'too many items of the answer are no posts of this page',
  vanished: 'more posts are missing at once than is likely',
  unlisted: 'posts are missing that are there when asked for by id',
  redated: 'the dates of known posts are others',
};

/** A doubt in words, for the ledger. */
export function describeDoubt({ kind, detail }: Pick<Doubt, 'kind' | 'detail'>): string {
  return `suspect: ${explanations[kind]} (${detail})`;
}

/** What all that is decided of one look rests on. */
interface Case {
  page: Page;
  look: Look;
  before: StoredDoubt | null;
  missing: Missing;
  redated: Redated;
  confirming: Confirming;
}

/**
 * Decides what follows from a look, given what is known of the page: which posts are gone (named or missing, and gone
 * when asked for by id, a likely number or twice with hours between), and whether it is `suspect`. What it shows is kept
 * in any case, but for new posts whose dates are not to be believed. A look that failed stays as it is.
 */
export async function judgeLook(
  page: Page,
  seen: Look,
  known: ReadonlyMap<number, PostRow>,
  confirming: Confirming,
): Promise<JudgedLook> {
  const look = withRemovedNamed(claimed(possibleLook(seen)), known);
  const before = readDoubt(page.lookDoubt);
  const redated = redatedOf(look, known);
  const nothing = { gone: [], whole: false, passedOver: false, redated: isRedated(redated), asked: [] };
  if (!isRead(look) && !look.doubt) return { ...nothing, look, doubt: before };
  // Where a window ends is said by dates: those that have just changed cover nothing.
  const missing = missingFrom(isRedated(redated) ? { ...look, window: null } : look, known);
  const unexplained = withoutRows(missing, unlistedIn(before));
  const judged: Case = { page, look, before, missing, redated, confirming };
  const ofDates = doubtOfDates(redated);
  const ofOrder = doubtOfOrder(look, known, page.lastSuccess);
  const doubts = [
    look.doubt ?? dropDoubt(look),
    ofDates,
    ofOrder,
    isUnlikely(unexplained) ? vanished(unexplained) : null,
  ].filter((each) => each !== null);
  const kept = nextDoubts(before, doubts, look.observed);
  const open = kept.seen.find((each) => !each.accepted || isAskedInVain(each, look.observed));
  // Other dates convince post by post.
  const foremost = ofDates ?? open;
  if (!foremost) return await believe(judged, kept.seen);
  const isMisdated =
    ofDates !== null || kept.seen.some(({ kind, accepted }) => kind === 'redated' && !accepted);
  const dated = isMisdated ? withoutNew(look, known) : look;
  const doubt = keptTogether([...kept.seen, ...kept.others]);
  return { ...nothing, look: suspectLook(dated, foremost), doubt };
}

function suspectLook(look: Look, doubt: Doubt): Look {
  return { ...look, outcome: 'suspect', cause: joined(describeDoubt(doubt), look.note) };
}

/** New posts of an answer whose dates are doubted wait for a better one. */
function withoutNew(look: Look, known: ReadonlyMap<number, PostRow>): Look {
  const posts = look.posts.filter((post) => knownAs(post, known) !== null);
  const left = look.posts.length - posts.length;
  return left === 0 ? look : { ...look, posts, dropped: { ...look.dropped, doubtful_date: left } };
}

function unlistedDoubt({ before, look }: Case, { unlisted }: Asked): StoredDoubt | null {
  if (unlisted.length === 0) return null;
  const doubt: DoubtSeen = { kind: 'unlisted', detail: unlistedNote(unlisted), missing: idsOf(unlisted) };
  const [kept] = nextDoubts(before, [doubt], look.observed).seen;
  return kept ? { ...kept, asked: look.observed.toISOString() } : null;
}

/** Posts that were missing for a day and are all there whenever asked for: the page does not list them, and is read. */
function asUnlisted(judged: Case, kept: readonly StoredDoubt[], asked: Asked): StoredDoubt | null {
  const { look, missing } = judged;
  const { observed } = look;
  const isAll = asked.unlisted.length === missing.named.length + missing.absent.length;
  if (asked.said.cause !== '' || !isAll || idsOf(asked.unlisted).length > mostUnlisted) return null;
  if (look.posts.length === 0 || !kept.every((each) => isLastingly(each, observed))) return null;
  const doubt = unlistedDoubt(judged, asked);
  return doubt && { ...doubt, accepted: true };
}

/** Doubts that have lasted for hours, and that asking by id does not bear out. */
function stillSuspect({ look, redated }: Case, kept: readonly StoredDoubt[], asked: Asked): JudgedLook {
  const { said, unlisted, posts } = asked;
  const why =
    said.cause === ''
      ? `asked for by id, ${unlisted.length} of them are there`
      : `posts not shown could not be asked for: ${said.cause}`;
  // Those that nobody answered for are asked for again by the next look.
  const vain = said.cause === '' ? { asked: look.observed.toISOString() } : {};
  const doubts = kept.map(({ accepted: _, ...doubt }) => ({ ...doubt, ...vain }));
  const [foremost] = doubts;
  const noted = { ...look, note: joined(joined(look.note, asked.note), why) };
  return {
    look: { ...(foremost ? suspectLook(noted, foremost) : noted), posts: [...look.posts, ...posts] },
    gone: [],
    doubt: keptTogether(doubts),
    whole: false,
    passedOver: false,
    redated: isRedated(redated),
    asked: posts,
  };
}

/** Of posts that the page does not list, and that are known not to be listed, more are gone by id than is likely. */
function goneAtOnce({ look, before, missing }: Case, { gone }: Asked): StoredDoubt | null {
  const isGone = (row: PostRow) => gone.includes(row);
  const all = { ...missing, named: missing.named.filter(isGone), absent: missing.absent.filter(isGone) };
  if (!isUnlikely(all)) return null;
  return nextDoubts(before, [vanished(all)], look.observed).seen[0] ?? null;
}

/** A look in which so many are gone for the first time: nothing is deleted, and they are asked for again. */
function suspected({ look, before, redated }: Case, doubt: StoredDoubt): JudgedLook {
  const others = doubtsOf(before).filter(({ kind }) => kind !== doubt.kind);
  return {
    ...{ gone: [], whole: false, passedOver: false, asked: [] },
    look: suspectLook(look, doubt),
    doubt: keptTogether([doubt, ...others]),
    redated: isRedated(redated),
  };
}

/** A look that is believed, unless asking by id contradicts what has made it doubtful (`kept`). */
async function believe(judged: Case, kept: readonly StoredDoubt[]): Promise<JudgedLook> {
  const { page, look, before, missing, redated, confirming } = judged;
  const candidates = idsOf([...missing.named, ...missing.absent]);
  const isAsked = candidates.length > 0 && !isAskedLately(before, candidates, look.observed);
  const asked = isAsked ? await askFor(page, look, missing, confirming) : null;
  const lasting = kept.length > 0 && asked ? asUnlisted(judged, kept, asked) : null;
  if (kept.length > 0 && asked && !asked.isConvincing && !lasting) return stillSuspect(judged, kept, asked);
  const many = kept.length === 0 && asked ? goneAtOnce(judged, asked) : null;
  if (many && !many.accepted) return suspected(judged, many);
  let note = joined(look.note, asked?.note ?? '');
  if (lasting) note = joined(note, lasting.detail);
  if (asked && asked.said.cause !== '') {
    note = joined(note, `posts not shown could not be asked for: ${asked.said.cause}`);
  }
  const strange = strangeDrops(look.dropped);
  const left = strange > 0 ? nextDoubts(before, [doubtOfDrops(look)], look.observed).seen : [];
  const unlisted = asked
    ? unlistedDoubt(judged, asked)
    : sameDoubt(before, { kind: 'unlisted', detail: '', missing: candidates });
  const posts = [...look.posts, ...(asked?.posts ?? [])];
  const believed = lasting ? [] : kept.map(({ asked: _, ...doubt }) => doubt);
  const doubts = [...believed, many, ...left, lasting ?? unlisted];
  return {
    look: { ...look, outcome: look.posts.length > 0 ? 'ok' : 'empty', posts, note, cause: note },
    gone: asked?.gone ?? [],
    doubt: keptTogether(doubts),
    // A look that left a few items out moves the mark of new posts only when they are the same for hours.
    whole:
      strange === 0 || [...believed, ...left].some(({ kind, accepted }) => kind === 'dropped' && accepted),
    passedOver: believed.some((each) => each.accepted && !sameDoubt(before, each)?.accepted),
    redated: isRedated(redated),
    asked: asked?.posts ?? [],
  };
}

/** Two remarks as one. */
export function joined(one: string, other: string): string {
  if (one === '' || other === '' || one === other) return one || other;
  return `${one}; ${other}`;
}
