import type { Page } from '../world/types.ts';
import type { World } from '../world/world.ts';
import { VkRefusal } from './errors.ts';
import { groupShape } from './group-shape.ts';
import { list, type Parameters } from './parameters.ts';
import { wallGet, wallGetById } from './wall.ts';

/** A method of the API: the answer from the world at an instant (milliseconds). */
export type Method = (world: World, parameters: Parameters, instant: number) => unknown;

function groupNamed(world: World, name: string, instant: number): Page | undefined {
  return /^\d+$/.test(name) ? world.page(Number(name), 'vk') : world.pageNamed(name, instant);
}

function wantedGroups(parameters: Parameters): string[] {
  return [...list(parameters, 'group_ids'), ...list(parameters, 'group_id')];
}

/** `groups.getById`: at most 500 ids or names; unknown ones are left out, error 100 when none is known. */
function groupsGetById(world: World, parameters: Parameters, instant: number): unknown {
  const wanted = wantedGroups(parameters);
  if (wanted.length > 500) {
    throw new VkRefusal(100, 'group_ids should be less or equal to 500');
  }
  const fields = new Set(list(parameters, 'fields'));
  const found = new Set<Page>();
  for (const name of wanted) {
    const page = groupNamed(world, name, instant);
    if (page) {
      found.add(page);
    }
  }
  if (found.size === 0) {
    throw new VkRefusal(100, wanted.length === 0 ? 'group_ids is undefined' : 'group_ids is invalid');
  }
  return { groups: [...found].map((page) => groupShape(world, page, instant, fields)), profiles: [] };
}

/** `utils.resolveScreenName`: whose name it is; an empty list when nobody has it. */
function resolveScreenName(world: World, parameters: Parameters, instant: number): unknown {
  const name = parameters.get('screen_name') ?? '';
  if (name === '') {
    throw new VkRefusal(100, 'screen_name is undefined');
  }
  const page = world.pageNamed(name, instant);
  const state = page && world.stateOf(page, instant);
  if (page === undefined || state === 'deleted') {
    return [];
  }
  return { object_id: page.id, group_id: page.id, type: page.type };
}

/** Every method there is, but `execute`, which calls these. */
export const methods: Readonly<Record<string, Method>> = {
  'groups.getById': groupsGetById,
  'wall.get': wallGet,
  'wall.getById': wallGetById,
  'utils.resolveScreenName': resolveScreenName,
};

/** Parameters a method knows, beside those of every method. */
export const knownParameters: Readonly<Record<string, readonly string[]>> = {
  'groups.getById': ['group_ids', 'group_id', 'fields'],
  'wall.get': ['owner_id', 'domain', 'offset', 'count', 'filter', 'extended', 'fields'],
  'wall.getById': ['posts', 'extended', 'copy_history_depth', 'fields'],
  'utils.resolveScreenName': ['screen_name'],
  execute: ['code', 'func_v'],
};

/** The pages a call is about, for faults by page. */
export function pagesOfCall(world: World, method: string, parameters: Parameters, instant: number): number[] {
  const owner = Number(parameters.get('owner_id') ?? 0);
  if (owner < 0) {
    return [-owner];
  }
  const names =
    method === 'groups.getById'
      ? wantedGroups(parameters)
      : [parameters.get('domain') ?? '', parameters.get('screen_name') ?? ''];
  const posts = list(parameters, 'posts').map((post) => Math.abs(Number.parseInt(post, 10)));
  const named = names
    .map((name) => (name === '' ? undefined : groupNamed(world, name, instant)?.id))
    .filter((id) => id !== undefined);
  return [...named, ...posts];
}
