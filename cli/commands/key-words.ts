import type { MeasuredNetwork } from '../../domain/vocabulary.ts';
import type { Locale } from '../messages.ts';
import type { Words } from './findings.ts';

const networks = { vk: ['ВКонтакте', 'VK'], telegram: ['Telegram', 'Telegram'] } as const;

/** A network's name in the language of a text. */
export function networkWords(network: MeasuredNetwork, words: Words): string {
  const [russian, english] = networks[network];
  return words(russian, english);
}

/** A key or an account by its place in the setting, as a source names it (`key 1 of VK_TOKENS`), in words. */
export function keyWords(what: string, locale: Locale): string {
  if (locale === 'en') return what;
  return what
    .replace(/^key (\d+)/, 'ключ $1')
    .replace(/^session (\d+)/, 'вход $1')
    .replace(' of ', ' из ')
    .replace(/, (\w+)$/, ', метод $1');
}

/** That pages of VK are not read for want of a key, and where it comes from. */
export function noVkKey(words: Words): string {
  return words(
    'ВКонтакте: ключ не задан (VK_TOKENS), страницы не читаются. Как получить ключ, написано в README.ru.md.',
    'VK: no key is set (VK_TOKENS), no pages are read. README.md says how to get one.',
  );
}

/** As `noVkKey`, as the cause of something that was named before. */
export function forWantOfKey(words: Words): string {
  return words(
    'не задан ключ ВКонтакте (VK_TOKENS). Как получить ключ, написано в README.ru.md.',
    'no key of VK is set (VK_TOKENS). README.md says how to get one.',
  );
}
