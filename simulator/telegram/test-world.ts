import { SimulatorClock } from '../clock.ts';
import { channelLike, curatedWorld, organisationLike, postLike } from '../world/curated.ts';
import type { WallState } from '../world/types.ts';
import { serveTelegram, type TelegramServer, type TelegramServerOptions } from './serve.ts';

/** The instant at which the clock of a test server stands. */
const now = new Date('2026-03-10T04:00:00Z');
const hour = 3_600_000;
/** So many hours before that instant, in milliseconds. */
export const at = (hoursAgo: number): number => now.getTime() - hoursAgo * hour;

const traits = { preview: true, reactions: true, comments: false, albumShare: 0, takenBy: null };
const since = (value: WallState) => [
  { from: 0, value: 'ok' as const },
  { from: at(100), value },
];

/** Six channels: one with every kind of message, four that cannot be read, one with a long history. */
export const world = curatedWorld({
  organisations: [organisationLike({ id: 1 })],
  pages: [
    channelLike({ id: 1, organisationId: 1, created: at(600) }),
    channelLike({ id: 2, organisationId: 1, states: since('private') }),
    channelLike({ id: 3, organisationId: 1, states: since('deleted') }),
    channelLike({ id: 4, organisationId: 1, states: since('banned') }),
    channelLike({
      id: 5,
      organisationId: 1,
      states: since('taken'),
      channel: { ...traits, takenBy: { id: 99, title: 'Скидки', subscribers: 312 } },
    }),
    channelLike({
      id: 6,
      organisationId: 1,
      channel: { ...traits, reactions: false, comments: true },
      screenNames: [
        { from: 0, value: 'long_ago' },
        { from: at(50), value: 'channel6' },
      ],
    }),
  ],
  posts: [
    postLike({ pageId: 1, id: 1, published: at(600), placement: 'service', text: 'Channel created' }),
    postLike({ pageId: 1, id: 2, published: at(400), edit: { at: at(390), text: 'Исправлено' } }),
    postLike({
      pageId: 1,
      id: 3,
      published: at(300),
      sources: [{ ownerId: -7, postId: 70, authorId: -7, published: at(310), text: 'Чужое', type: 'post' }],
      text: 'Чужое',
    }),
    postLike({ pageId: 1, id: 4, published: at(200), messages: 3, attachments: 'photo' }),
    postLike({
      pageId: 1,
      id: 7,
      published: at(190),
      messages: 3,
      attachments: 'photo',
      firstMessageDeletedAt: at(100),
    }),
    postLike({ pageId: 1, id: 10, published: at(150), deletedAt: at(140) }),
    postLike({
      pageId: 1,
      id: 11,
      published: at(100),
      signerId: 77,
      attachments: 'poll',
      finalComments: null,
    }),
    postLike({ pageId: 1, id: 12, published: at(90), finalLikes: 0, attachments: 'link' }),
    ...Array.from({ length: 130 }, (_unused, index) =>
      postLike({ pageId: 6, id: index + 1, published: at(500 - index), finalLikes: null }),
    ),
  ],
});

/** A server over that world, with its clock. */
export async function serveTestWorld(
  options: TelegramServerOptions = {},
): Promise<{ server: TelegramServer; clock: SimulatorClock }> {
  const clock = new SimulatorClock({ at: now, speed: 0 });
  return { server: await serveTelegram({ world, clock }, options), clock };
}
