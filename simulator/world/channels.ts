import { randomFor } from '../random.ts';
import { branches } from '../texts/branches.ts';
import type { PagesRequest } from './pages.ts';
import type { ChannelTraits, Organisation, Page, Rhythm, Since, WallState } from './types.ts';

const day = 86_400_000;
const week = 7 * day;

/** Ids no real channel has, so that no link of a demonstration leads to strangers. */
const firstChannelId = 9_100_000_000;
/** Channels that took over names of this world's. */
const firstUnknownPageId = 9_900_000_000;

/** By an organisation's place: how its channel publishes. Organisations that are not named have none. */
const rhythms: Readonly<Record<number, Rhythm>> = {
  0: 'active',
  1: 'active',
  2: 'active',
  3: 'slow',
  4: 'active',
  5: 'dead',
  6: 'active',
  8: 'active',
  9: 'slow',
  12: 'active',
  13: 'stopped',
  15: 'reposts',
  16: 'active',
  18: 'active',
  20: 'active',
  21: 'slow',
  23: 'active',
  25: 'reposts',
  26: 'active',
  28: 'stopped',
  31: 'active',
  32: 'dead',
  34: 'active',
  36: 'slow',
  37: 'bursts',
  39: 'never',
  43: 'active',
};
/** `rhythms` repeats as the organisations' places do. */
const cycle = 45;
const renamed = [6, 34];
const states: Readonly<Record<number, WallState>> = { 9: 'private', 21: 'deleted', 23: 'taken' };
const withoutPreview = [16, 37];
const withoutReactions = [3, 28];
/** A chat for comments is linked to every second channel, the federation's among them. */
const withComments = [0, 2, 6, 12, 18, 23, 26, 31, 34];
/** Repeats the texts of the organisation's community on VK. */
const repeating = [1, 4, 8, 12, 20, 34, 43];

function latinOf(organisation: Organisation): string {
  const branch = branches.find((entry) => entry[3] === organisation.sector);
  return organisation.level === 'federation' ? 'obedinenie' : (branch?.[4] ?? 'prof');
}

function stopOf(rhythm: Rhythm, request: PagesRequest, days: number): number | null {
  if (rhythm === 'stopped') return Math.floor(request.anchor - days * day);
  if (rhythm !== 'dead') return null;
  const lastYear = Number(request.calendar.dayOf(request.anchor).slice(0, 4)) - 1;
  return request.calendar.startOf(`${lastYear}-09-01`) + Math.floor(days * day);
}

function traitsOf(organisation: Organisation, place: number): ChannelTraits {
  return {
    preview: !withoutPreview.includes(place),
    reactions: !withoutReactions.includes(place),
    comments: withComments.includes(place),
    albumShare: place % 3 === 0 ? 0.3 : 0.15,
    takenBy:
      states[place] === 'taken'
        ? { id: firstUnknownPageId + organisation.id, title: 'Скидки и промокоды', subscribers: 312 }
        : null,
  };
}

function makeChannel(request: PagesRequest, organisation: Organisation, community: Page | undefined): Page {
  const { seed, anchor, historyWeeks, calendar } = request;
  const place = (organisation.id - 1) % cycle;
  const rhythm = rhythms[place] ?? 'active';
  const random = randomFor(seed, 'channel', organisation.id);
  const stops = stopOf(rhythm, request, random.between(17, 24));
  const older = random.between(0, 20) * week;
  const created = Math.floor(
    stops !== null && rhythm === 'dead' ? stops - 30 * week : anchor - historyWeeks * week - older,
  );
  const name = `profsim_${latinOf(organisation)}${organisation.id}_tg`;
  const title = `${organisation.short} в Телеграме`;
  const titles: Since<string>[] = [{ from: 0, value: title }];
  const screenNames: Since<string>[] = [{ from: 0, value: name }];
  if (renamed.includes(place)) {
    const from = Math.floor(anchor - random.between(10, 60) * day);
    screenNames.push({ from, value: `${name}_irk` });
    titles.push({ from, value: `${organisation.short} в Telegram` });
  }
  const pageStates: Since<WallState>[] = [{ from: 0, value: 'ok' }];
  const state = states[place];
  if (state !== undefined)
    pageStates.push({ from: Math.floor(anchor - random.between(15, 60) * day), value: state });
  const members = organisation.members.at(-1)?.count ?? 900;
  const isFederation = organisation.level === 'federation';
  return {
    network: 'telegram',
    id: firstChannelId + organisation.id,
    channel: traitsOf(organisation, place),
    organisationId: organisation.id,
    type: 'page',
    titles,
    screenNames,
    states: pageStates,
    created,
    stops,
    rhythm,
    rate: isFederation ? 12 : rhythm === 'slow' ? random.between(0.4, 1.8) : random.between(2.5, 7),
    repostShare: rhythm === 'reposts' ? 1 : isFederation ? 0.05 : random.between(0.08, 0.3),
    subscribers: {
      base: Math.max(40, Math.round(members ** 0.72 * random.between(0.3, 1))),
      anchor,
      weeklyGrowth: rhythm === 'dead' ? -0.0006 : random.between(0, 0.009),
      noise: 0.001,
      jumps: [],
    },
    reach: random.between(0.25, 0.7),
    engagement: random.between(0.01, 0.05),
    viewsMissing: 0,
    commentsHidden: !withComments.includes(place),
    donutShare: 0,
    advertisingShare: 0,
    visitors: 0,
    repeats: repeating.includes(place) ? (community?.id ?? null) : null,
    pin: random.chance(0.4) ? { week: calendar.weekOf(created) + 2, from: created + 4 * week } : null,
  };
}

/** The channels of Telegram of the organisations that have one; `communities` are the pages on VK. */
export function makeChannels(request: PagesRequest, communities: readonly Page[]): Page[] {
  return request.organisations
    .filter(({ id }) => (id - 1) % cycle in rhythms)
    .map((organisation) =>
      makeChannel(
        request,
        organisation,
        communities.find(({ organisationId }) => organisationId === organisation.id),
      ),
    );
}
