import { hashOf } from '../random.ts';
import { subscribersShown, valueAt } from '../world/subscribers.ts';
import type { Page } from '../world/types.ts';
import type { World } from '../world/world.ts';
import type { Json } from './attachments.ts';

const closedness = { ok: 0, closed: 1, private: 2, deleted: 0, banned: 0, taken: 0 } as const;

function photo(page: Page, size: number): string {
  return `https://sun9-1.userapi.example.org/s/v1/ig2/${hashOf('avatar', page.id).toString(36)}.jpg?quality=95&crop=0,0,400,400&as=32x32,48x48,72x72,108x108,160x160&cs=${size}x${size}`;
}

/** Fields that are only answered when asked for. */
function extraFields(world: World, page: Page, instant: number): Json {
  const organisation = world.organisation(page.organisationId);
  const members = subscribersShown(page, instant);
  return {
    ...(members === null ? {} : { members_count: members }),
    description: `${organisation?.name ?? ''}. Учебная страница, организации с таким названием нет.`,
    city: { id: 9057, title: 'Приангарск' },
    status: 'Вместе мы сила',
    site: `https://union${page.organisationId}.example.org`,
    verified: 0,
    activity: 'Общественная организация',
    wall: page.visitors > 0 ? 1 : 2,
    can_see_all_posts: 1,
    can_post: 0,
    can_suggest: 1,
    has_photo: 1,
    age_limits: 1,
    is_favorite: 0,
    is_subscribed: 0,
    trending: 0,
  };
}

/**
 * A community as `groups.getById` answers it. A deleted or banned one has `deactivated` and no counters, a private one
 * shows no subscribers.
 */
export function groupShape(world: World, page: Page, instant: number, fields: ReadonlySet<string>): Json {
  const state = world.stateOf(page, instant);
  const deactivated = state === 'deleted' || state === 'banned' ? state : null;
  const base: Json = {
    id: page.id,
    name: valueAt(page.titles, instant),
    screen_name: deactivated === null ? valueAt(page.screenNames, instant) : `club${page.id}`,
    is_closed: closedness[state],
    type: page.type,
    ...(deactivated === null ? {} : { deactivated }),
    photo_50: photo(page, 50),
    photo_100: photo(page, 100),
    photo_200: photo(page, 200),
  };
  if (deactivated !== null) {
    return base;
  }
  const extra = Object.entries(extraFields(world, page, instant)).filter(([field]) => fields.has(field));
  return { ...base, ...Object.fromEntries(extra) };
}
