import type { PostRow } from '#schema/observations/tables/posts.ts';
import type { Confirming } from '#collector/ask-missing.ts';
import type { Look, ObservedPost } from '#collector/source.ts';
import { observedPost } from './looks.ts';
import { postRow } from './observed-rows.ts';

/** In milliseconds. */
export const hour = 3_600_000;
const start = Date.UTC(2026, 2, 10, 5);
export const at = (hours: number) => new Date(start + hours * hour);

/** Posts 1..n, a day apart, the newest an hour before the start. */
export function knownPosts(count: number): Map<number, PostRow> {
  const rows = Array.from({ length: count }, (_, index) => index + 1).map((id) =>
    postRow(4, id, new Date(start - hour - (count - id) * 24 * hour)),
  );
  return new Map(rows.map((row) => [row.postId, row]));
}

/** Posts as they are known, shown by an answer. */
export function shown(known: ReadonlyMap<number, PostRow>, ids: readonly number[]): ObservedPost[] {
  return ids.flatMap((id) => {
    const row = known.get(id);
    return row ? [observedPost({ postId: id, published: row.published })] : [];
  });
}

/** What asking by id says: all that are not `there` are gone. */
export function confirming(there: readonly number[] = []): Confirming & { asked: number[][] } {
  const asked: number[][] = [];
  return {
    asked,
    confirmAtOnce: 100,
    confirm: ({ ids }) => {
      asked.push([...ids]);
      return Promise.resolve({
        observed: at(0),
        there: ids.filter((id) => there.includes(id)),
        gone: ids.filter((id) => !there.includes(id)),
        posts: [],
        cause: '',
      });
    },
  };
}

/** Nobody answers who is asked. */
export const nobody: Confirming = {
  confirmAtOnce: 100,
  confirm: () =>
    Promise.resolve({ observed: at(0), there: [], gone: [], posts: [], cause: 'network: no answer' }),
};

export const whole = (ids: readonly number[]): Look['window'] => ({ after: null, ids, proof: 'weak' });
export const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);
