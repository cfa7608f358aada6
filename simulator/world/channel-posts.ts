import { type Random, randomFor } from '../random.ts';
import { topicStride } from '../texts/compose.ts';
import { blank, outsideSource, recent, repostedFrom, setCounters } from './posts.ts';
import { freeTexts, type FreeTexts } from './free-texts.ts';
import { publicationsIn } from './schedule.ts';
import type { AttachmentKind } from './types.ts';
import type { Draft, WeekRequest } from './week.ts';

/** Message ids of a week begin at this multiple: they grow with time, need no counting, and stay below 2^31. */
const idsPerWeek = 512;

const hour = 3_600_000;
const day = 24 * hour;

/** A channel outside this world. */
const outside = { ownerId: -9_800_000_001, authorId: -9_800_000_001 };

const attachmentKinds: readonly AttachmentKind[] = ['photo', 'video', 'link', 'poll', 'none'];

/** A forward: its text, views and forwards are its source's. */
function fillForward(
  draft: Draft,
  request: WeekRequest,
  random: Random,
  topic: number,
  free: FreeTexts,
): void {
  const { page, federation } = request;
  const candidates =
    federation && federation !== page ? recent(request, federation, draft.published, 4 * day) : [];
  const passedOn = candidates.filter(({ text }) => free.isFree(text));
  const { source, theme } = repostedFrom(random, passedOn, () => {
    const found = outsideSource(random, draft.published, topic, free);
    return { ...found, source: { ...found.source, ...outside } };
  });
  draft.sources = [source];
  draft.theme = theme;
  draft.text = source.text;
  draft.attachments = 'photo';
}

function fillOwn(draft: Draft, request: WeekRequest, random: Random, topic: number, free: FreeTexts): void {
  const { page, main } = request;
  draft.attachments = attachmentKinds[random.weighted([58, 10, 14, 4, 14])] ?? 'photo';
  const candidates =
    main && random.chance(0.6)
      ? recent(request, main, draft.published, 30 * hour).filter(({ text }) => free.isFree(text))
      : [];
  if (candidates.length > 0) {
    const source = random.pick(candidates);
    draft.copyOf = `${source.pageId}_${source.id}`;
    draft.theme = source.theme;
    draft.text = random.chance(0.5) ? source.text : `${source.text}\n\n#телеграм_рядом`;
  } else Object.assign(draft, free.news(random, topic, `профсоюз${page.organisationId}`));
  if (page.channel && random.chance(page.channel.albumShare)) {
    draft.messages = random.integer(2, 6);
    draft.attachments = 'photo';
    if (random.chance(0.15)) draft.firstMessageDeletedAt = draft.published + random.integer(1, 90) * hour;
  }
  if (draft.copyOf === null && random.chance(0.05)) {
    const at = draft.published + random.integer(5, 1_200) * 60_000;
    draft.edit = { at, text: `${draft.text}\n\nУточнение: исправили опечатку в тексте.` };
  }
}

function makePost(
  request: WeekRequest,
  written: readonly Draft[],
  published: number,
  ordinal: number,
): Draft {
  const { seed, page, week } = request;
  const random = randomFor(seed, 'message', page.id, published);
  const draft = blank(page, published);
  const topic = ((page.id * 7) % 48) + 12 + week * topicStride + ordinal;
  const free = freeTexts(request, written, published);
  if (random.chance(page.repostShare)) fillForward(draft, request, random, topic, free);
  else fillOwn(draft, request, random, topic, free);
  draft.signerId = random.chance(0.06) ? 2_140_000_000 + random.integer(1, 4_000) : null;
  if (random.chance(0.025)) draft.deletedAt = published + random.integer(1, 140) * hour;
  setCounters(draft, page, random);
  // Where readers may not react, nothing of it is shown.
  if (page.channel && !page.channel.reactions) draft.finalLikes = null;
  return draft;
}

/** «Channel created» first, and a few notices about pinned messages and photos on the way. */
function makeService(request: WeekRequest): Draft[] {
  const { seed, page, week, calendar } = request;
  const random = randomFor(seed, 'service', page.id, week);
  const instants = calendar.weekOf(page.created) === week ? [page.created] : [];
  if (random.chance(0.12)) {
    const monday = calendar.startOf(calendar.daysOfWeek(week)[0] ?? '');
    instants.push(monday + random.integer(9 * 3600, 150 * 3600) * 1000);
  }
  const isLiving = (instant: number): boolean =>
    instant >= page.created && (page.stops === null || instant < page.stops);
  return instants.filter(isLiving).map((instant) => {
    const draft = blank(page, instant);
    draft.placement = 'service';
    draft.attachments = 'none';
    draft.text = instant === page.created ? 'Channel created' : 'pinned a message';
    return draft;
  });
}

/** All messages of a channel's week, deleted and future ones too, in order of publication. */
export function makeChannelWeek(request: WeekRequest) {
  const { seed, page, week, calendar } = request;
  const posts: Draft[] = [];
  for (const published of publicationsIn(seed, page, week, calendar)) {
    if (published > page.created) posts.push(makePost(request, posts, published, posts.length));
  }
  const drafts = [...makeService(request), ...posts].sort((one, other) => one.published - other.published);
  let id = (week - calendar.weekOf(page.created)) * idsPerWeek + 1;
  return drafts.map((draft) => {
    const post = { ...draft, id };
    id += draft.messages;
    return post;
  });
}
