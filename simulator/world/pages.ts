import type { Calendar } from '../calendar.ts';
import { type Random, randomFor } from '../random.ts';
import { branches } from '../texts/branches.ts';
import type { Organisation, Page, Rhythm, Since, WallState } from './types.ts';

const day = 86_400_000;
const week = 7 * day;

/** Ids no real community has, so that no link of a demonstration leads to strangers. */
const firstPageId = 2_100_000_001;

/** Rhythms by an organisation's place, repeated every 45: the first is the federation's. */
const rhythms: readonly Rhythm[] = [
  'active',
  'active',
  'active',
  'slow',
  'active',
  'stopped',
  'active',
  'summer',
  'active',
  'active',
  'bursts',
  'dead',
  'active',
  'slow',
  'active',
  'reposts',
  'active',
  'slow',
  'active',
  'active',
  'stopped',
  'active',
  'dead',
  'slow',
  'summer',
  'reposts',
  'active',
  'never',
  'active',
  'slow',
  'bursts',
  'active',
  'dead',
  'slow',
  'active',
  'slow',
  'active',
  'active',
  'stopped',
  'slow',
  'slow',
  'dead',
  'slow',
  'active',
  'slow',
];
const cycle = rhythms.length;
const withoutPage = [31, 40];
const withTwoPages = [2, 9, 19];
const renamed = [4, 14, 28];
const states: Readonly<Record<number, WallState>> = { 18: 'private', 36: 'deleted', 26: 'banned' };
const viewsNeverShown = 13;
const commentsNeverShown = 21;
const donut = 6;

/** What the pages are made from. */
export interface PagesRequest {
  seed: number;
  anchor: number;
  historyWeeks: number;
  calendar: Calendar;
  organisations: readonly Organisation[];
}

function rateOf(rhythm: Rhythm, organisation: Organisation, random: Random): number {
  if (organisation.level === 'federation') {
    return 11;
  }
  switch (rhythm) {
    case 'slow':
      return random.between(0.4, 1.8);
    case 'reposts':
      return random.between(2, 5);
    default:
      return organisation.tier === 'card' ? random.between(0.5, 2.5) : random.between(3, 7.5);
  }
}

/** Half of the range of an instant before the anchor, in days. */
function before(anchor: number, random: Random, from: number, to: number): number {
  return Math.floor(anchor - random.between(from, to) * day);
}

function stopOf(rhythm: Rhythm, request: PagesRequest, random: Random): number | null {
  if (rhythm === 'stopped') {
    return before(request.anchor, random, 20.5, 23.5);
  }
  if (rhythm === 'dead') {
    const lastYear = Number(request.calendar.dayOf(request.anchor).slice(0, 4)) - 1;
    return request.calendar.startOf(`${lastYear}-04-01`) + Math.floor(random.between(0, 235) * day);
  }
  return null;
}

function latinOf(organisation: Organisation): string {
  const branch = branches.find((entry) => entry[3] === organisation.sector);
  return organisation.level === 'federation' ? 'obedinenie' : (branch?.[4] ?? 'prof');
}

function makePage(
  request: PagesRequest,
  organisation: Organisation,
  second: boolean,
  id: number,
  main: Page | null,
): Page {
  const { seed, anchor, historyWeeks } = request;
  const place = (organisation.id - 1) % cycle;
  const random = randomFor(seed, 'page', organisation.id, second ? 1 : 0);
  const rhythm = second ? 'active' : (rhythms[place] ?? 'active');
  const stops = stopOf(rhythm, request, random);
  const older = random.between(0, 26) * week;
  const created = Math.floor(
    stops !== null && rhythm === 'dead' ? stops - 24 * week : anchor - historyWeeks * week - older,
  );
  const name = `profsim_${latinOf(organisation)}${organisation.id}${second ? '_news' : ''}`;
  const title = second ? `${organisation.short} | Новости` : organisation.short;
  const titles: Since<string>[] = [{ from: 0, value: title }];
  const screenNames: Since<string>[] = [{ from: 0, value: name }];
  if (!second && renamed.includes(place)) {
    const from = before(anchor, random, 10, 80);
    screenNames.push({ from, value: `${name}_irk` });
    titles.push({ from, value: `${title} Приангарья` });
  }
  const pageStates: Since<WallState>[] = [{ from: 0, value: 'ok' }];
  const state = second ? undefined : states[place];
  if (state !== undefined) {
    pageStates.push({ from: before(anchor, random, 15, 90), value: state });
  }
  const members = organisation.members.at(-1)?.count ?? 900;
  const base = Math.max(60, Math.round(members ** 0.8 * random.between(0.35, 1.2) * (second ? 0.4 : 1)));
  const type = random.chance(0.5) ? 'group' : 'page';
  return {
    network: 'vk',
    channel: null,
    id,
    organisationId: organisation.id,
    type,
    titles,
    screenNames,
    states: pageStates,
    created,
    stops,
    rhythm,
    rate: rateOf(rhythm, organisation, random) * (second ? 0.6 : 1),
    repostShare:
      rhythm === 'reposts'
        ? 1
        : organisation.level === 'federation'
          ? 0.06
          : second
            ? 0
            : random.between(0.05, 0.35),
    subscribers: {
      base,
      anchor,
      weeklyGrowth: rhythm === 'dead' ? -0.0008 : random.between(-0.0006, 0.006),
      noise: 0.0012,
      jumps: random.chance(0.25)
        ? [{ from: before(anchor, random, 5, 160), value: random.between(-0.05, 0.16) }]
        : [],
    },
    reach: random.between(0.12, 0.5),
    engagement: random.between(0.01, 0.06),
    viewsMissing: place === viewsNeverShown ? 1 : 0.03,
    commentsHidden: place === commentsNeverShown,
    donutShare: place === donut ? 0.12 : 0,
    advertisingShare: place % 6 === 1 ? 0.05 : 0,
    visitors: type === 'group' ? 0.4 : 0,
    repeats: main?.id ?? null,
    pin: random.chance(0.35)
      ? { week: request.calendar.weekOf(created) + 2, from: created + 4 * week }
      : null,
  };
}

/** The pages of the organisations: nearly each has one, a few two or none. */
export function makePages(request: PagesRequest): Page[] {
  const pages: Page[] = [];
  for (const organisation of request.organisations) {
    const place = (organisation.id - 1) % cycle;
    if (withoutPage.includes(place)) {
      continue;
    }
    const main = makePage(request, organisation, false, firstPageId + organisation.id * 2, null);
    pages.push(main);
    if (withTwoPages.includes(place)) {
      pages.push(makePage(request, organisation, true, main.id + 1, main));
    }
  }
  return pages;
}
