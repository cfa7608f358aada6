import { signatureOf } from '#domain/text/near-identity.ts';
import { stemLine } from '#domain/text/stems.ts';
import { counters } from '#domain/vocabulary.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import { datesOf } from './dates.ts';
import type { ObservedPost } from './source.ts';
import { boundedText } from './sources/kit/bounded-text.ts';

type Counted = Pick<PostRow, (typeof counters)[number] | `${(typeof counters)[number]}Precision`>;

/** What an observation makes of what is known of a post. */
export interface Merged {
  /** The publication under which the post was stored before, when that was wrong: its row is to go. */
  misdated?: Date;
  /** The post as it is now. */
  row: PostRow;
  isNew: boolean;
  /** The row differs from what is known. */
  changed: boolean;
  countersChanged: boolean;
  /** What its history keeps differs from what is known (`PostStateRow`). */
  stateChanged: boolean;
}

export interface Observation {
  pageId: number;
  /** When the network said it. */
  observed: Date;
  /** The last successful look before this one. */
  before: Date | null;
  /** A slot made up for later: counters of known posts are left as they were. */
  late: boolean;
}

function countedOf(post: ObservedPost, known: PostRow | null): Counted {
  const counted: Record<string, unknown> = {};
  for (const name of counters) {
    // What an answer leaves out stays as it was last said.
    const said = post.counters[name] !== null || known === null;
    counted[name] = said ? post.counters[name] : known[name];
    counted[`${name}Precision`] = said ? post.precisions[name] : known[`${name}Precision`];
  }
  return counted as Counted;
}

/** The messages of an album, seen now or before; a post that has always been one message has none. */
function partsOf(post: ObservedPost, known: PostRow | null): readonly number[] {
  const seen = new Set([...(known?.parts ?? []), ...post.parts]);
  if (seen.size === 0) return [];
  return [...seen.add(post.postId)].sort((one, other) => one - other);
}

/**
 * The known post that an observed one is: of the same id, or an album that shares a message with it, so that deleting
 * the first message of an album makes no second post. `null` for a post never seen.
 */
export function knownAs(post: ObservedPost, known: ReadonlyMap<number, PostRow>): PostRow | null {
  const messages = new Set([post.postId, ...post.parts]);
  const album = [...known.values()].find(({ parts }) => parts.some((id) => messages.has(id)));
  return album ?? [...messages].map((id) => known.get(id)).find((row) => row !== undefined) ?? null;
}

function sameInstant(one: Date | null, other: Date | null): boolean {
  return one?.getTime() === other?.getTime();
}

/** What a look may find changed: of the state that history keeps, and besides. */
const comparedOfState = [
  'placement',
  'kind',
  'text',
  'textKind',
  'sourceOwner',
  'sourcePost',
  'sourceText',
  'isDonut',
] as const satisfies readonly (keyof PostRow)[];
const comparedBesides = ['stars', 'isPinned'] as const satisfies readonly (keyof PostRow)[];

/**
 * Joins a post as seen with the post as known. `firstSeen` never changes for a key, and `published` by evidence alone
 * (`datesOf`). A post that is there again is not deleted, and both instants are kept; one named removed keeps what was known
 * of it.
 */
export function mergePost(post: ObservedPost, known: PostRow | null, observation: Observation): Merged {
  if (post.removed && known) return { ...missed(known, observation), isNew: false };
  const { pageId, observed } = observation;
  const counted = known && observation.late ? countersOf(known) : countedOf(post, known);
  const text = boundedText(post.donut && post.text === '' && known ? known.text : post.text);
  const sourceText = boundedText(post.sourceText);
  const dates = datesOf(post, known, observed);
  // A repost without words of its own is looked for, and compared, by what it passes on.
  const words = text === '' ? sourceText : text;
  const sameText = known !== null && (known.text === '' ? known.sourceText : known.text) === words;
  const row: PostRow = {
    pageId,
    postId: known?.postId ?? post.postId,
    parts: partsOf(post, known),
    ...dates,
    placement: post.placement,
    kind: post.kind,
    text,
    textKind: post.textKind,
    stems: sameText ? known.stems : stemLine(words),
    signature: sameText ? known.signature : signatureOf(words),
    sourceOwner: post.sourceOwner,
    sourcePost: post.sourcePost,
    sourceText,
    ...counted,
    stars: post.stars ?? known?.stars ?? null,
    edited: post.edited ?? known?.edited ?? null,
    deleted: post.removed ? observed : null,
    lastDeleted: known?.deleted ?? known?.lastDeleted ?? null,
    returned: known?.deleted ? observed : (known?.returned ?? null),
    firstSeen: known?.firstSeen ?? observed,
    lastSeen: observed,
    isPinned: post.pinned,
    isDonut: post.donut,
  };
  if (!known) return { row, isNew: true, changed: true, countersChanged: true, stateChanged: true };
  const countersChanged = !sameCounters(row, known);
  const isRedated = !sameInstant(row.published, known.published);
  const stateChanged =
    !comparedOfState.every((field) => row[field] === known[field]) ||
    row.parts.length !== known.parts.length ||
    !sameInstant(row.edited, known.edited) ||
    !sameInstant(row.deleted, known.deleted) ||
    isRedated;
  const changed =
    countersChanged ||
    stateChanged ||
    !comparedBesides.every((field) => row[field] === known[field]) ||
    !sameInstant(row.otherPublished, known.otherPublished);
  return {
    row,
    isNew: false,
    changed,
    countersChanged,
    stateChanged,
    ...(isRedated ? { misdated: known.published } : {}),
  };
}

/** The post is not there any more: `deleted` is when it was first missed, `lastSeen` the last look that showed it. */
export function missed(known: PostRow, observation: Observation): Omit<Merged, 'isNew'> {
  if (known.deleted) return { row: known, changed: false, countersChanged: false, stateChanged: false };
  const { before } = observation;
  const lastSeen = before && before > known.lastSeen ? before : known.lastSeen;
  const row = { ...known, deleted: observation.observed, lastSeen };
  return { row, changed: true, countersChanged: false, stateChanged: true };
}

/** The counters of a row and their precisions, alone. */
export function countersOf(row: PostRow): Counted {
  const counted: Record<string, unknown> = {};
  for (const name of counters) {
    counted[name] = row[name];
    counted[`${name}Precision`] = row[`${name}Precision`];
  }
  return counted as Counted;
}

function sameCounters(one: PostRow, other: PostRow): boolean {
  return counters.every(
    (name) => one[name] === other[name] && one[`${name}Precision`] === other[`${name}Precision`],
  );
}
