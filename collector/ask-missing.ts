import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { Page } from '#schema/operations/pages.ts';
import type { Missing } from './evidence.ts';
import { isUnlikely, messagesOfRow } from './evidence.ts';
import { withPossibleValues } from './possible.ts';
import type { Confirmation, ConfirmRequest, Look, ObservedPost } from './source.ts';

/** Posts that a look does not show are asked for by their ids. */

/** How posts are asked for by id. */
export interface Confirming {
  confirmAtOnce: number;
  confirm(request: ConfirmRequest): Promise<Confirmation>;
}

/** The most ids that one look asks for. */
const mostConfirmed = 100;

/** The ids of rows, of albums those of all messages. */
export function idsOf(rows: readonly PostRow[]): number[] {
  return rows.flatMap((row) => [...messagesOfRow(row)]);
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

/** What asking by id said of posts that a look does not show. */
export interface Asked {
  said: Confirmation;
  gone: PostRow[];
  /** Those of them that are there. */
  unlisted: PostRow[];
  /** It answered, and most of those asked for are gone. */
  isConvincing: boolean;
  /** Those that are there, as they were shown; what of them cannot be is unknown, and named in the note. */
  posts: ObservedPost[];
  note: string;
}

/** Asks for the posts that a look of a page does not show. */
export async function askFor(
  page: Page,
  look: Look,
  missing: Missing,
  confirming: Confirming,
): Promise<Asked> {
  const candidates = [...missing.named, ...missing.absent];
  const said = await ask(page, candidates, confirming);
  const [goneIds, there] = [new Set(said.gone), new Set(said.there)];
  const gone = candidates.filter((row) => messagesOfRow(row).every((id) => goneIds.has(id)));
  const unlisted = candidates.filter((row) => messagesOfRow(row).some((id) => there.has(id)));
  const covered = gone.length + unlisted.length;
  const isMostlyThere = isUnlikely({ named: [], absent: unlisted, covered, deleted: 0 });
  const { posts, note } = withPossibleValues(said.posts, look.observed);
  const isConvincing = said.cause === '' && gone.length > 0 && !isMostlyThere;
  return { said, gone, unlisted, isConvincing, posts, note };
}

/** What is said of posts that are there without being listed. */
export const unlistedNote = (unlisted: readonly PostRow[]) =>
  `${unlisted.length} posts that the page does not show are there`;
