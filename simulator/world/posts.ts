import { hashOf, type Random, randomFor } from '../random.ts';
import { composeVisitorWords, topicStride } from '../texts/compose.ts';
import { freeTexts, type FreeTexts } from './free-texts.ts';
import type { Draft, WeekRequest } from './week.ts';
import { publicationsIn } from './schedule.ts';
import { subscribersOf } from './subscribers.ts';
import type { AttachmentKind, Page, Post, RepostSource } from './types.ts';

/** Post ids of a week begin at this multiple, so that ids grow with time and need no counting. */
const idsPerWeek = 256;

const hour = 3_600_000;
const day = 24 * hour;
/** A national federation outside the world: its posts are reposted, its wall cannot be read. */
const outsideOwner = -2_146_000_001;

/** Originals of another page, published within so many milliseconds before the instant. */
export function recent(request: WeekRequest, from: Page, instant: number, within: number): Post[] {
  return [request.week - 1, request.week]
    .flatMap((week) => request.postsOfWeek(from, week))
    .filter(
      (post) =>
        post.published < instant - 600_000 &&
        post.published > instant - within &&
        post.placement === 'own' &&
        post.sources.length === 0 &&
        post.edit === null &&
        post.deletedAt === null &&
        !post.donut &&
        post.copyOf === null,
    );
}

/** The post as the source of a repost. */
function sourceOf(post: Post): RepostSource {
  return {
    ownerId: -post.pageId,
    postId: post.id,
    authorId: -post.pageId,
    published: post.published,
    text: post.text,
    type: 'post',
  };
}

/** A source of a repost, and its theme. */
export interface ThemedSource {
  source: RepostSource;
  theme: string | null;
}

/** A post of somebody outside this world, as the source of a repost. */
export function outsideSource(random: Random, instant: number, topic: number, free: FreeTexts): ThemedSource {
  const { theme, text } = free.news(random, topic + 5, 'солидарность');
  const source: RepostSource = {
    ownerId: outsideOwner,
    postId: random.integer(10_000, 99_999),
    authorId: outsideOwner,
    published: instant - random.integer(2, 40) * hour,
    text,
    type: 'post',
  };
  return { source, theme };
}

/** What a page reposts: one of the federation's posts that are given, or somebody's outside when there is none. */
export function repostedFrom(
  random: Random,
  candidates: readonly Post[],
  outside: () => ThemedSource,
): ThemedSource {
  if (candidates.length === 0) return outside();
  const post = random.pick(candidates);
  return { source: sourceOf(post), theme: post.theme };
}

/** Gives a post the counters that it comes to in the end. */
export function setCounters(draft: Draft, page: Page, random: Random): void {
  const audience = subscribersOf(page.subscribers, page.id, draft.published);
  const popularity = Math.exp(random.normal() * 0.45) * (draft.sources.length > 0 ? 0.5 : 1);
  const views = Math.max(3, audience * page.reach * popularity);
  const reactions = views * page.engagement * Math.exp(random.normal() * 0.4);
  draft.finalLikes = Math.round(reactions * 0.78);
  draft.finalComments = page.commentsHidden ? null : random.poisson(Math.min(40, reactions * 0.09));
  draft.finalReposts = random.poisson(Math.min(40, reactions * 0.13));
  draft.finalViews = random.chance(page.viewsMissing) ? null : Math.round(views);
}

/** A post without words and counters. */
export function blank(page: Page, published: number): Draft {
  return {
    pageId: page.id,
    messages: 1,
    firstMessageDeletedAt: null,
    published,
    placement: 'own',
    authorId: -page.id,
    signerId: null,
    sources: [],
    text: '',
    theme: null,
    edit: null,
    deletedAt: null,
    donut: false,
    attachments: 'photo',
    copyOf: null,
    finalViews: null,
    finalLikes: null,
    finalComments: null,
    finalReposts: null,
  };
}

const attachmentKinds: readonly AttachmentKind[] = ['photo', 'album', 'video', 'link', 'poll', 'none'];

function fillOwn(draft: Draft, request: WeekRequest, random: Random, topic: number, free: FreeTexts): void {
  const { page, federation, main } = request;
  const hashtag = `профсоюз${page.organisationId}`;
  draft.attachments = attachmentKinds[random.weighted([52, 16, 9, 11, 4, 8])] ?? 'photo';
  const wantsRepost = random.chance(page.repostShare);
  const wantsCopy = random.chance(main ? 0.5 : 0.04);
  if (wantsRepost) {
    const candidates =
      federation && federation !== page
        ? recent(request, federation, draft.published, 4 * day).filter(({ text }) => free.isFree(text))
        : [];
    const { source, theme } = repostedFrom(random, candidates, () =>
      outsideSource(random, draft.published, topic, free),
    );
    draft.sources = [source];
    draft.theme = theme;
    if (random.chance(0.07)) {
      draft.sources.push({
        ...source,
        ownerId: outsideOwner,
        authorId: random.integer(1, 4_000) + 2_140_000_000,
        postId: source.postId + 7,
        published: source.published - 5 * hour,
        text: 'Поддерживаю, коллеги! Расскажите об этом и в соседних цехах, там многие не знают.',
        type: 'reply',
      });
    }
    draft.text = random.chance(0.4) && theme !== null ? free.remark(random, theme) : '';
    draft.attachments = 'none';
    return;
  }
  const copied = main ?? (federation === page ? undefined : federation);
  const candidates =
    wantsCopy && copied
      ? recent(request, copied, draft.published, 30 * hour).filter(({ text }) => free.isFree(text))
      : [];
  if (candidates.length > 0) {
    const source = random.pick(candidates);
    draft.copyOf = `${source.pageId}_${source.id}`;
    draft.theme = source.theme;
    draft.text = random.chance(0.5) ? source.text : `${source.text}\n\n#${hashtag}_рядом`;
    return;
  }
  Object.assign(draft, free.news(random, topic, hashtag));
  if (random.chance(0.04)) {
    const at = draft.published + random.integer(5, 1_200) * 60_000;
    draft.edit = { at, text: `${draft.text}\n\nУточнение: исправили опечатку в тексте.` };
  }
}

function makeOwn(request: WeekRequest, written: readonly Draft[], published: number, ordinal: number): Draft {
  const { seed, page, week } = request;
  const random = randomFor(seed, 'post', page.id, published);
  const draft = blank(page, published);
  const offset = hashOf(seed, 'topics', page.organisationId) % 48;
  const topic = offset + week * topicStride + ordinal + (request.main ? 24 : 0);
  fillOwn(draft, request, random, topic, freeTexts(request, written, published));
  if (draft.sources.length === 0 && draft.copyOf === null && random.chance(page.advertisingShare)) {
    draft.placement = 'advertising';
  }
  draft.donut = draft.sources.length === 0 && draft.copyOf === null && random.chance(page.donutShare);
  draft.signerId = random.chance(0.06) ? 2_140_000_000 + random.integer(1, 4_000) : null;
  if (random.chance(0.025)) {
    draft.deletedAt = published + random.integer(1, 140) * hour;
  }
  setCounters(draft, page, random);
  return draft;
}

function makeVisitors(request: WeekRequest): Draft[] {
  const { seed, page, week, calendar } = request;
  const random = randomFor(seed, 'visitors', page.id, week);
  const count = random.poisson(page.visitors);
  const monday = calendar.startOf(calendar.daysOfWeek(week)[0] ?? '');
  return Array.from({ length: count }, () => {
    const published = monday + random.integer(8 * 3600, 160 * 3600) * 1000;
    const draft = blank(page, published);
    draft.placement = 'visitor';
    draft.authorId = 2_140_000_000 + random.integer(1, 4_000);
    draft.text = composeVisitorWords(random);
    draft.attachments = random.chance(0.2) ? 'photo' : 'none';
    setCounters(draft, page, random);
    return draft;
  }).filter(
    (draft) => draft.published >= page.created && (page.stops === null || draft.published < page.stops),
  );
}

/** All posts of a page's week, deleted and future ones too, in order of publication. */
export function makeWeek(request: WeekRequest): Post[] {
  const { seed, page, week, calendar } = request;
  const own: Draft[] = [];
  for (const published of publicationsIn(seed, page, week, calendar)) {
    own.push(makeOwn(request, own, published, own.length));
  }
  const drafts = [...own, ...makeVisitors(request)].sort((left, right) => left.published - right.published);
  const firstId = (week - calendar.weekOf(page.created)) * idsPerWeek + 1;
  return drafts.map((draft, index) => ({ ...draft, id: firstId + index }));
}
