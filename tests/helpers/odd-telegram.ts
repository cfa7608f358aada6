import { Api, helpers } from 'telegram';
import type { OddNetworkOf, Wall, WallPost } from './odd-walls.ts';
import { createArmed, datedInPart, datedOff, datesOfThePast } from './odd-walls.ts';
import type { ScriptedReply, ScriptedRequest } from './scripted-telegram.ts';
import type { ScriptedChannel } from './telegram-source.ts';
import { answerOf, channelIdOf, closeTelegram, telegramSourceOf, well } from './telegram-source.ts';

const big = (value: number) => helpers.returnBigInt(value);

function messageOf(channel: number, { id, published }: WallPost): Api.Message {
  return new Api.Message({
    id,
    peerId: new Api.PeerChannel({ channelId: big(channel) }),
    date: published.getTime() / 1000,
    message: `post ${id}`,
    views: 10,
    forwards: 0,
  });
}

/** Messages that were made once: a channel is told whole with every answer, which shows a few of them. */
const made = new WeakMap<WallPost, Api.Message>();

function messageOnce(channel: number, post: WallPost): Api.Message {
  const message = made.get(post) ?? messageOf(channel, post);
  made.set(post, message);
  return message;
}

function channelOf({ id, name, posts, group, broken }: Wall): ScriptedChannel {
  const messages = posts.map((post) =>
    broken?.has(post.id) ? messageOf(id, { ...post, published: new Date(0) }) : messageOnce(id, post),
  );
  const more = group ? { more: { megagroup: true, broadcast: false } } : {};
  return { id, name, subscribers: 100, messages, ...more };
}

interface Asked {
  wall: Wall;
  offset: number;
  limit: number;
}

const older = ({ wall, offset, limit }: Asked) =>
  wall.posts.filter(({ id }) => offset === 0 || id < offset).slice(0, limit);

/** Odd answers to `messages.getHistory`: messages, and the count said. */
const oddities: Record<string, (asked: Asked) => { messages: Api.Message[]; count: number }> = {
  'nothing, and says so': () => ({ messages: [], count: 0 }),
  'nothing, with the true count': ({ wall }) => ({ messages: [], count: wall.posts.length }),
  'the newest twelve as all': ({ wall }) => ({
    messages: wall.posts.slice(0, 12).map((post) => messageOf(wall.id, post)),
    count: 12,
  }),
  'messages of another channel': (asked) => ({
    messages: older(asked).map((post) => messageOf(999_999, post)),
    count: asked.wall.posts.length,
  }),
  'every second message without a date': (asked) => ({
    messages: older(asked).map(({ id, published }, index) =>
      messageOf(asked.wall.id, { id, published: index % 2 === 0 ? published : new Date(0) }),
    ),
    count: asked.wall.posts.length,
  }),
  'the page of another place': ({ wall, offset, limit }) => ({
    messages: wall.posts
      .slice(offset === 0 ? 40 : 0)
      .slice(0, limit)
      .map((post) => messageOf(wall.id, post)),
    count: wall.posts.length,
  }),
  [datesOfThePast]: (asked) => ({
    messages: datedOff(older(asked), -400).map((post) => messageOf(asked.wall.id, post)),
    count: asked.wall.posts.length,
  }),
  'dates of the future': (asked) => ({
    messages: older(asked).map(({ id, published }) =>
      messageOf(asked.wall.id, { id, published: new Date(published.getTime() + 400 * 86_400_000) }),
    ),
    count: asked.wall.posts.length,
  }),
  'every second left out, and filled from further back': (asked) => {
    const more = older({ ...asked, limit: asked.limit * 2 });
    return holed(
      asked,
      more.filter((_, index) => index % 2 === 0),
    );
  },
  'dates of the past in every third': (asked) => ({
    messages: datedInPart(older(asked)).map((post) => messageOf(asked.wall.id, post)),
    count: asked.wall.posts.length,
  }),
  'only the three oldest of the page': (asked) => holed(asked, older(asked).slice(-3)),
  'all of the page but one': (asked) => holed(asked, older(asked).toSpliced(asked.limit / 2, 1)),
  'the middle left out, and filled from further back': (asked) => {
    const more = older({ ...asked, limit: asked.limit * 2 });
    return holed(asked, more.toSpliced(asked.limit / 4, asked.limit / 2).slice(0, asked.limit));
  },
};

/** Some posts of a page, with the true count. */
function holed({ wall }: Asked, posts: readonly WallPost[]): { messages: Api.Message[]; count: number } {
  return { messages: posts.map((post) => messageOf(wall.id, post)), count: wall.posts.length };
}

/** Their names. */
export const telegramOddities = Object.keys(oddities);

/** Telegram over channels: gramjs, and a server that speaks MTProto. */
export const oddTelegram: OddNetworkOf = async (walls, clock) => {
  const armed = createArmed();
  const script = (call: ScriptedRequest): ScriptedReply | undefined => {
    const { account, method, request } = call;
    const wall = walls.find((each) => each.id === channelIdOf(call));
    const odd = wall && method === 'messages.GetHistory' ? armed.take(wall) : null;
    if (wall && odd !== null) {
      const { offsetId: offset, limit } = request as Api.messages.GetHistory;
      const said = oddities[odd]?.({ wall, offset, limit });
      if (!said) throw new Error(`Nobody knows how to be odd by ${odd}.`);
      return { answer: answerOf(channelOf(wall), said.messages, { account, count: said.count }) };
    }
    return well(wall ? [channelOf(wall)] : walls.map(channelOf))(call);
  };
  const { source } = await telegramSourceOf(script, { clock, pause: 0 });
  return {
    source,
    oddities: telegramOddities,
    arm: armed.arm,
    disarm: armed.disarm,
    close: async () => {
      await closeTelegram();
    },
  };
};
