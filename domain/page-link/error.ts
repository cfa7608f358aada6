import { isMeasuredNetwork, networkDefinition, networks } from '../networks.ts';
import { SaidError } from '../said.ts';
import type { PageLinkReason } from './refused.ts';

/** The forms that are understood, as examples for people: addresses, a name alone, and the site that anything else is. */
function formsOf(locale: 'ru' | 'en', nameAlone: string): string[] {
  const examplesOf = (measured: boolean): readonly string[] =>
    networks
      .filter((network) => isMeasuredNetwork(network) === measured)
      .flatMap((network) => networkDefinition(network).addresses.examples[locale]);
  return [...examplesOf(true), nameAlone, ...examplesOf(false)];
}

/** The forms that are understood, in English. */
export const understoodForms = formsOf('en', '@name (where the network is clear)');

/** Why a text is not taken, and what to give instead, in Russian; the English says it of each text by itself. */
const russian: Readonly<Record<PageLinkReason, string>> = {
  empty: 'адрес не указан',
  several: 'нужен один адрес, а не текст',
  ambiguous: 'по одному имени не понять, в какой оно сети',
  not_a_link: 'это не адрес страницы',
  not_a_page: 'это не адрес сообщества или канала',
  person: 'это страница человека, а нужно сообщество или канал',
  playlist: 'это плейлист, а не сообщество; нужен адрес самого сообщества',
  invite: 'это приглашение в закрытый чат или канал; нужен адрес открытой страницы',
  private: 'это закрытый канал, посторонние его не видят',
  other_network: 'это страница другой сети',
};
const russianForms = formsOf('ru', '@имя (если понятно, какая сеть)');

/** A text that is not the link of a page we can follow: what was got, why not, and what would be understood. */
export class PageLinkError extends SaidError {
  override readonly name = 'PageLinkError';
  readonly reason: PageLinkReason;
  /** The text as it was given. */
  readonly got: string;

  constructor(reason: PageLinkReason, got: string, explanation: string) {
    const shown = got.length > 120 ? `${got.slice(0, 120)}…` : got;
    super({
      ru: `«${shown}» — не адрес страницы: ${russian[reason]}. Понятны такие: ${russianForms.join(', ')}.`,
      en: `Not a page's link: "${shown}": ${explanation}. Understood forms: ${understoodForms.join(', ')}.`,
    });
    this.reason = reason;
    this.got = got;
  }
}
