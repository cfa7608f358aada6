import { Calendar } from '../calendar.ts';
import { makeChannelWeek } from './channel-posts.ts';
import { makeChannels } from './channels.ts';
import { makeOrganisations } from './organisations.ts';
import { makePages } from './pages.ts';
import { makeWeek } from './posts.ts';
import type { Page } from './types.ts';
import { World } from './world.ts';

/** What decides a world: the same request gives the same world. */
export interface WorldRequest {
  seed: number;
  /** The instant that «three weeks ago» and «last year» are counted from. History goes on after it. */
  anchor: Date;
  organisations: number;
  zone: string;
  /** Weeks of history that every living page has before the anchor. */
  historyWeeks: number;
  /** Whether organisations have channels of Telegram beside their communities of VK; without it, not. */
  channels?: boolean;
}

/** A world made from a seed. Nothing but organisations and pages is made until it is asked for. */
export function createWorld(request: WorldRequest): World {
  const { seed, zone, historyWeeks } = request;
  const anchor = request.anchor.getTime();
  const calendar = new Calendar(zone);
  const organisations = makeOrganisations({ seed, anchor, count: request.organisations, calendar });
  const asked = { seed, anchor, historyWeeks, calendar, organisations };
  const communities = makePages(asked);
  const channels = request.channels ? makeChannels(asked, communities) : [];
  const mainOf = (page: Page): Page | undefined =>
    page.repeats === null ? undefined : world.page(page.repeats);
  const world: World = new World({
    calendar,
    organisations,
    pages: [...communities, ...channels],
    makeWeek: (page, week) =>
      (page.network === 'vk' ? makeWeek : makeChannelWeek)({
        seed,
        page,
        week,
        calendar,
        // Each network passes on what the federation says in it.
        federation: page.network === 'vk' ? communities[0] : channels[0],
        main: mainOf(page),
        siblings:
          page.network === 'vk'
            ? [mainOf(page)].filter((other) => other !== undefined)
            : world.pagesOf(page.organisationId).filter(({ network }) => network === 'vk'),
        postsOfWeek: (other, otherWeek) => world.postsOfWeek(other, otherWeek),
      }),
  });
  return world;
}
