import { parseSiteWord } from '../page-link/site.ts';
import { parseTelegramAddress, telegramName } from '../page-link/telegram.ts';
import { isVkWord, parseVkLink, parseVkWord, vkMention, vkPassesTo } from '../page-link/vk.ts';
import { asIs } from '../said.ts';
import type { NetworkDefinition } from './definition.ts';

function under(origin: string, ...parts: readonly (string | number | null)[]): string | null {
  return parts.includes(null) ? null : [origin, ...parts].join('/');
}

/** The networks a page can live in, in the order in which they are shown. A new network is a row here, and a source. */
export const networkTable = {
  vk: {
    label: { ru: 'ВКонтакте', en: 'VK' },
    forms: {
      in: { ru: 'во ВКонтакте', en: 'on VK' },
      at: { ru: 'ВКонтакте', en: 'VK' },
      of: { ru: 'ВКонтакте', en: 'VK' },
    },
    shortLabel: { ru: 'ВК', en: 'VK' },
    mark: 'solid',
    pages: {
      ru: ['страница ВКонтакте', 'страницы ВКонтакте', 'страниц ВКонтакте'],
      en: ['VK page', 'VK pages'],
    },
    place: 'wall',
    headings: ['вк', 'вконтакте', 'vkontakte', 'в контакте', 'страница вк', 'сообщество вк', 'группа вк'],
    addresses: {
      usual: { ru: ['vk.com/имя', 'vk.com/club123'], en: ['vk.com/name', 'vk.com/club123'] },
      examples: {
        ru: ['https://vk.com/имя', 'vk.com/club123 (public123, event123)', 'vk.com/wall-123_45'],
        en: ['https://vk.com/name', 'vk.com/club123 (public123, event123)', 'vk.com/wall-123_45'],
      },
      parse: parseVkLink,
      parseWord: parseVkWord,
      owns: isVkWord,
      mention: vkMention,
      passesTo: vkPassesTo,
      // By its id when it is known: names change hands.
      page: (nativeId, name) => under('https://vk.com', nativeId === null ? name : `club${nativeId}`),
      post: (nativeId, _name, postId) =>
        under('https://vk.com', nativeId === null ? null : `wall-${nativeId}_${postId}`),
    },
    measured: { keySetting: 'VK_TOKENS', likes: 'likes', reposts: 'reposts', repostsShowSource: false },
  },
  telegram: {
    label: asIs('Telegram'),
    forms: {
      in: { ru: 'в Telegram', en: 'on Telegram' },
      at: { ru: 'в Telegram', en: 'Telegram' },
      of: asIs('Telegram'),
    },
    shortLabel: asIs('TG'),
    mark: 'dashed',
    pages: {
      ru: ['канал Telegram', 'канала Telegram', 'каналов Telegram'],
      en: ['Telegram channel', 'Telegram channels'],
    },
    place: 'channel',
    headings: ['тг', 'tg', 'телеграм', 'телеграмм', 'телеграм канал', 'телеграмм канал', 'telegram канал'],
    addresses: {
      usual: { ru: ['t.me/имя'], en: ['t.me/name'] },
      examples: { ru: ['t.me/имя', 't.me/s/имя'], en: ['t.me/name', 't.me/s/name'] },
      parse: (address, host) => {
        const name = parseTelegramAddress(address, host);
        return name === null ? null : { nativeId: null, name };
      },
      parseWord: (word) => ({ nativeId: null, name: telegramName(word) }),
      page: (_nativeId, name) => under('https://t.me', name),
      post: (_nativeId, name, postId) => under('https://t.me', name, postId),
    },
    measured: { keySetting: null, likes: 'reactions', reposts: 'forwards', repostsShowSource: true },
  },
  site: {
    label: { ru: 'сайт', en: 'website' },
    forms: {
      in: { ru: 'на сайте', en: 'on the website' },
      at: { ru: 'на сайте', en: 'the website' },
      of: { ru: 'сайта', en: 'the website' },
    },
    shortLabel: { ru: 'сайт', en: 'website' },
    mark: 'solid',
    pages: { ru: ['сайт', 'сайта', 'сайтов'], en: ['website', 'websites'] },
    place: 'page',
    headings: ['website', 'web site', 'сайт', 'веб сайт', 'адрес сайта'],
    addresses: {
      usual: { ru: ['https://сайт'], en: ['https://site.example'] },
      examples: { ru: ['https://сайт'], en: ['https://site.example'] },
      parse: () => null,
      parseWord: parseSiteWord,
      page: () => null,
      post: () => null,
    },
    measured: null,
  },
} as const satisfies Record<string, NetworkDefinition>;
