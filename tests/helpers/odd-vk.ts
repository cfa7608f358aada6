import pino from 'pino';
import { createVkSource } from '#collector/sources/vk/source.ts';
import { hastyTimer } from './collector-clocks.ts';
import type { OddNetworkOf, Wall, WallPost } from './odd-walls.ts';
import { createArmed, datedOff, datesOfThePast } from './odd-walls.ts';
import type { ScriptedAnswer, ScriptedCall } from './scripted-vk.ts';
import { callsIn, serveScript } from './scripted-vk.ts';

interface Asked {
  wall: Wall;
  offset: number;
  count: number;
}

function itemOf(wall: Wall, { id, published }: WallPost): Record<string, unknown> {
  return {
    id,
    owner_id: -wall.id,
    from_id: -wall.id,
    date: published.getTime() / 1000,
    text: `post ${id}`,
    likes: { count: 1 },
    views: { count: 10 },
  };
}

function page({ wall, offset, count }: Asked): { count: number; items: Record<string, unknown>[] } {
  const items = wall.posts.slice(offset, offset + count).map((post) => itemOf(wall, post));
  return {
    count: wall.posts.length + (wall.hidden ?? 0),
    items: items.map((item) => (wall.broken?.has(Number(item.id)) ? { id: item.id } : item)),
  };
}

const dated = (item: Record<string, unknown>, days: number) => ({
  ...item,
  date: Number(item.date) + days * 86_400,
});

/** Odd answers to `wall.get`. */
const oddities: Record<string, (asked: Asked) => object> = {
  'nothing, and says so': () => ({ count: 0, items: [] }),
  'nothing, with the true count': ({ wall }) => ({ count: wall.posts.length, items: [] }),
  'the newest twelve as all': (asked) => ({
    count: 12,
    items: page({ ...asked, offset: 0, count: 12 }).items,
  }),
  'items of another wall': (asked) => {
    const { count, items } = page(asked);
    return { count, items: items.map((item) => ({ ...item, owner_id: -999_999, from_id: -999_999 })) };
  },
  'every second item no post': (asked) => {
    const { count, items } = page(asked);
    return { count, items: items.map((item, index) => (index % 2 === 0 ? item : { id: item.id })) };
  },
  'the page of another offset': (asked) => page({ ...asked, offset: asked.offset === 0 ? 40 : 0 }),
  [datesOfThePast]: (asked) =>
    page({ ...asked, wall: { ...asked.wall, posts: datedOff(asked.wall.posts, -400) } }),
  'dates of the future': (asked) => {
    const { count, items } = page(asked);
    return { count, items: items.map((item) => dated(item, 400)) };
  },
  'the first five, with the true count': (asked) => {
    const { count, items } = page(asked);
    return { count, items: items.slice(0, 5) };
  },
  'a hole in the middle': (asked) => {
    const { count, items } = page(asked);
    return { count, items: [...items.slice(0, 3), ...items.slice(Math.ceil(items.length / 2))] };
  },
  'a hole that is filled from further on': (asked) => {
    const { wall, offset, count } = asked;
    const rest = page({ wall, offset: offset + 13, count: count - 3 }).items;
    return { count: page(asked).count, items: [...page(asked).items.slice(0, 3), ...rest] };
  },
  'every second left out, and filled from further on': ({ wall, offset, count }) => {
    const odd = (_: unknown, index: number) => index % 2 === 0;
    const posts = wall.posts.slice(offset).filter(odd).slice(0, count);
    return { count: page({ wall, offset, count }).count, items: posts.map((post) => itemOf(wall, post)) };
  },
  'dates of the past in every third': (asked) => {
    const { count, items } = page(asked);
    return { count, items: items.map((item, index) => (index % 3 === 1 ? dated(item, -400) : item)) };
  },
  'dates of the past in the second half': (asked) => {
    const { count, items } = page(asked);
    const half = Math.ceil(items.length / 2);
    return { count, items: items.map((item, index) => (index < half ? item : dated(item, -400))) };
  },
};

/** Their names. */
export const vkOddities = Object.keys(oddities);

/** VK over walls: its real client, and a server that speaks its protocol. */
export const oddVk: OddNetworkOf = async (walls, clock) => {
  const armed = createArmed();
  const wallOf = (owner: unknown) => walls.find(({ id }) => -id === Number(owner));
  const get = (parameters: Record<string, unknown>): unknown => {
    const wall = wallOf(parameters.owner_id);
    if (!wall) throw new Error(`Nobody has the wall ${String(parameters.owner_id)}.`);
    const asked = { wall, offset: Number(parameters.offset ?? 0), count: Number(parameters.count) };
    const odd = armed.take(wall);
    return odd === null ? page(asked) : oddities[odd]?.(asked);
  };
  const answer = ({ method, parameters }: ScriptedCall): ScriptedAnswer => {
    if (method === 'groups.getById') {
      const ids = (parameters.group_ids ?? '').split(',').map(Number);
      return { response: { groups: ids.map((id) => ({ id, name: `Wall ${id}`, members_count: 100 })) } };
    }
    if (method === 'wall.getById') {
      const ids = (parameters.posts ?? '').split(',').map((key) => key.split('_'));
      const items = ids.flatMap(([owner, id]) => {
        const wall = wallOf(owner);
        const post = wall?.posts.find((each) => each.id === Number(id));
        return wall && post ? [itemOf(wall, post)] : [];
      });
      return { response: { items } };
    }
    if (method === 'wall.get') return { response: get(parameters) };
    return { response: callsIn(parameters.code ?? '').map((call) => get(call.parameters)) };
  };
  const server = await serveScript(answer);
  const source = createVkSource({
    tokens: ['secret-one'],
    url: server.url,
    requestsPerSecond: 500,
    dailyQuota: 1_000_000,
    clock,
    timer: hastyTimer(100),
    deadline: 400_000,
    log: pino({ level: 'silent' }),
  });
  return {
    source,
    oddities: vkOddities,
    arm: armed.arm,
    disarm: armed.disarm,
    close: async () => {
      await server.close();
      if (server.unexpected.length > 0) throw new Error(`Not VK's protocol: ${server.unexpected.join(', ')}`);
    },
  };
};
