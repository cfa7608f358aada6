import type { FaultRule } from './faults.ts';

type Json = Record<string, unknown>;

/** An answer of `wall.get` or `wall.getById`; only the former has a count. */
interface Posts extends Json {
  count?: number;
  items: Json[];
}

const secondsADay = 86_400;

function isPosts(response: unknown): response is Posts {
  return (
    typeof response === 'object' && response !== null && 'items' in response && Array.isArray(response.items)
  );
}

/** A community that is not in the world. */
const otherWall = -1_999_999_999;

/**
 * The answer of `wall.get` or `wall.getById` as a rule of kind `odd-posts` spoils it. `ask` gives the sound answer to the
 * same call with other parameters. Answers of other methods stay as they are.
 */
export function oddPosts(
  rule: FaultRule,
  response: unknown,
  parameters: ReadonlyMap<string, string>,
  ask: (changes: Readonly<Record<string, string>>) => unknown,
): unknown {
  if (!isPosts(response)) {
    return response;
  }
  const { items, count } = response;
  const counted = (posts: number): Json => (count === undefined ? {} : { count: posts });
  switch (rule.odd ?? 'zero') {
    case 'zero':
      return { ...response, ...counted(0), items: [] };
    case 'hidden':
      return { ...response, items: [] };
    case 'other-wall':
      return {
        ...response,
        items: items.map((item) => ({ ...item, owner_id: otherWall, from_id: otherWall })),
      };
    case 'every-second':
      return {
        ...response,
        items: items.map((item, index) => {
          const { date: _date, from_id: _author, ...rest } = item;
          return index % 2 === 0 ? rest : item;
        }),
      };
    case 'later':
      return {
        ...response,
        items: items.map((item) => ({
          ...item,
          date: Number(item.date) + (rule.days ?? 400) * secondsADay,
        })),
      };
    case 'cut': {
      if (count === undefined) {
        return response;
      }
      const newest = Math.min(count, rule.newest ?? 12);
      const left = Math.max(0, newest - Number(parameters.get('offset') ?? 0));
      return { ...response, count: newest, items: items.slice(0, left) };
    }
    case 'other-offset':
      return count === undefined ? response : ask({ offset: String(rule.offset ?? 0) });
  }
}
