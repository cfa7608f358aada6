import { Calendar } from '../calendar.ts';
import { makeOrganisations } from './organisations.ts';
import { makePages } from './pages.ts';
import { makeWeek } from './posts.ts';
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
}

/** A world made from a seed. Nothing but organisations and pages is made until it is asked for. */
export function createWorld(request: WorldRequest): World {
  const { seed, zone, historyWeeks } = request;
  const anchor = request.anchor.getTime();
  const calendar = new Calendar(zone);
  const organisations = makeOrganisations({ seed, anchor, count: request.organisations, calendar });
  const pages = makePages({ seed, anchor, historyWeeks, calendar, organisations });
  const federation = pages[0];
  const world: World = new World({
    calendar,
    organisations,
    pages,
    makeWeek: (page, week) =>
      makeWeek({
        seed,
        page,
        week,
        calendar,
        federation,
        main: page.repeats === null ? undefined : world.page(page.repeats),
        postsOfWeek: (other, otherWeek) => world.postsOfWeek(other, otherWeek),
      }),
  });
  return world;
}
