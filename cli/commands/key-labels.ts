import { measuredFacts, networkDefinition, type MeasuredNetwork, type Network } from '#domain/networks.ts';
import type { Locale } from '../messages.ts';
import type { Words } from './findings.ts';

/** A network's name in the language of a text. */
export function networkLabel(network: Network, words: Words): string {
  const { ru, en } = networkDefinition(network).label;
  return words(ru, en);
}

/** A key or an account by its place in the setting, as a source names it (`key 1 of VK_TOKENS`), in words. */
export function keyLabel(what: string, locale: Locale): string {
  if (locale === 'en') return what;
  return what
    .replace(/^key (\d+)/, 'ключ $1')
    .replace(/^session (\d+)/, 'вход $1')
    .replace(' of ', ' из ')
    .replace(/, (\w+)$/, ', метод $1');
}

/** That pages of a network are not read for want of a key, and where it comes from. */
export function noKey(network: MeasuredNetwork, words: Words): string {
  const { keySetting } = measuredFacts(network);
  const name = networkLabel(network, words);
  return words(
    `${name}: ключ не задан (${keySetting}), страницы не читаются. Как получить ключ, написано в README.ru.md.`,
    `${name}: no key is set (${keySetting}), no pages are read. README.md says how to get one.`,
  );
}

/** As `noKey`, as the cause of something that was named before. */
export function forWantOfKey(network: MeasuredNetwork, words: Words): string {
  const { keySetting } = measuredFacts(network);
  const { ru, en } = networkDefinition(network).forms.of;
  return words(
    `не задан ключ ${ru} (${keySetting}). Как получить ключ, написано в README.ru.md.`,
    `no key of ${en} is set (${keySetting}). README.md says how to get one.`,
  );
}
