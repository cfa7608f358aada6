import { Calendar } from '../calendar.ts';
import { SimulatorClock } from '../clock.ts';
import { curatedWorld, organisationLike, pageLike, postLike } from '../world/curated.ts';
import { Faults } from './faults.ts';
import { serveVk, type VkServer } from './serve.ts';

/** The instant at which the clock of a test server stands. */
export const now = new Date('2026-03-10T04:00:00Z');
const hour = 3_600_000;
/** So many hours before that instant, in milliseconds. */
export const at = (hoursAgo: number): number => now.getTime() - hoursAgo * hour;

/** Six pages: one with every kind of post, four that cannot be read, one without comments. */
export const world = curatedWorld({
  organisations: [organisationLike({ id: 1 })],
  pages: [
    pageLike({
      id: 1,
      organisationId: 1,
      pin: { week: new Calendar('Asia/Irkutsk').weekOf(at(500)), from: 0 },
      created: at(600),
    }),
    pageLike({ id: 2, organisationId: 1, states: [{ from: 0, value: 'closed' }], type: 'page' }),
    pageLike({ id: 3, organisationId: 1, states: [{ from: 0, value: 'private' }] }),
    pageLike({ id: 4, organisationId: 1, states: [{ from: 0, value: 'deleted' }] }),
    pageLike({ id: 5, organisationId: 1, states: [{ from: 0, value: 'banned' }] }),
    pageLike({ id: 6, organisationId: 1, commentsHidden: true }),
  ],
  posts: [
    postLike({
      pageId: 1,
      id: 1,
      published: at(500),
      text: 'Закреплённая',
      edit: { at: at(400), text: 'Исправленная' },
    }),
    postLike({ pageId: 1, id: 2, published: at(30), finalViews: null, signerId: 77 }),
    postLike({ pageId: 1, id: 3, published: at(20), placement: 'visitor', authorId: 78 }),
    postLike({ pageId: 1, id: 4, published: at(10), deletedAt: at(5) }),
    postLike({ pageId: 1, id: 5, published: at(9), placement: 'advertising' }),
    postLike({ pageId: 1, id: 6, published: at(8), donut: true }),
    postLike({
      pageId: 1,
      id: 7,
      published: at(7),
      text: '',
      sources: [
        { ownerId: -6, postId: 70, authorId: -6, published: at(50), text: 'Источник', type: 'post' },
        { ownerId: -900, postId: 71, authorId: 5, published: at(60), text: 'Ответ', type: 'reply' },
      ],
    }),
    postLike({ pageId: 1, id: 8, published: at(-1) }),
    postLike({ pageId: 6, id: 1, published: at(100), finalComments: null }),
  ],
});

/** An answer as it came. */
export interface Reply {
  response?: unknown;
  error?: {
    error_code: number;
    error_msg: string;
    request_params: { key: string; value: string }[];
    captcha_sid?: string;
    redirect_uri?: string;
  };
  execute_errors?: { method: string; error_code: number; error_msg: string }[];
}

/** An answer of `wall.get`. */
export interface Wall {
  count: number;
  items: Record<string, unknown>[];
  profiles?: { id: number }[];
  groups?: { id: number }[];
  next_from?: string;
}

type Parameters = Record<string, string | number>;

/** A server over the little world, with ways to call it. */
export interface TestServer {
  server: VkServer;
  clock: SimulatorClock;
  faults: Faults;
  call: (method: string, parameters: Parameters, token?: string) => Promise<Reply>;
  wall: (parameters: Parameters) => Promise<Wall>;
  /** The error's code, 0 for an answer. */
  code: (method: string, parameters: Parameters, token?: string) => Promise<number>;
}

/** Starts a server over the little world; its clock stands still. */
export async function startTestServer(): Promise<TestServer> {
  const clock = new SimulatorClock({ at: now, speed: 0 });
  const faults = new Faults();
  const server = await serveVk(
    { world, clock, faults },
    {
      tokens: [
        { token: 'key', kind: 'service', requestsPerSecond: 1000 },
        { token: 'slow', kind: 'user', requestsPerSecond: 3 },
        { token: 'single', kind: 'service', requestsPerSecond: 1000, execute: false },
        { token: 'group', kind: 'community' },
        { token: 'poor', kind: 'service', requestsPerSecond: 1000, dailyWallGets: 2 },
        { token: 'expired', kind: 'user', dead: 1117 },
        { token: 'captcha', kind: 'user', dead: 14 },
        { token: 'validation', kind: 'user', dead: 17 },
      ],
    },
  );
  const call: TestServer['call'] = async (method, parameters, token = 'key') => {
    const body = new URLSearchParams({ access_token: token, v: '5.199' });
    for (const [key, value] of Object.entries(parameters)) {
      body.set(key, String(value));
    }
    const response = await fetch(`${server.url}/${method}`, { method: 'POST', body });
    return (await response.json()) as Reply;
  };
  return {
    server,
    clock,
    faults,
    call,
    wall: async (parameters) => (await call('wall.get', parameters)).response as Wall,
    code: async (method, parameters, token) => (await call(method, parameters, token)).error?.error_code ?? 0,
  };
}
