import { describe, expect, it } from 'vitest';
import { PageLinkError, parsePageLink, type PageLinkReason } from '../page-link.ts';

describe('a playlist', () => {
  it.each<[string, PageLinkReason, 'vk'?]>([
    ['vk.com/music/playlist/1_2', 'playlist'],
    ['https://vkvideo.ru/playlist/-1_2', 'playlist'],
    ['https://vkvideo.ru/playlist/1_2', 'playlist'],
    ['https://vkvideo.ru/playlist', 'playlist'],
    ['https://m.vkvideo.ru/?list=-1_2', 'playlist'],
    ['https://vk.com/playlist/-1_2', 'playlist'],
    ['https://vk.com/video/playlist/-1_2', 'playlist'],
    ['https://vk.com/music/playlist/-1_2', 'playlist'],
    ['https://vk.com/audio?z=audio_playlist-1_2%2Fabc', 'playlist'],
    ['vk.com/audio_playlist-1_2', 'playlist'],
    ['playlist-1_2', 'playlist', 'vk'],
    ['https://vkvideo.ru/trends?list=ln-abc', 'not_a_page'],
  ])('%s is no page: %s', (text, reason, hint) => {
    expect(() => parsePageLink(text, hint)).toThrow(
      expect.objectContaining({ name: 'PageLinkError', reason, got: text }),
    );
  });

  it.each([
    ['https://vkvideo.ru/playlist/-9_4/video-123_45', 'https://vk.com/club123'],
    ['https://vkvideo.ru/@profkom?list=-9_4', 'https://vk.com/profkom'],
    ['https://vk.com/feed?w=wall-123_45&z=audio_playlist-9_4', 'https://vk.com/club123'],
    ['https://vk.com/playlist12_hits', 'https://vk.com/playlist12_hits'],
  ])('is not what is meant by %s', (text, url) => {
    expect(parsePageLink(text).url).toBe(url);
  });

  it('is told from a community in both languages', () => {
    const { said } = new PageLinkError('playlist', 'vkvideo.ru/playlist/-1_2', 'why');
    expect(said.ru).toContain(
      '«vkvideo.ru/playlist/-1_2» — не адрес страницы: это плейлист, а не сообщество',
    );
    expect(() => parsePageLink('vkvideo.ru/playlist/-1_2', 'vk')).toThrow(
      '"vkvideo.ru/playlist/-1_2": this is a playlist, not a community: give the address of the community',
    );
  });
});
