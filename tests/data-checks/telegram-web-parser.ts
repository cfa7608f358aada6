import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { parseSubscribers } from '#collector/sources/telegram-web/counts.ts';
import { parseHtml } from '#collector/sources/telegram-web/html.ts';
import { readHeader, readShown } from '#collector/sources/telegram-web/map-page.ts';
import type { MessagesPage } from '#collector/sources/telegram-web/map.ts';
import { mapMessages } from '#collector/sources/telegram-web/map.ts';
import type { TextKind } from '#domain/vocabulary.ts';
import type { DataCheck } from './data-check.ts';

/** What a saved fragment, which is one message, must become; only what is named is compared. */
interface Expected {
  postId: number;
  parts?: number[];
  kind?: 'original' | 'repost';
  views?: number;
  precision?: 'exact' | 'rounded';
  text?: string;
  textKind?: TextKind;
  published?: string;
}

/** By the file's name behind `fragment_`; `null`: a notice about the channel, dropped. */
const fragments: Readonly<Record<string, Expected | null>> = {
  audio_document: { postId: 12, text: 'Povo hebreu', views: 2, precision: 'exact' },
  audio_message: { postId: 13, text: '' },
  emoji_message: { postId: 7, text: '👍' },
  forwarded_text_message: { postId: 89, kind: 'repost', text: ';)' },
  location_message: { postId: 10, text: '' },
  location_message_2: { postId: 83, text: '' },
  location_message_3: { postId: 88, text: '' },
  message_weird_preview: {
    postId: 7334,
    views: 1_200,
    precision: 'rounded',
    published: '2022-11-09T22:43:54.000Z',
  },
  multimedia_message: {
    postId: 84,
    parts: [84, 85, 86, 87],
    text: 'Multiple videos and pictures',
    views: 436_600,
    precision: 'rounded',
  },
  photo_multiple: { postId: 14, parts: [14, 15], text: 'Multiple pics' },
  photo_single: { postId: 16, parts: [], text: 'Picture by telegram camera' },
  poll: {
    postId: 11,
    text: "Let's do a quick poll quizz mode\nOpt1\nOpt2\nOpt3",
    textKind: 'poll',
    views: 2,
    precision: 'exact',
  },
  round_video_single: { postId: 17, text: '' },
  service_message_channel_created: null,
  service_message_channel_name_changed: null,
  service_message_channel_photo_updated: null,
  // For all its name, an ordinary post that quotes a notice: without the class, with views.
  service_message_channel_video_changed: {
    postId: 82,
    text: '+ "Channel video changed"',
    views: 3_100_000,
    precision: 'rounded',
  },
  service_message_pinned: null,
  signed_edited_text_message: {
    postId: 5,
    text: 'Hello! Signed and edited message',
    published: '2023-02-24T07:29:57.000Z',
  },
  sticker_message: { postId: 9, text: '' },
  text_message_link_no_preview: { postId: 24 },
  text_message_link_with_regular_preview: { postId: 94, views: 1 },
  text_message_link_with_right_preview: { postId: 81 },
  text_message_multiline: { postId: 62, text: 'Bigger\ntext\nmessage\nnumber\n34' },
  text_message_signed_not_edited: { postId: 79, kind: 'original' },
  text_reply_to_video: { postId: 20, text: 'Reply to a video (not recorded in telegram)' },
  unsigned_text_message: { postId: 6, text: 'Unsigned message' },
  video_big: { postId: 5343, text: 'some text', views: 436_600 },
  video_single: { postId: 18, parts: [], text: 'Video by telegram camera' },
  video_single_2: { postId: 19 },
};
/** Fragments that are no message. */
const others = ['channel_info', 'no_posts_found'];

/** Later than any saved page. */
const now = new Date('2026-01-01T00:00:00Z');

const equal = (got: unknown, wanted: unknown): string | null => {
  const [one, other] = [JSON.stringify(got), JSON.stringify(wanted)];
  return one === other ? null : `got ${one}, wanted ${other}`;
};

/** A saved message as the only one of a page. */
function readFragment(html: string): MessagesPage {
  const $ = parseHtml(`<section class="tgme_channel_history">${html}</section>`);
  const name = $('[data-post]').attr('data-post')?.split('/')[0] ?? '';
  return mapMessages($, { name, nativeId: null, before: null, hasReacted: false, now, idOf: () => null });
}

function fragmentProblem(html: string, wanted: Expected | null): string | null {
  const page = readFragment(html);
  if (wanted === null) return equal([page.posts.length, page.dropped], [0, { service: 1 }]);
  const [post] = page.posts;
  if (!post || page.posts.length > 1) return `${page.posts.length} posts`;
  const { counters, precisions, published, ...rest } = post;
  const got: Record<string, unknown> = {
    ...rest,
    views: counters.views,
    precision: precisions.views,
    published: published.toISOString(),
  };
  const problems = Object.entries(wanted).map(([field, value]) => {
    const problem = equal(got[field], value);
    return problem === null ? null : `${field}: ${problem}`;
  });
  const noise = /[ \t]{3,}|This media is not supported|subscribers/u.exec(post.text)?.[0];
  return problems.find((each) => each !== null) ?? (noise === undefined ? null : `its text holds "${noise}"`);
}

/** Parses every real saved page and fragment of `t.me`. */
export async function checkData(folder: string): Promise<DataCheck[]> {
  const directory = path.join(folder, 'telegram-web');
  const saved = async (file: string) => await readFile(path.join(directory, `${file}.html`), 'utf8');
  const checks: DataCheck[] = [];
  const check = (name: string, test: () => string | null) => {
    try {
      checks.push({ name, problem: test() });
    } catch (error) {
      checks.push({ name, problem: error instanceof Error ? error.message : String(error) });
    }
  };

  const preview = await saved('preview_page_2021');
  const shown = readShown(preview, 'NEXTA_live');
  check('a real preview: the channel’s head', () =>
    equal(shown.is === 'preview' ? shown.header : shown, {
      name: 'nexta_live',
      isNamed: true,
      title: 'NEXTA Live',
      subscribers: { count: 1_480_000, precision: 'rounded' },
    }),
  );
  if (shown.is === 'preview') {
    const question = {
      name: 'nexta_live',
      nativeId: 1_413_275_904,
      before: null,
      hasReacted: false,
      now,
      idOf: () => null,
    };
    const page = mapMessages(shown.$, question);
    check('a real preview: 18 posts of 20 messages, one album, one forward, all in order', () => {
      const albums = page.posts.filter(({ parts }) => parts.length > 0);
      const forwards = page.posts.filter(({ kind }) => kind === 'repost');
      return (
        equal([page.posts.length, page.ids.length, page.inOrder, page.dropped], [18, 20, true, {}]) ??
        equal(
          [page.channelId, page.next, page.oldest],
          [1_413_275_904, 13_358, '2021-02-19T17:39:40.000Z'],
        ) ??
        equal(
          albums.map(({ postId, parts }) => [postId, parts]),
          [[13_373, [13_373, 13_374, 13_375]]],
        ) ??
        equal(
          forwards.map(({ postId, sourcePost }) => [postId, sourcePost]),
          [[13_365, 2_320]],
        )
      );
    });
    check('a real preview: views are rounded, reactions of a time without them unknown', () => {
      const [post] = page.posts;
      const precisions = new Set(page.posts.map((each) => each.precisions.views));
      return (
        equal(post?.counters, { views: 505_900, likes: null, comments: null, reposts: null }) ??
        equal([...precisions], ['rounded'])
      );
    });
    check('a real preview: texts have their lines, and nothing of link previews', () => {
      const [post] = page.posts;
      const lines = post?.text.split('\n') ?? [];
      return (
        equal(lines[0], 'Лукашенковский аппарат запустил процесс самоуничтожения') ??
        (post?.text.includes('YouTube') ? 'the text holds the preview of a link' : null) ??
        (lines.length > 10 ? null : `${lines.length} lines`)
      );
    });
    check('a real preview cut anywhere is not taken for a whole one', () => {
      for (const share of [0.2, 0.5, 0.9]) {
        try {
          readShown(preview.slice(0, Math.floor(preview.length * share)), 'nexta_live');
          return `cut at ${share} it was taken`;
        } catch (error) {
          if (!String(error).includes('cut off')) return String(error);
        }
      }
      return null;
    });
    check('a real preview is not taken for another channel’s', () => {
      try {
        readShown(preview, 'nexta_tv');
        return 'it was';
      } catch (error) {
        return String(error).includes('the page is of nexta_live') ? null : String(error);
      }
    });
  }

  const card = await saved('channel_card_2021');
  check('a real card: exact subscribers', () =>
    equal(readShown(card, 'nexta_live'), {
      is: 'card',
      card: { title: 'NEXTA Live', subscribers: { count: 1_474_933, precision: 'exact' } },
    }),
  );
  const free = await saved('free_name_2021');
  check('a real page of a free name: nobody has it', () =>
    equal(readShown(free, 'nexta_live1432').is, 'free'),
  );

  const info = await saved('fragment_channel_info');
  check('a real head in parts: one subscriber, and the title of og:title', () =>
    equal(readHeader(parseHtml(info), 'another'), {
      name: 'tchantest',
      isNamed: true,
      title: "tchan's test channel 👍",
      subscribers: { count: 1, precision: 'exact' },
    }),
  );
  check('the words of a real counter', () => equal(parseSubscribers('1.48M members')?.count, 1_480_000));
  const empty = await saved('fragment_no_posts_found');
  check('a real history without posts is empty, and the end', () => {
    const page = mapMessages(parseHtml(empty), {
      name: 'some-channel',
      nativeId: 5,
      before: 9,
      hasReacted: false,
      now,
      idOf: () => null,
    });
    return equal([page.ids, page.next, page.channelId], [[], null, null]);
  });

  const files = (await readdir(directory)).flatMap((file) => /^fragment_(\w+)\.html$/u.exec(file)?.[1] ?? []);
  for (const file of files.filter((name) => !others.includes(name))) {
    const wanted = fragments[file];
    const html = await saved(`fragment_${file}`);
    check(`fragment_${file}`, () =>
      wanted === undefined ? 'nothing is written down of what it must become' : fragmentProblem(html, wanted),
    );
  }
  return checks;
}
