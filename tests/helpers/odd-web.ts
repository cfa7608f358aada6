import type { PickMessages } from './holed-pages.ts';
import { holedHtml } from './holed-pages.ts';
import type { OddNetworkOf, Wall, WallPost } from './odd-walls.ts';
import { createArmed, datedInPart, datedOff, datesOfThePast } from './odd-walls.ts';
import type { ScriptedGet, ScriptedReplyPage } from './scripted-web.ts';
import { closeWeb, webSourceOf, well } from './telegram-web-source.ts';
import type { WrittenChannel } from './web-pages.ts';
import { previewHtml, writtenAt } from './web-pages.ts';

const written = Date.parse(writtenAt);

function channelOf({ id, name }: Wall, posts: readonly WallPost[]): WrittenChannel {
  const messages = posts.map((post) => ({
    id: post.id,
    hours: (written - post.published.getTime()) / 3_600_000,
  }));
  return { id, name, messages };
}

const withoutLink = (html: string) => html.replace(/<a [^>]*tme_messages_more[^>]*><\/a>/u, '');

interface Asked {
  wall: Wall;
  before: number | null;
}

function page({ wall, before }: Asked): string {
  let html = previewHtml(channelOf(wall, wall.posts), before);
  for (const id of wall.broken ?? []) {
    html = html.replace(new RegExp(`(/${wall.name}/${id}"><time) datetime="[^"]*"`, 'u'), '$1');
  }
  return html;
}

/** Odd pages of a preview. */
const oddities: Record<string, (asked: Asked) => string> = {
  'no link to older messages': (asked) => withoutLink(page(asked)),
  'three messages and no link': ({ wall, before }) => {
    const older = wall.posts.filter(({ id }) => before === null || id < before);
    return withoutLink(previewHtml(channelOf(wall, older.slice(0, 3))));
  },
  'no posts found': ({ wall }) => previewHtml(channelOf(wall, [])),
  'messages of another channel': (asked) =>
    page(asked).replaceAll(`data-post="${asked.wall.name}/`, 'data-post="somebody/'),
  'every second message without a time': (asked) => {
    let index = 0;
    return page(asked).replace(/<time datetime="[^"]*"/gu, (time) =>
      (index += 1) % 2 === 0 ? time : '<time',
    );
  },
  'the page of another place': ({ wall, before }) =>
    page({ wall, before: before === null ? (wall.posts[40]?.id ?? null) : null }),
  [datesOfThePast]: ({ wall, before }) => previewHtml(channelOf(wall, datedOff(wall.posts, -400)), before),
  'dates of the future': ({ wall, before }) => {
    const later = wall.posts.map(({ id, published }) => ({
      id,
      published: new Date(published.getTime() + 400 * 86_400_000),
    }));
    return previewHtml(channelOf(wall, later), before);
  },
  'every second left out, and filled from further back': (asked) =>
    holed(asked, (older) => older.filter((_, index) => index % 2 === 0).slice(0, 20)),
  'dates of the past in every third': ({ wall, before }) => {
    const shown = wall.posts.filter(({ id }) => before === null || id < before).slice(0, 20);
    const ids = new Map(datedInPart(shown).map((post) => [post.id, post]));
    return previewHtml(
      channelOf(
        wall,
        wall.posts.map((post) => ids.get(post.id) ?? post),
      ),
      before,
    );
  },
  'only the three oldest of the page, and no link': (asked) =>
    holed(asked, (older) => older.slice(17, 20), false),
  'all of the page but one': (asked) => holed(asked, (older) => older.slice(0, 20).toSpliced(9, 1)),
  'the middle left out, and filled from further back': (asked) =>
    holed(asked, (older) => older.toSpliced(5, 10).slice(0, 20)),
};

/** A page of some of the posts that it should have. */
function holed({ wall, before }: Asked, pick: PickMessages, isLinked = true): string {
  return holedHtml(channelOf(wall, wall.posts), before, pick, isLinked);
}

/** Their names. */
export const webOddities = Object.keys(oddities);

/** The public pages of channels: the real client, and a server of such pages. */
export const oddWeb: OddNetworkOf = async (walls, clock) => {
  const armed = createArmed();
  const script = (request: ScriptedGet): ScriptedReplyPage => {
    const wall = walls.find(({ name }) => name === request.name);
    const odd = wall && request.kind === 'preview' ? armed.take(wall) : null;
    if (wall && request.kind === 'preview' && odd === null)
      return { html: page({ wall, before: request.before }) };
    if (wall && odd !== null) return { html: oddities[odd]?.({ wall, before: request.before }) ?? '' };
    return well(walls.map((each) => channelOf(each, each.posts)))(request);
  };
  const { source } = await webSourceOf(script, { clock });
  return {
    source,
    oddities: webOddities,
    arm: armed.arm,
    disarm: armed.disarm,
    close: closeWeb,
  };
};
