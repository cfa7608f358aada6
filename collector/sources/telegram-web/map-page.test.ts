import { describe, expect, test } from 'vitest';
import { readShown } from './map-page.ts';

const html = (body: string, title = 'Telegram: Contact @union') =>
  `<!DOCTYPE html><html><head><title>${title}</title></head><body>${body}</body></html>\n<!-- page generated in 1ms -->`;

function preview({
  name = 'Union',
  counters = '',
  title = 'Профсоюз',
  history = '<section class="tgme_channel_history"></section>',
} = {}) {
  return html(
    `<div class="tgme_channel_info"><div class="tgme_channel_info_header_title"><span dir="auto">${title}</span></div>
     <div class="tgme_channel_info_header_username"><a href="https://t.me/${name}">@${name}</a></div>${counters}</div>${history}`,
    'Профсоюз – Telegram',
  );
}

const counter = (value: string, type: string) =>
  `<div class="tgme_channel_info_counter"><span class="counter_value">${value}</span> <span class="counter_type">${type}</span></div>`;
const extra = (words: string) => `<div class="tgme_page_extra">${words}</div>`;
const card = (body: string, name = 'union') =>
  html(
    `<div class="tgme_page">${body}<a class="tgme_action_button_new" href="tg://resolve?domain=${name}">View</a></div>`,
  );
const titled = (body: string, name?: string) =>
  card(`<div class="tgme_page_title"><span dir="auto">Профсоюз</span></div>${body}`, name);

describe('the head of a preview', () => {
  test.each([
    [counter('1.48M', 'subscribers'), { count: 1_480_000, precision: 'rounded' }],
    [counter('5.88K', 'photos') + counter('921', 'members'), { count: 921, precision: 'exact' }],
    [counter('1', 'subscriber'), { count: 1, precision: 'exact' }],
    [counter('3', 'photos'), null],
  ])('tells subscribers by their word', (counters, subscribers) => {
    expect(readShown(preview({ counters }), 'union')).toMatchObject({
      is: 'preview',
      header: { name: 'Union', isNamed: true, title: 'Профсоюз', subscribers },
    });
  });

  test('of another channel is none of ours', () => {
    expect(() => readShown(preview({ name: 'other' }), 'union')).toThrow(
      'the channel union was expected, the page is of other',
    );
  });

  test('that does not say its name is taken for the one asked for: messages say whose they are', () => {
    const nameless = '<div class="tgme_channel_info"></div><section class="tgme_channel_history"></section>';
    expect(readShown(html(nameless), 'union')).toMatchObject({
      is: 'preview',
      header: { name: 'union', isNamed: false },
    });
  });

  test('with messages is a preview wherever they stand', () => {
    const history = '<main><div class="tgme_widget_message" data-post="Union/1"></div></main>';
    expect(readShown(preview({ history }), 'union')).toMatchObject({ is: 'preview' });
  });

  test('without a history of messages is no preview', () => {
    expect(() => readShown(preview({ history: '' }), 'union')).toThrow(/\.tgme_channel_history/);
  });
});

describe('a card', () => {
  test('is a channel’s by its subscribers, or by its way to a preview', () => {
    expect(readShown(titled(extra('1 474 933 subscribers')), 'Union')).toEqual({
      is: 'card',
      card: { title: 'Профсоюз', subscribers: { count: 1_474_933, precision: 'exact' } },
    });
    const old = titled(
      `${extra('974 members')}<a class="tgme_action_button_new" href="/s/Union">Preview channel</a>`,
    );
    expect(readShown(old, 'union')).toMatchObject({ is: 'card', card: { subscribers: { count: 974 } } });
  });

  test.each([
    [extra('12 members, 3 online'), 'union', 'group_chat'],
    [extra('12 members'), 'union', 'group_chat'],
    [extra('@union'), 'union', 'person'],
    [extra('12 345 monthly users'), 'union', 'bot'],
    [extra('@union_bot'), 'union_bot', 'bot'],
  ])('%s of %s is %s', (words, name, other) => {
    expect(readShown(titled(words, name), name)).toEqual({ is: 'other', other });
  });

  test('without a title is nobody’s', () => {
    expect(readShown(card('<div class="tgme_page_icon"></div>'), 'union')).toEqual({
      is: 'free',
      cause: 'telegram: nobody has the name union',
    });
  });

  test('without title and contact is nobody’s page at all', () => {
    expect(() => readShown(html('<div class="tgme_page"></div>'), 'union')).toThrow(
      'the page of union was expected, this one has neither a title nor a link to contact it',
    );
  });

  test('of a blocked channel tells the reason', () => {
    const body =
      '<div class="tgme_page_description">This channel can&#39;t be displayed because it violated the terms.</div>';
    expect(readShown(titled(body), 'union')).toEqual({
      is: 'blocked',
      title: 'Профсоюз',
      reason: "This channel can't be displayed because it violated the terms.",
    });
  });

  test('of another name is none of ours', () => {
    expect(() => readShown(titled(extra('5 subscribers'), 'other'), 'union')).toThrow(
      'the page of union was expected, this one is of other',
    );
  });
});

describe('what is no page of a channel', () => {
  test.each(['Telegram Messenger', 'Telegram – a new era of messaging', 'Telegram'])(
    'the home page of Telegram (%s): nobody has the name',
    (title) => {
      expect(readShown(html('<div class="tl_main_wrap"></div>', title), 'union').is).toBe('free');
    },
  );

  test.each([
    ['{"ok":true}', 'a page of the channel union was expected, the answer is no HTML page'],
    [preview().slice(0, -60), 'the page is cut off: </html> was expected at its end'],
    [html('<h1>Доступ ограничен</h1>', 'Доступ ограничен'), 'and is called "Доступ ограничен"'],
    [html('<p>?</p>', 'Telegram: Contact @union'), 'is called "Telegram: Contact @union"'],
    [html('<p>?</p>', 'Telegrams of the past'), 'neither .tgme_channel_info nor .tgme_page'],
    [html('<p>?</p>', ''), 'the page has neither .tgme_channel_info nor .tgme_page'],
  ])('%s', (page, cause) => {
    expect(() => readShown(page, 'union')).toThrow(cause);
  });
});

describe('a page without measure', () => {
  test.each([
    ['deep', '<div>'.repeat(5_000), 'elements stand more than 256 deep'],
    [
      'of elements that nobody closes',
      Array.from({ length: 5_000 }, (_, id) => `<b id="${id}"><p>`).join(''),
      '256 deep',
    ],
    ['of very many elements', '<i></i>'.repeat(100_001), 'the page has more than 100000 elements'],
  ])('%s is refused before it costs anything', (_, body, cause) => {
    expect(() => readShown(html(body), 'union')).toThrow(cause);
  });

  test('of a title without end is read in its first letters', () => {
    const shown = readShown(preview({ title: 'п'.repeat(1_000_000) }), 'union');
    expect(shown.is === 'preview' && shown.header.title).toHaveLength(2_000);
  });
});
