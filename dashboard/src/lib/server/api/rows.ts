import * as z from 'zod';
import { reactionParts } from '#domain/reaction-parts.ts';
import {
  levels,
  measuredNetworks,
  networks,
  otherKinds,
  outcomes,
  pageStates,
  postKinds,
  precisions,
  statuses,
  textKinds,
  tiers,
} from '#domain/vocabulary.ts';

const count = z.int().nullable();
const figure = z.number().nullable();
const instant = z.iso.datetime();
const precision = z.enum(precisions).nullable();
const reason = z.enum([...pageStates, 'no_observation']).nullable();
const foundAs = z.enum(otherKinds).nullable().meta({
  description: 'What it is when it is no page of publications; `null` when it is one, or that is not known.',
});
const named = z.object({ id: z.int(), name: z.string() });
const league = z.object({ id: z.string(), name: z.string() }).nullable();

const measures = {
  posts: count.meta({
    description:
      'Posts of the period, reposts included, deleted ones left out; `null` when no look covers a day of it.',
  }),
  originals: count,
  reposts: count,
  postsPerWeek: figure,
  views: count.meta({ description: 'Sum over posts with a known counter of their own.' }),
  viewsPrecision: precision,
  medianViews: figure.meta({ description: 'Per post; `null` over several networks: see `networks`.' }),
  reactions: count.meta({ description: 'Likes, comments and reposts.' }),
  reactionsPrecision: precision,
  erView: figure.meta({
    description:
      'Reactions / views, a fraction; as the other rates `null` over several networks: see `networks`.',
  }),
  erParts: z.array(z.enum(reactionParts)).meta({
    description: 'What the reactions in `erView` are: the parts that everyone compared in the league shows.',
  }),
  erPost: figure,
  erDay: figure,
  reachRate: figure,
  subscribers: count,
  subscribersPrecision: precision,
  growth: count,
  growthPercent: figure.meta({ description: 'A fraction, although its name says per cent.' }),
  longestSilence: count,
  daysSilent: count,
  status: z.enum(statuses),
  statusReason: reason,
};

const leaderboard = z
  .object({
    league,
    place: count.meta({ description: 'Within the league; `null` outside the places.' }),
    placeTo: count.meta({ description: 'Last of the places shared by a tie.' }),
    placeOf: count,
    movement: count.meta({ description: 'Places gained (positive) or lost.' }),
    organisation: named.loose(),
    index: figure.meta({ description: 'Activity index, 0 to 100.' }),
    components: z.object({
      frequency: figure,
      regularity: figure,
      reach: figure,
      engagement: figure,
      growth: figure,
    }),
    flags: z.array(z.string()),
    ...measures,
    pages: z.array(
      z
        .object({
          id: z.int(),
          network: z.enum(networks),
          url: z.string(),
          foundAs,
          lastOutcome: z.enum(outcomes).nullable(),
          lastCause: z.string(),
        })
        .loose(),
    ),
    networks: z.partialRecord(z.enum(measuredNetworks), z.object(measures).loose()),
    weeks: z.array(count).meta({
      description:
        'Posts in each of the last 13 full ISO weeks, oldest first; `null` for one of which no look covers a day.',
    }),
  })
  .loose()
  .meta({ id: 'LeaderboardRow' });

const organisations = z
  .object({
    id: z.int(),
    name: z.string(),
    short: z.string(),
    level: z.enum(levels),
    parent: named.nullable(),
    sector: z.string().nullable(),
    municipality: z.string().nullable(),
    tier: z.enum(tiers),
    members: count,
    league,
    status: z.enum(statuses),
    pages: z.array(z.object({ network: z.enum(networks), url: z.string() })),
  })
  .meta({ id: 'Organisation' });

const pages = z
  .object({
    network: z.enum(networks),
    url: z.string(),
    nativeId: count,
    state: z.enum(pageStates),
    status: z.enum(statuses),
    statusReason: reason,
    foundAs,
    organisation: named,
    name: z.string().nullable(),
    title: z.string().nullable(),
    lastOutcome: z.enum(outcomes).nullable(),
    lastSuccess: instant.nullable(),
    subscribers: count,
    precision,
    historyReached: z.iso.date().nullable(),
  })
  .meta({ id: 'Page' });

const posts = z
  .object({
    network: z.enum(networks),
    page: z.string(),
    id: z.string().meta({ description: 'Native, without the owner.' }),
    url: z.string(),
    published: instant,
    kind: z.enum(postKinds),
    text: z.string(),
    textKind: z.enum(textKinds).meta({
      description: 'What `text` is of: its own, or the poll, article or video that a post without text is.',
    }),
    sourceText: z.string().nullable(),
    views: count,
    likes: count,
    comments: count,
    reposts: count,
    precision: z.object({ views: precision, likes: precision, comments: precision, reposts: precision }),
    stars: count.meta({ description: 'Paid reactions of Telegram (Stars): in no sum.' }),
    edited: instant.nullable(),
    deleted: instant.nullable().meta({ description: 'When it was first missed; `null` while it is there.' }),
    lastDeleted: instant
      .nullable()
      .meta({ description: 'Of a post that came back: when it was missed last.' }),
    returned: instant.nullable().meta({ description: 'Since when it is there again.' }),
  })
  .meta({ id: 'Post' });

const subscribers = z
  .object({
    network: z.enum(networks),
    page: z.string(),
    slot: instant.meta({ description: 'What the look was planned for.' }),
    observed: instant.meta({ description: 'When the network said it.' }),
    count,
    precision,
  })
  .meta({ id: 'Subscribers' });

const runs = z
  .object({
    slot: instant,
    started: instant,
    finished: instant.nullable(),
    pages: z.int(),
    outcomes: z.record(z.enum(outcomes), z.int()),
  })
  .meta({ id: 'Run' });

/** The rows of each list, as `/api/v1/openapi.json` describes them. Unknown is `null`; rates are fractions. */
export const rowSchemas = { leaderboard, organisations, pages, posts, subscribers, runs };
