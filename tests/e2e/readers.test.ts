import { beforeAll, describe, expect, inject, test } from 'vitest';
import { shown, visitorOf, type Visitor } from '../helpers/signed-in.ts';

interface Listed {
  id: number;
  name: string;
  short: string;
  level: string;
  parent: { id: number } | null;
  league: { id: string } | null;
  pages: { url: string }[];
}

const origin = inject('origin');
let organisation: Visitor;
/** All organisations, those that the demo's member organisation is and has below it, and all others but the federation. */
let all: Listed[];
let own: Listed[];
let others: Listed[];

const listed = async (visitor: Visitor, path: string): Promise<{ data: Record<string, unknown>[] }> =>
  (await (await visitor.get(path)).json()) as { data: Record<string, unknown>[] };

/** A browser that looks at the demo as one of its readers. */
async function lookingAs(reader: string): Promise<Visitor> {
  const visitor = visitorOf(origin);
  await visitor.get(`/methodology?reader=${reader}`);
  return visitor;
}

beforeAll(async () => {
  const viewer = await lookingAs('viewer');
  organisation = await lookingAs('organisation');
  all = (await listed(viewer, '/api/v1/organisations?limit=1000')).data as unknown as Listed[];
  const [root] = all.filter(({ level }) => level === 'branch').toSorted((one, other) => one.id - other.id);
  const isOwn = (id: number | undefined): boolean =>
    id !== undefined && (id === root?.id || isOwn(all.find((each) => each.id === id)?.parent?.id));
  own = all.filter(({ id }) => isOwn(id));
  others = all.filter(({ id }) => !isOwn(id));
});

/** What gives an organisation away: its names, its pages, and its screen. */
const signsOf = ({ id, name, short, pages }: Listed): string[] => [
  ...[name, short].filter((text) => !own.some((each) => `${each.name} ${each.short}`.includes(text))),
  ...pages.map(({ url }) => url.replace(/^https?:\/\//, '')),
  `/organisations/${id}"`,
];

/** What of the others stands in an answer, whichever way it is written. */
function foundIn(answer: string): string[] {
  const plain = answer
    .replaceAll(/&quot;|\\"/g, '"')
    .replaceAll('&amp;', '&')
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
  return others.flatMap(signsOf).filter((sign) => plain.includes(sign));
}

describe('a member organisation', () => {
  test('sees its own organisations by name, in every list', async () => {
    expect(own.length).toBeGreaterThan(1);
    expect(others.length).toBeGreaterThan(own.length);
    const { data } = await listed(organisation, '/api/v1/organisations?limit=1000');
    expect(data.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
    for (const path of ['/', '/ranking', '/silent'])
      expect([path, (await shown(organisation.get(path)))[0]]).toEqual([path, 200]);
    const [, ranking] = await shown(organisation.get('/ranking'));
    expect(ranking).toContain(own[0]?.short);
    expect(ranking).toContain('другая организация');
  });

  test('finds nothing in any whole answer that tells who the others are', async () => {
    const someone = others.find(({ league }) => own.some((each) => each.league?.id === league?.id));
    const periods = ['', 'period=month', 'from=2026-01-01&to=2026-01-31'];
    const questions = [
      ...['sort=name', 'sort=posts&order=asc', 'sort=subscribers', 'level=branch', 'network=vk'],
      ...[`search=${encodeURIComponent(someone?.short ?? '')}`, `open=${someone?.id}`, `open=${own[0]?.id}`],
    ];
    const pages = [
      ...['/', '/?posts=32', '/silent', '/silent?view=pages', '/silent?view=people', '/methodology'],
      ...[...periods, ...questions].map((query) => `/ranking?${query}`),
      ...own.map(({ id }) => `/organisations/${id}`),
    ];
    const data = pages.map((path) => path.replace(/^([^?]*?)\/?(\?.*)?$/, '$1/__data.json$2'));
    const lists = ['leaderboard', 'organisations', 'pages', 'posts', 'subscribers', 'runs'].flatMap(
      (list) => [
        `/api/v1/${list}`,
        `/api/v1/${list}?format=csv`,
        ...(list === 'leaderboard'
          ? [`/api/v1/${list}?explain=true`, `/api/v1/${list}?${questions[5]}`]
          : []),
        ...(list === 'leaderboard' || list === 'runs'
          ? []
          : [
              `/api/v1/${list}?organisation=${someone?.id}`,
              `/api/v1/${list}?page=${someone?.pages[0]?.url}`,
            ]),
      ],
    );
    const wrong: string[] = [];
    for (const path of [...pages, ...data, ...lists]) {
      const answer = await organisation.get(path);
      const typed = new URLSearchParams(path.split('?')[1]).get('search');
      const signs = foundIn(await answer.text()).filter((sign) => sign !== typed);
      if (answer.status !== 200 || signs.length > 0)
        wrong.push(`${path} ${answer.status} ${signs.join(', ')}`);
    }
    expect(wrong).toEqual([]);
  });

  test('is told of another organisation what it is told of none', async () => {
    const [some, none] = [others.find(({ level }) => level === 'branch')?.id ?? 0, 999_999];
    const nameless = (text: string | undefined, id: number) =>
      text?.replaceAll(`/organisations/${id}`, '/organisations/*').replaceAll(/nonce="[^"]*"/g, '');
    for (const path of ['/organisations/*', '/organisations/*/__data.json']) {
      const [known, unknown] = await Promise.all(
        [some, none].map((id) => shown(organisation.get(path.replace('*', String(id))))),
      );
      expect(known?.[0]).toBe(unknown?.[0]);
      expect(nameless(known?.[1], some) === nameless(unknown?.[1], none)).toBe(true);
    }
  });

  test('stands in the ranking at the place that everybody sees, among as many as there are', async () => {
    const viewer = await lookingAs('viewer');
    const whole = (await listed(viewer, '/api/v1/leaderboard')).data;
    const seen = (await listed(organisation, '/api/v1/leaderboard')).data;
    const idOf = (row: Record<string, unknown>) => (row['organisation'] as { id: number } | null)?.id;
    const leagueOf = (row: Record<string, unknown>) => (row['league'] as { id: string } | null)?.id;
    const leagues = new Set(own.flatMap(({ league }) => league?.id ?? []));
    const placed = whole.filter((row) => row['place'] !== null && leagues.has(leagueOf(row) ?? ''));
    expect(seen.filter((row) => row['place'] !== null).map((row) => [leagueOf(row), row['place']])).toEqual(
      placed.map((row) => [leagueOf(row), row['place']]),
    );
    for (const row of seen.filter((each) => idOf(each) !== undefined))
      expect(row).toEqual(whole.find((each) => idOf(each) === idOf(row)));
    for (const row of seen.filter((each) => idOf(each) === undefined))
      expect(Object.keys(row).sort()).toEqual(
        ['index', 'league', 'movement', 'organisation', 'place', 'placeOf', 'placeTo'].sort(),
      );
  });

  test('neither sets up nor edits, and sees no contacts', async () => {
    expect((await organisation.get('/start')).status).toBe(403);
    expect((await organisation.send('/silent?/contacts', { person: '1', name: 'Х' })).status).toBe(403);
    expect((await organisation.get('/settings/openness')).status).toBe(403);
    const [, silent] = await shown(organisation.get('/silent'));
    expect(silent).not.toMatch(/tel:|mailto:/);
    // What is hidden from them is not hidden because all is open, and nothing leads to where they may not go.
    expect(silent).not.toMatch(/PUBLIC_DASHBOARD|открыта для всех|open to everybody/);
    const [, overview] = await shown(organisation.get('/'));
    expect(overview).not.toMatch(/PUBLIC_DASHBOARD/);
  });

  test('has no account in a demo', async () => {
    for (const reader of ['department', 'viewer'])
      expect((await (await lookingAs(reader)).get('/account')).status).toBe(403);
    const [, page] = await shown((await lookingAs('department')).get('/account'));
    expect(page).not.toMatch(/ошибка программы|fault of the program/i);
  });
});

test('a demo is everybody’s without a choice, and an unknown reader is none', async () => {
  const stranger = visitorOf(origin);
  const [status, silent] = await shown(stranger.get('/silent'));
  expect([status, silent.includes('tel:')]).toEqual([200, false]);
  expect((await shown((await lookingAs('department')).get('/silent')))[1]).toContain('tel:');
  await stranger.get('/?reader=administrator');
  for (const path of ['/settings/openness', '/settings/people', '/account'])
    expect([path, (await shown(stranger.get(path)))[0]]).toEqual([path, 403]);
});
