import type { PostRow } from '../schema/observations/tables/posts.ts';
import type { Page } from '../schema/operations/pages.ts';
import type { Missing, StoredDoubt } from './evidence.ts';
import {
  isAskedLately,
  isConvincing,
  isMostlyStrange,
  isSame,
  isUnlikely,
  messagesOfRow,
  missingFrom,
  nextDoubt,
  readDoubt,
  withoutFuture,
} from './evidence.ts';
import { knownAs } from './merge.ts';
import { strangeDrops } from './sources/dropped.ts';
import type { Confirmation, ConfirmRequest, Doubt, Look } from './source.ts';

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
}

/** How posts are asked for by id. */
export interface Confirming {
  confirmAtOnce: number;
  confirm(request: ConfirmRequest): Promise<Confirmation>;
}

/** The most ids that one look asks for. */
const mostConfirmed = 100;

type DoubtSeen = Doubt & { missing?: readonly number[] };

const isRead = ({ outcome }: Look) => outcome === 'ok' || outcome === 'empty';

/** The ids of rows, of albums those of all messages. */
function idsOf(rows: readonly PostRow[]): number[] {
  return rows.flatMap((row) => [...messagesOfRow(row)]);
}

/** A look whose posts from the future are left out, and counted. */
function inThePast(look: Look): Look {
  const { posts, future } = withoutFuture(look.posts, look.observed);
  if (future === 0) return look;
  return {
    ...look,
    posts,
    dropped: { ...look.dropped, future_date: (look.dropped.future_date ?? 0) + future },
  };
}

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

/** The answer shows nothing of a page that is known to have posts, and claims nothing either. */
function claimed(look: Look): Look {
  const isBare =
    isRead(look) && look.window === null && look.posts.length === 0 && strangeDrops(look.dropped) === 0;
  return isBare ? { ...look, window: { after: null, ids: [], proof: 'weak' } } : look;
}

function dropDoubt(look: Look): Doubt | null {
  const strange = strangeDrops(look.dropped);
  if (!isMostlyStrange(strange, look.posts.length)) return null;
  return { kind: 'dropped', detail: describeDrops(look.dropped) };
}

/** Reasons and counts in a fixed order. */
export function describeDrops(dropped: Readonly<Record<string, number>>): string {
  const parts = Object.entries(dropped).sort(([one], [other]) => one.localeCompare(other));
  return parts.map(([reason, count]) => `${reason} ${count}`).join(', ');
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
};

/** A doubt in words, for the ledger. */
export function describeDoubt({ kind, detail }: Pick<Doubt, 'kind' | 'detail'>): string {
  return `suspect: ${explanations[kind]} (${detail})`;
}

/** Asks for posts by their ids, in portions. */
async function ask(
  page: Page,
  rows: readonly PostRow[],
  { confirmAtOnce, confirm }: Confirming,
): Promise<Confirmation> {
  const ids = idsOf(rows).slice(0, mostConfirmed);
  const all: { there: number[]; gone: number[]; posts: Confirmation['posts'][number][] } = {
    there: [],
    gone: [],
    posts: [],
  };
  let observed = new Date(0);
  for (let start = 0; start < ids.length; start += confirmAtOnce) {
    const portion = ids.slice(start, start + confirmAtOnce);
    const said = await confirm({
      pageId: page.id,
      nativeId: page.nativeId ?? 0,
      name: page.name,
      ids: portion,
    });
    observed = said.observed;
    all.there.push(...said.there);
    all.gone.push(...said.gone);
    all.posts.push(...said.posts);
    if (said.cause !== '') return { ...all, observed, cause: said.cause };
  }
  return { ...all, observed, cause: '' };
}

/**
 * Decides what follows from a look, given what is known of the page: which posts are gone (named or missing, and gone
 * when asked for by id, a likely number or twice with hours between), and whether it is `suspect`. What it shows is kept
 * in any case. A look that failed stays as it is.
 */
export async function judgeLook(
  page: Page,
  seen: Look,
  known: ReadonlyMap<number, PostRow>,
  confirming: Confirming,
): Promise<JudgedLook> {
  const look = withRemovedNamed(claimed(inThePast(seen)), known);
  const before = readDoubt(page.lookDoubt);
  if (!isRead(look) && !look.doubt) return { look, gone: [], doubt: before, whole: false };
  const missing = missingFrom(look, known);
  const own: DoubtSeen | null = look.doubt ?? dropDoubt(look);
  const doubt = own ?? (isUnlikely(missing) ? vanished(missing) : null);
  const kept = doubt ? nextDoubt(before, doubt, look.observed) : null;
  const isConvinced =
    doubt !== null && before !== null && isSame(before, doubt) && isConvincing(before, look.observed);
  if (doubt && !isConvinced) {
    const cause = describeDoubt(doubt);
    return { look: { ...look, outcome: 'suspect', cause }, gone: [], doubt: kept, whole: false };
  }
  return await believe(page, look, missing, kept, confirming, before);
}

async function believe(
  page: Page,
  look: Look,
  missing: Missing,
  kept: StoredDoubt | null,
  confirming: Confirming,
  before: StoredDoubt | null,
): Promise<JudgedLook> {
  const outcome = look.posts.length > 0 ? 'ok' : 'empty';
  let doubt = kept;
  let gone: PostRow[] = [];
  let posts = look.posts;
  let { note } = look;
  const candidates = [...missing.named, ...missing.absent];
  const isAsked = candidates.length > 0 && !isAskedLately(before, idsOf(candidates), look.observed);
  if (isAsked) {
    const said = await ask(page, candidates, confirming);
    const goneIds = new Set(said.gone);
    gone = candidates.filter((row) => messagesOfRow(row).every((id) => goneIds.has(id)));
    const there = new Set(said.there);
    const unlisted = candidates.filter((row) => messagesOfRow(row).some((id) => there.has(id)));
    posts = [...posts, ...withoutFuture(said.posts, look.observed).posts];
    if (unlisted.length > 0 && !doubt) {
      const ids = idsOf(unlisted);
      const detail = `${unlisted.length} posts that the page does not show are there`;
      const asked = look.observed.toISOString();
      doubt = { ...nextDoubt(before, { kind: 'unlisted', detail, missing: ids }, look.observed), asked };
    }
    if (said.cause !== '') note = joined(note, `posts not shown could not be asked for: ${said.cause}`);
  } else if (candidates.length > 0) doubt = before;
  const strange = strangeDrops(look.dropped);
  if (strange > 0 && !doubt) {
    doubt = nextDoubt(before, { kind: 'dropped', detail: describeDrops(look.dropped) }, look.observed);
  }
  // A look that left a few items out moves the mark of new posts only when they are the same for hours.
  const whole = strange === 0 || doubt?.accepted === true;
  return { look: { ...look, outcome, posts, note, cause: note }, gone, doubt, whole };
}

/** Two remarks as one. */
export function joined(one: string, other: string): string {
  if (one === '' || other === '' || one === other) return one || other;
  return `${one}; ${other}`;
}
