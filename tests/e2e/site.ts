/** The part of an API answer that the tests read. */
export interface LeaderboardAnswer {
  data: {
    organisation: { id: number; name: string; level: string };
    league: { id: string; name: string } | null;
    place: number | null;
    movement: number | null;
    index: number | null;
    status: string;
    posts: number | null;
    originals: number | null;
    views: number | null;
    reactions: number | null;
    subscribers: number | null;
    growth: number | null;
  }[];
  meta: Record<string, unknown>;
}

/** Asks the demo's API; rejects with the answer when it is no success. */
export async function ask<Answer>(origin: string, path: string, cookie = ''): Promise<Answer> {
  const response = await fetch(`${origin}${path}`, { headers: { cookie } });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** One page of the dashboard, for tests and pictures. */
export interface SitePage {
  name: string;
  path: string;
  /** The answer's status; 404 for the page that says so. */
  status: number;
}

function longestWord({ organisation }: LeaderboardAnswer['data'][number]): number {
  return Math.max(...organisation.name.split(/\s+/).map((word) => word.length));
}

/** Every page of the dashboard: of organisations one amid the ranking, one without a place, one hard to fit in. */
export async function sitePages(origin: string, cookie = ''): Promise<SitePage[]> {
  const { data } = await ask<LeaderboardAnswer>(origin, '/api/v1/leaderboard', cookie);
  const placed = data.filter(({ place }) => place !== null);
  const middle = placed[Math.floor(placed.length / 2)];
  const outside = data.find(({ place }) => place === null);
  if (!middle) throw new Error('The ranking has no organisation with a place.');
  const pages = [
    { name: 'overview', path: '/', status: 200 },
    { name: 'overview-posts', path: '/?posts=32', status: 200 },
    { name: 'ranking', path: '/ranking', status: 200 },
    { name: 'ranking-why', path: `/ranking?open=${middle.organisation.id}`, status: 200 },
    { name: 'ranking-branch', path: '/ranking?level=branch&sort=posts', status: 200 },
    { name: 'ranking-empty', path: '/ranking?search=nobody-is-called-so', status: 200 },
    { name: 'silent', path: '/silent', status: 200 },
    { name: 'methodology', path: '/methodology', status: 200 },
    { name: 'start', path: '/start', status: 200 },
    { name: 'organisation', path: `/organisations/${middle.organisation.id}`, status: 200 },
    { name: 'not-found', path: '/no-such-page', status: 404 },
    { name: 'unknown-organisation', path: '/organisations/999999', status: 404 },
  ];
  const long = data.toSorted((one, other) => longestWord(other) - longestWord(one))[0];
  if (long)
    pages.push({ name: 'organisation-long', path: `/organisations/${long.organisation.id}`, status: 200 });
  if (outside) {
    pages.push({
      name: 'organisation-unknown',
      path: `/organisations/${outside.organisation.id}`,
      status: 200,
    });
  }
  return pages;
}
