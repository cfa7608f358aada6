import type { Page, Post } from '../world/types.ts';
import type { World } from '../world/world.ts';
import type { Json } from './attachments.ts';
import { VkRefusal } from './errors.ts';
import { groupShape } from './group-shape.ts';
import { flag, list, type Parameters, wholeNumber } from './parameters.ts';
import { postShape } from './post-shape.ts';

const noFields: ReadonlySet<string> = new Set<string>();

/** Throws what the network answers for a wall that cannot be read. */
function mustBeReadable(world: World, page: Page, instant: number): void {
  switch (world.stateOf(page, instant)) {
    case 'ok':
      return;
    case 'closed':
      throw new VkRefusal(15, 'this wall available only for community members');
    case 'private':
      throw new VkRefusal(203, 'access to the group is denied');
    case 'deleted':
      throw new VkRefusal(18);
    case 'banned':
      throw new VkRefusal(19);
  }
}

/** The page a call of `wall.get` is about; error 100 for nonsense, 40 for an id nobody has. */
function wallOf(world: World, parameters: Parameters, instant: number): Page {
  const owner = parameters.get('owner_id');
  const domain = parameters.get('domain');
  if (owner !== undefined && owner !== '') {
    const id = wholeNumber(parameters, 'owner_id', {
      default: 0,
      from: Number.MIN_SAFE_INTEGER,
      to: Number.MAX_SAFE_INTEGER,
    });
    const page = id < 0 ? world.page(-id, 'vk') : undefined;
    if (page === undefined) {
      throw id < 0 ? new VkRefusal(40) : new VkRefusal(18);
    }
    return page;
  }
  const page = domain ? world.pageNamed(domain, instant) : undefined;
  if (page === undefined) {
    throw new VkRefusal(100, domain ? 'domain is invalid' : 'owner_id or domain should be specified');
  }
  return page;
}

function shapeOf(world: World, page: Page, post: Post, instant: number, pinned: boolean): Json {
  return postShape(post, {
    instant,
    text: world.textOf(post, instant),
    pinned,
    comments: page.commentsHidden ? 'hidden' : 'open',
  });
}

function people(posts: readonly Post[]): Json[] {
  const ids = new Set(posts.flatMap((post) => [post.authorId, post.signerId ?? 0]).filter((id) => id > 0));
  return [...ids].map((id) => ({
    id,
    sex: 0,
    screen_name: `id${id}`,
    photo_50: 'https://example.org/camera_50.png',
    photo_100: 'https://example.org/camera_100.png',
    online: 0,
    first_name: 'Читатель',
    last_name: `№ ${id % 1_000_000}`,
    can_access_closed: true,
    is_closed: false,
  }));
}

function communities(world: World, pages: readonly Page[], posts: readonly Post[], instant: number): Json[] {
  const found = new Map(pages.map((page) => [page.id, page]));
  for (const source of posts.flatMap((post) => post.sources)) {
    const page = world.page(-source.ownerId, 'vk');
    if (page) {
      found.set(page.id, page);
    }
  }
  return [...found.values()].map((page) => groupShape(world, page, instant, noFields));
}

function filtered(wall: readonly Post[], filter: string): Post[] {
  switch (filter) {
    case 'owner':
      return wall.filter((post) => post.placement !== 'visitor');
    case 'others':
      return wall.filter((post) => post.placement === 'visitor');
    case 'all':
      return [...wall];
    case 'donut':
      return wall.filter((post) => post.donut);
    case 'postponed':
    case 'suggests':
    case 'archived':
      throw new VkRefusal(15, 'no access to these posts');
    default:
      throw new VkRefusal(100, 'filter is invalid');
  }
}

/** `wall.get`: the posts of a wall, the pinned one first whatever its date. */
export function wallGet(world: World, parameters: Parameters, instant: number): Json {
  const page = wallOf(world, parameters, instant);
  const offset = wholeNumber(parameters, 'offset', { default: 0, from: 0, to: 1_000_000 });
  const count = wholeNumber(parameters, 'count', { default: 20, from: 0, to: 100 });
  mustBeReadable(world, page, instant);
  const posts = filtered(world.wall(page, instant), parameters.get('filter') || 'all');
  const pinned = world.pinned(page, instant);
  const ordered =
    pinned && posts.includes(pinned) ? [pinned, ...posts.filter((post) => post !== pinned)] : posts;
  const shown = ordered.slice(offset, offset + count);
  const answer: Json = {
    count: posts.length,
    items: shown.map((post) => shapeOf(world, page, post, instant, post === pinned)),
  };
  if (!flag(parameters, 'extended')) {
    return answer;
  }
  const next = offset + shown.length;
  return {
    ...answer,
    profiles: people(shown),
    groups: communities(world, [page], shown, instant),
    ...(next < posts.length ? { next_from: String(next) } : {}),
  };
}

/** `wall.getById`: single posts (`-1_2,-3_4`, at most 100); those that are not there or may not be read are left out. */
export function wallGetById(world: World, parameters: Parameters, instant: number): Json {
  const wanted = list(parameters, 'posts');
  if (wanted.length === 0 || wanted.length > 100) {
    throw new VkRefusal(
      100,
      wanted.length === 0 ? 'posts is undefined' : 'posts should be less or equal to 100',
    );
  }
  const found: { page: Page; post: Post }[] = [];
  for (const name of wanted) {
    const match = /^(-?\d+)_(\d+)(?:_\w+)?$/.exec(name);
    if (match === null) {
      throw new VkRefusal(100, 'posts is invalid');
    }
    const page = world.page(-Number(match[1]), 'vk');
    if (page && world.stateOf(page, instant) === 'ok') {
      const post = world.wall(page, instant).find((candidate) => candidate.id === Number(match[2]));
      found.push(...(post ? [{ page, post }] : []));
    }
  }
  const answer: Json = {
    items: found.map(({ page, post }) =>
      shapeOf(world, page, post, instant, world.pinned(page, instant) === post),
    ),
  };
  if (!flag(parameters, 'extended')) {
    return answer;
  }
  const posts = found.map(({ post }) => post);
  return {
    ...answer,
    profiles: people(posts),
    groups: communities(
      world,
      found.map(({ page }) => page),
      posts,
      instant,
    ),
  };
}
