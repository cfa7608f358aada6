import type { Observations } from '#schema/observations/connect.ts';
import { insertOutcomes } from '#schema/observations/tables/outcomes.ts';
import { insertPageEvents } from '#schema/observations/tables/page-events.ts';
import { insertPostCounters } from '#schema/observations/tables/post-counters.ts';
import type { PostRow } from '#schema/observations/tables/posts.ts';
import { insertPosts } from '#schema/observations/tables/posts.ts';
import type { OrganisationMirrorRow, PageMirrorRow } from '#schema/observations/tables/register-mirror.ts';
import {
  insertMirroredOrganisations,
  insertMirroredPages,
} from '#schema/observations/tables/register-mirror.ts';
import { insertRuns } from '#schema/observations/tables/runs.ts';
import { insertSubscribers } from '#schema/observations/tables/subscribers.ts';
import { organisationRow, outcomeRow, pageRow, postRow, subscribersRow } from './observed-rows.ts';
import type { PageStory } from './two-networks-stories.ts';
import { stories, texts } from './two-networks-stories.ts';

const hour = 3_600_000;
const day = 24 * hour;
/** How far back the world goes. */
const days = 112;

/**
 * A federation of two networks as of `now`: Telegram read without a key (rounded views, no comments, no reposts), an
 * organisation silent since yesterday, others for longer, pages that cannot be read for several reasons, one that
 * writes much more lately and one much less, a page renamed, a post that everybody read.
 */
export async function writeTwoNetworks(observations: Observations, now: Date): Promise<void> {
  const organisations: OrganisationMirrorRow[] = [];
  const pages: { page: PageMirrorRow; story: PageStory }[] = [];
  for (const [index, { pages: own, ...fields }] of stories.entries()) {
    const id = index + 1;
    organisations.push(
      organisationRow(id, {
        ...fields,
        level: fields.level ?? 'branch',
        tier: fields.level ? 'flagship' : 'active',
        members: [fields.members],
      }),
    );
    for (const story of own) pages.push({ page: pageOf(pages.length + 1, id, story), story });
  }
  await insertMirroredOrganisations(observations, organisations);
  await insertMirroredPages(
    observations,
    pages.map(({ page }) => page),
  );
  const posts = pages.flatMap(({ page, story }) => postsOf(page, story, now));
  await insertPosts(observations, posts);
  await insertPostCounters(
    observations,
    posts.flatMap(({ pageId, postId, published, views, viewsPrecision }) =>
      [3, 12, 30, 90].flatMap((age) => {
        const observed = new Date(published.getTime() + age * hour);
        if (observed > now || views === null) return [];
        return [
          {
            pageId,
            postId,
            slot: observed,
            observed,
            views: Math.round(views * (age / (age + 10))),
            likes: 1,
            comments: null,
            reposts: null,
            viewsPrecision,
            likesPrecision: 'exact' as const,
            commentsPrecision: null,
            repostsPrecision: null,
          },
        ];
      }),
    ),
  );
  const ages = Array.from({ length: days }, (_, index) => days - 1 - index);
  const slotOf = (age: number): Date => new Date(now.getTime() - age * day - 20 * 60_000);
  await insertSubscribers(
    observations,
    pages.flatMap(({ page, story }) =>
      ages
        .filter((age) => age >= (story.failed?.days ?? 0))
        .map((age) =>
          subscribersRow(
            page.pageId,
            slotOf(age),
            Math.round(story.subscribers - age * (story.growthADay ?? 0)),
          ),
        ),
    ),
  );
  await insertOutcomes(
    observations,
    pages.flatMap(({ page, story: { failed } }) =>
      ages
        .filter((age) => age < 45)
        .map((age) => {
          const { days: failedDays = 0, ...how } = failed ?? {};
          return outcomeRow(
            page.pageId,
            slotOf(age),
            age < failedDays ? how : { postsNew: age === 0 ? 2 : 0 },
          );
        }),
    ),
  );
  await insertRuns(
    observations,
    ages
      .filter((age) => age < 45)
      .map((age) => ({
        slot: slotOf(age),
        kind: 'schedule' as const,
        started: slotOf(age),
        finished: new Date(slotOf(age).getTime() + 60_000),
        planned: pages.map(({ page }) => page.pageId),
      })),
  );
  await insertPageEvents(observations, [
    {
      pageId: 3,
      observed: new Date(now.getTime() - 2 * day),
      event: 'renamed',
      before: 'profobr_old',
      after: 'profobr38',
    },
    { pageId: 6, observed: slotOf(2), event: 'state', before: 'ok', after: 'closed' },
    { pageId: 1, observed: slotOf(3), event: 'history_reached', before: '', after: '2025-01-01' },
    { pageId: 2, observed: slotOf(3), event: 'state', before: 'unresolved', after: 'ok' },
  ]);
}

function pageOf(pageId: number, organisationId: number, story: PageStory): PageMirrorRow {
  const { network, failed } = story;
  const name = network === 'vk' ? `profsoyuz${pageId}` : `profsoyuz_${pageId}`;
  const short = stories[organisationId - 1]?.short ?? '';
  return pageRow(pageId, organisationId, {
    network,
    nativeId: network === 'vk' ? 1000 + pageId : 1_777_000_000 + pageId,
    name,
    title: network === 'vk' ? short : `${short} | Новости`,
    url: network === 'vk' ? `https://vk.com/${name}` : `https://t.me/${name}`,
    state: failed?.state ?? 'ok',
  });
}

/** Posts evenly over the weeks, the newest as long ago as the story says; every ninth is a repost. */
function postsOf(page: PageMirrorRow, story: PageStory, now: Date): PostRow[] {
  const posts: PostRow[] = [];
  const until = now.getTime() - (story.silent ?? 0) * day - hour * (2 + (page.pageId % 5));
  let published = until;
  while (published > now.getTime() - days * day) {
    const isLate = published > now.getTime() - 9 * day;
    const number = posts.length;
    const isRepost = number % 9 === 8;
    const wave = 1 + ((number * 7) % 5) / 10;
    const isHit = number === 1 && page.pageId === 4;
    const views = Math.round(story.views * wave * (isHit ? 5 : 1));
    const age = (now.getTime() - published) / hour;
    const seen = Math.round(views * (age / (age + 10)));
    const keyless = story.network === 'telegram';
    posts.push(
      postRow(page.pageId, 5000 - number, new Date(published), {
        kind: isRepost ? 'repost' : 'original',
        text: `${texts[(page.pageId + number) % texts.length] ?? ''} № ${number + 1}`,
        views: keyless && seen >= 1000 ? Math.round(seen / 100) * 100 : seen,
        likes: Math.round(seen / 40),
        comments: keyless ? null : Math.round(seen / 300),
        reposts: keyless ? null : Math.round(seen / 200),
        viewsPrecision: keyless && seen >= 1000 ? 'rounded' : 'exact',
        commentsPrecision: keyless ? null : 'exact',
        repostsPrecision: keyless ? null : 'exact',
      }),
    );
    published -= (7 * day) / (isLate ? (story.perWeekLately ?? story.perWeek) : story.perWeek);
  }
  return posts;
}
