import { describe, expect, test } from 'vitest';
import { emoji, forwarded, link, reactions, read, text } from '#tests/helpers/shown-message.ts';
import { parseView } from './map-message.ts';
import { takesLong } from '#tests/helpers/takes-long.ts';

takesLong('it reads pages of every length in every language');

describe('a message without a text', () => {
  const poll = `<div class="tgme_widget_message_poll js-poll"><div class="tgme_widget_message_poll_question">Кто ${emoji('✋')}
      за?</div><div class="tgme_widget_message_poll_type">Anonymous Poll</div>
    ${['Да', 'Нет'].map((option) => `<div class="tgme_widget_message_poll_option"><div class="tgme_widget_message_poll_option_percent">7%</div><div class="tgme_widget_message_poll_option_text">${option}\n</div></div>`).join('')}</div>`;
  const preview = (title: string, more = '') =>
    `<a class="tgme_widget_message_link_preview" href="https://x"><div class="link_preview_site_name">Сайт</div>${more}<div class="link_preview_title">${title}</div></a>`;

  test.each([
    [poll, 'Кто ✋ за?\nДа\nНет', 'poll'],
    [preview('Надбавка\n  с мая'), 'Надбавка с мая', 'article'],
    [preview('Митинг', '<i class="link_preview_video_thumb"></i>'), 'Митинг', 'video'],
    [preview(''), '', 'text'],
    ['', '', 'text'],
  ])('has the words of what is attached', (body, words, textKind) => {
    expect(read({ body })).toMatchObject({ text: words, textKind });
  });

  test('has its own words when there are any', () => {
    const body = `${poll}<div class="tgme_widget_message_text js-message_text">Опрос</div>`;
    expect(read({ body })).toMatchObject({ text: 'Опрос', textKind: 'text' });
  });
});

describe('what is without measure', () => {
  test.each([
    ['letters', 'а'.repeat(5_000_000)],
    ['blanks', `б${' '.repeat(5_000_000)}`],
    ['lines', `в${' \n'.repeat(1_000_000)}`],
  ])('a text of millions of %s is bounded', (_, long) => {
    expect(text(long)?.length).toBeLessThanOrEqual(65_536);
  });

  test('a text is not cut inside a character', () => {
    expect(text(`а${'👍'.repeat(40_000)}`)).toBe(`а${'👍'.repeat(32_767)}`);
  });

  test('counts are no numbers, keys and links none', () => {
    expect(
      read({ footer: `<span class="tgme_widget_message_views">${'1'.repeat(1_000_000)}</span>` })?.views,
    ).toEqual({ count: Number.NaN, precision: 'exact' });
    expect(reactions(`${emoji('👍')}${'9,'.repeat(1_000_000)}`)).toEqual({
      count: Number.NaN,
      precision: 'exact',
    });
    expect(parseView('A'.repeat(1_000_000))).toEqual({ channelId: null, isAlbum: false });
    expect(forwarded(link(`https://t.me/${'a/'.repeat(1_000_000)}`))).toMatchObject({ post: null });
  });
});
