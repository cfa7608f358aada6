import type { Aftermath } from '#analytics/status/current.ts';
import { readRecentEdits, type RecentEdit } from '#register/edits/recent-edits.ts';
import type { EditAddress } from '../edit-address.ts';
import { loadPostsSince } from './questions.ts';
import type { Reader } from './reader.ts';
import type { DashboardServices } from './services.ts';

/** What happened on several pages, and how many of them were not read since. */
export type JoinedPostsSince = Aftermath & { pages: number; unread: number };

/** An edit of the register in the list of what was done, with what the pages have published since that it is watched for. */
export type RecentEditRow = Omit<RecentEdit, 'watchedPages'> & { postsSince: JoinedPostsSince | null };

/** What was done lately, and what the address says was just done. */
export interface RecentEdits {
  done: RecentEditRow | null;
  undone: RecentEditRow | null;
  /** The newest first. */
  recent: RecentEditRow[];
}

/** The newest edits that can be undone, as many as a list shows. */
export const shownEdits = 20;

/** What was done lately: as many as are to be shown, by a number of questions that does not grow with them. */
export async function recentEdits(
  { operations, analytics }: Pick<DashboardServices, 'operations' | 'analytics'>,
  reader: Reader,
  { done, undone }: Pick<EditAddress, 'done' | 'undone'>,
  limit: number,
): Promise<RecentEdits> {
  const ids = [done, undone].flatMap((id) => id ?? []);
  const { newest, byId } = await readRecentEdits(operations, {
    limit,
    ids,
    within: reader.reach('journal.read'),
  });
  const edits = [...byId.values()];
  const asked = edits.flatMap(({ watchedPages, at }) =>
    watchedPages.map((pageId) => ({ pageId, since: at })),
  );
  const answers = asked.length > 0 ? await loadPostsSince(analytics, asked) : [];
  let taken = 0;
  const rows = new Map(
    edits.map(({ watchedPages, ...edit }): [number, RecentEditRow] => {
      const own = answers.slice(taken, (taken += watchedPages.length));
      return [edit.id, { ...edit, postsSince: watchedPages.length > 0 ? joinPostsSince(own) : null }];
    }),
  );
  const told = (id: number | null): RecentEditRow | null => {
    const row = id === null ? undefined : rows.get(id);
    return row?.summary ? row : null;
  };
  return {
    done: told(done),
    undone: told(undone),
    recent: newest.flatMap(({ id }) => rows.get(id) ?? []),
  };
}

/** What happened on several pages as one. */
export function joinPostsSince(parts: readonly Aftermath[]): JoinedPostsSince {
  const firsts = parts.flatMap(({ first }) => first ?? []);
  return {
    posts: parts.reduce((sum, { posts }) => sum + posts, 0),
    first: firsts.sort((one, other) => one.getTime() - other.getTime())[0] ?? null,
    isKnown: parts.length > 0 && parts.every(({ isKnown }) => isKnown),
    pages: parts.length,
    unread: parts.filter(({ isKnown }) => !isKnown).length,
  };
}
