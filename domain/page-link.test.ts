import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { PageLinkError, pageUrl, parsePageLink, postUrl, understoodForms } from './page-link.ts';
import type { PageLinkReason } from './page-link.ts';
import type { Network } from './vocabulary.ts';
import { takesLong } from '#tests/helpers/takes-long.ts';

takesLong('it tries thousands of texts');

const vkId = (id: number) => ({ network: 'vk', nativeId: id, name: null, url: `https://vk.com/club${id}` });
const vkName = (name: string) => ({ network: 'vk', nativeId: null, name, url: `https://vk.com/${name}` });
const telegram = (name: string) => ({
  network: 'telegram',
  nativeId: null,
  name,
  url: `https://t.me/${name}`,
});
const site = (url: string) => ({ network: 'site', nativeId: null, name: null, url });

describe('links that are understood', () => {
  it.each([
    ['vk.com/club123', vkId(123)],
    ['https://vk.com/public123?from=quick_search', vkId(123)],
    ['http://www.vk.com/event123/', vkId(123)],
    ['https://vk.ru/Profkom_38', vkName('profkom_38')],
    ['HTTPS://M.VK.COM/PROFKOM', vkName('profkom')],
    ['//vk.com/profkom.irk#anchor', vkName('profkom.irk')],
    ['vk.com/profkom38_2020', vkName('profkom38_2020')],
    ['vk.com/wall-123_45', vkId(123)],
    ['https://vk.com/wall-123_45?reply=46&thread=1', vkId(123)],
    ['https://vk.com/feed?w=wall-123_45', vkId(123)],
    ['https://vk.com/club123?w=wall-123_45', vkId(123)],
    ['https://vk.com/profkom?w=wall-123_45', vkName('profkom')],
    ['https://vk.com/photo-123_45', vkId(123)],
    ['https://vk.com/album-123_00', vkId(123)],
    ['https://vk.com/video/@profkom', vkName('profkom')],
    ['https://vk.com/clips/profkom', vkName('profkom')],
    ['https://vk.com/board123', vkId(123)],
    ['https://vk.com/write-123', vkId(123)],
    ['https://vk.com/im?sel=-123', vkId(123)],
    ['https://vk.com/@profkom-kak-vstupit', vkName('profkom')],
    ['https://vk.com/@-123-kak-vstupit', vkId(123)],
    ['https://vk.me/profkom', vkName('profkom')],
    ['vkontakte.ru/profkom', vkName('profkom')],
    ['https://vk.com/away.php?to=https%3A%2F%2Ft.me%2Fprofkom&cc_key=', telegram('profkom')],
    ['[club123|Профком]', vkId(123)],
    ['club123', vkId(123)],
    ['@public123', vkId(123)],
    ['wall-123_45', vkId(123)],
    [' «https://vk.com/profkom», ', vkName('profkom')],
    ['(vk.com/profkom).', vkName('profkom')],
    ['\u200bvk.com/profkom\ufeff', vkName('profkom')],
    ['vk.com/%70rofkom', vkName('profkom')],
    ['vk.com/profkom?utm_source=x&amp;utm_medium=y', vkName('profkom')],
    ['t.me/profkom', telegram('profkom')],
    ['https://t.me/s/Profkom?before=12', telegram('profkom')],
    ['https://telegram.me/profkom/123?single', telegram('profkom')],
    ['telegram.dog/profkom', telegram('profkom')],
    ['https://t.me/@profkom', telegram('profkom')],
    ['https://t.me/boost/profkom', telegram('profkom')],
    ['https://profkom.t.me', telegram('profkom')],
    ['tg://resolve?domain=Profkom&post=1', telegram('profkom')],
    ['tg:resolve?domain=profkom', telegram('profkom')],
    ['https://web.telegram.org/k/#@Profkom', telegram('profkom')],
    ['web.telegram.org/a/#@profkom', telegram('profkom')],
    ['https://web.telegram.org/z/#@profkom/123', telegram('profkom')],
    ['https://web.telegram.org/#@profkom', telegram('profkom')],
    ['https://web.telegram.org/#/im?p=@profkom', telegram('profkom')],
    ['https://web.telegram.org/k/#%40profkom', telegram('profkom')],
    ['https://web.telegram.org/k/#?tgaddr=tg%3A%2F%2Fresolve%3Fdomain%3Dprofkom', telegram('profkom')],
    ['https://webk.telegram.org/#@profkom', telegram('profkom')],
    ['https://vkvideo.ru/@profkom', vkName('profkom')],
    ['https://vkvideo.ru/@profkom/all?from=x', vkName('profkom')],
    ['m.vkvideo.ru/@club123', vkId(123)],
    ['https://vkvideo.ru/video-123_45', vkId(123)],
    ['https://vkvideo.ru/playlist/-123_4/video-123_45', vkId(123)],
    ['https://vkvideo.ru/clip-123_45', vkId(123)],
    ['https://vk.com/podcast-123_45', vkId(123)],
    ['https://vk.com/club123/about', vkId(123)],
    ['Profsoyuz38.RU', site('https://profsoyuz38.ru')],
    ['http://example.ru/news/?utm_source=vk&id=5&ysclid=abc#top', site('http://example.ru/news?id=5')],
    ['https://example.ru:8080/a/', site('https://example.ru:8080/a')],
    ['профсоюз38.рф', site('https://xn--38-slc1aaehj0a6h.xn--p1ai')],
    ['https://example.com/100%', site('https://example.com/100%')],
    [
      '(https://example.com/Союз_(значения))',
      site(
        'https://example.com/%D0%A1%D0%BE%D1%8E%D0%B7_(%D0%B7%D0%BD%D0%B0%D1%87%D0%B5%D0%BD%D0%B8%D1%8F))',
      ),
    ],
    ['http://example.com/)/', site('http://example.com')],
  ])('%s', (text, expected) => {
    expect(parsePageLink(text)).toEqual(expected);
  });

  it.each<[string, Network, object]>([
    ['@profkom', 'vk', vkName('profkom')],
    ['profkom', 'vk', vkName('profkom')],
    ['@prof.kom', 'vk', vkName('prof.kom')],
    ['-123', 'vk', vkId(123)],
    ['123', 'vk', vkId(123)],
    ['public123', 'vk', vkId(123)],
    ['@Profkom', 'telegram', telegram('profkom')],
    ['profkom', 'telegram', telegram('profkom')],
    ['t.me/profkom', 'telegram', telegram('profkom')],
    ['example.ru', 'site', site('https://example.ru')],
  ])('%s in the column %s', (text, hint, expected) => {
    expect(parsePageLink(text, hint)).toEqual(expected);
  });
});

describe('links that are refused', () => {
  it.each<[string, PageLinkReason, Network?]>([
    ['', 'empty'],
    [' «» ', 'empty'],
    ['vk.com/a vk.com/b', 'several'],
    ['@profkom', 'ambiguous'],
    ['profkom', 'ambiguous'],
    ['profkom@example.ru', 'not_a_link'],
    ['mailto:profkom@example.ru', 'not_a_link'],
    ['ftp://example.ru', 'not_a_link'],
    ['javascript:alert(1)', 'not_a_link'],
    ['https://localhost/a', 'not_a_link'],
    ['https://10.0.0.1/a', 'not_a_link'],
    ['нет.', 'ambiguous'],
    ['1/2', 'not_a_link'],
    ['profkom', 'not_a_link', 'site'],
    ['vk.com/id1', 'person'],
    ['vk.com/wall1_2', 'person'],
    ['@id1', 'person', 'vk'],
    ['tg://user?id=1', 'person'],
    ['vk.com', 'not_a_page'],
    ['vk.com/feed', 'not_a_page'],
    ['vk.com/app123', 'not_a_page'],
    ['vk.com/artist/profkom', 'not_a_page'],
    ['https://vk.com/artist/1234?from=x', 'not_a_page'],
    ['vk.com/music/album/1', 'not_a_page'],
    ['vk.com/curator/name', 'not_a_page'],
    ['vk.com/radio/name', 'not_a_page'],
    ['vk.com/games', 'not_a_page'],
    ['vk.com/apps?act=manage', 'not_a_page'],
    ['vk.com/away.php', 'not_a_page'],
    ['vk.com/share.php?url=x', 'not_a_page'],
    ['vk.com/wkview.php', 'not_a_page'],
    ['vk.com/some_new_section/profkom', 'not_a_page'],
    ['artist', 'not_a_page', 'vk'],
    ['https://vkvideo.ru', 'not_a_page'],
    ['https://vkvideo.ru/trends', 'not_a_page'],
    ['https://vkvideo.ru/video1_2', 'person'],
    ['https://vkvideo.ru/@id1', 'person'],
    ['https://live.vkvideo.ru/profkom', 'not_a_page'],
    ['https://vk.cc/abc', 'not_a_page'],
    ['https://web.telegram.org/k/', 'not_a_page'],
    ['https://web.telegram.org/k/#-1001234567890', 'not_a_page'],
    ['https://web.telegram.org/a/#-1001234567890_55', 'not_a_page'],
    ['https://web.telegram.org/#/im?p=c1234567_890', 'not_a_page'],
    ['https://web.telegram.org/k/#?tgaddr=tg%3A%2F%2Fjoin%3Finvite%3Dabc', 'invite'],
    ['vk.com/club0', 'not_a_page'],
    ['vk.com/club99999999999999999999', 'not_a_page'],
    ['vk.com/имя', 'not_a_page'],
    ['feed', 'not_a_page', 'vk'],
    ['t.me', 'not_a_page'],
    ['t.me/addstickers/profkom', 'not_a_page'],
    ['t.me/abc', 'not_a_page'],
    ['tg://addstickers?set=a', 'not_a_page'],
    ['tg://resolve', 'not_a_page'],
    ['vk.com/join/abc', 'invite'],
    ['https://t.me/+AbCdEf', 'invite'],
    ['https://t.me/joinchat/AbCdEf', 'invite'],
    ['+AbCdEf', 'invite', 'telegram'],
    ['tg://join?invite=abc', 'invite'],
    ['https://t.me/c/123/45', 'private'],
    ['tg://privatepost?channel=1', 'private'],
    ['t.me/profkom', 'other_network', 'vk'],
    ['example.ru', 'other_network', 'vk'],
    ['vk.com/profkom', 'other_network', 'site'],
  ])('%s: %s', (text, reason, hint) => {
    expect(() => parsePageLink(text, hint)).toThrow(
      expect.objectContaining({ name: 'PageLinkError', reason, got: text }),
    );
  });

  it('a whole text instead of a link', () => {
    expect(() => parsePageLink('x'.repeat(3000))).toThrow('one link was wanted');
  });

  it('says what was got and which forms are understood, and cuts what is long', () => {
    const error = new PageLinkError('several', 'y'.repeat(500), 'why');
    expect(error.message).toContain(`"${'y'.repeat(120)}…": why`);
    for (const form of understoodForms) {
      expect(error.message).toContain(form);
    }
  });
});

describe('addresses of pages and posts', () => {
  it('go by the id in VK and by the name in Telegram', () => {
    expect(pageUrl('vk', 1, 'name')).toBe('https://vk.com/club1');
    expect(pageUrl('vk', null, 'name')).toBe('https://vk.com/name');
    expect(pageUrl('telegram', 1, 'name')).toBe('https://t.me/name');
    expect(postUrl('vk', 1, 'name', 2)).toBe('https://vk.com/wall-1_2');
    expect(postUrl('telegram', 1, 'name', 2)).toBe('https://t.me/name/2');
    expect(pageUrl('telegram', 1, null)).toBeNull();
    expect(pageUrl('site', null, null)).toBeNull();
    expect(postUrl('vk', null, 'name', 2)).toBeNull();
  });
});

describe('properties', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9_]{5,20}$/).filter((word) => {
    try {
      return parsePageLink(word, 'vk').name === word;
    } catch {
      return false;
    }
  });
  const id = fc.integer({ min: 1, max: 2 ** 40 });
  const scheme = fc.constantFrom('', 'https://', 'http://', 'HTTPS://', '//');
  const host = fc.constantFrom('vk.com', 'vk.ru', 'm.vk.com', 'www.vk.com', 'M.VK.RU');
  const tail = fc.constantFrom(
    '',
    '/',
    '?from=top',
    '/?utm_source=a&utm_medium=b',
    '#x',
    '/?ysclid=abc#y',
    ',',
    '»',
  );

  it('a community is the same in whatever form its id stands', () => {
    const kind = fc.constantFrom('club', 'public', 'event', 'wall-', 'photo-');
    fc.assert(
      fc.property(scheme, host, kind, id, tail, (a, b, c, number, d) => {
        const item = c.endsWith('-') ? '_5' : '';
        expect(parsePageLink(`${a}${b}/${c}${number}${item}${d}`)).toEqual(vkId(number));
      }),
    );
  });

  it('a name is the same in whatever form it stands, and its own address is a fixed point', () => {
    fc.assert(
      fc.property(scheme, host, name, tail, (a, b, word, d) => {
        const link = parsePageLink(`${a}${b}/${word.toUpperCase()}${d}`);
        expect(link).toEqual(vkName(word));
        expect(parsePageLink(link.url)).toEqual(link);
      }),
    );
  });

  it('any text is either a link whose address means the same, or refused with a PageLinkError', () => {
    const hint = fc.option(fc.constantFrom<Network>('vk', 'telegram', 'site'), { nil: undefined });
    const fragments = fc.array(
      fc.constantFrom(
        'vk.com/',
        'vkvideo.ru/',
        'web.telegram.org/k/#',
        't.me/',
        'tg:',
        '//',
        '@',
        '-1',
        '%',
        '?w=',
        'wall',
        '.',
        ':',
        'club1',
        ' ',
        'ы',
        'a',
        '[',
        '|x]',
      ),
      { maxLength: 8 },
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fragments.map((parts) => parts.join('')),
      fc.webUrl(),
    );
    fc.assert(
      fc.property(text, hint, (given, network) => {
        try {
          const link = parsePageLink(given, network);
          expect(parsePageLink(link.url)).toEqual(link);
        } catch (error) {
          expect(error).toBeInstanceOf(PageLinkError);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
