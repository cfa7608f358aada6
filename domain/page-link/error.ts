import { SaidError } from '../said.ts';

/** Why a text is not taken for the link of a page. */
export type PageLinkReason =
  | 'empty'
  | 'several'
  | 'ambiguous'
  | 'not_a_link'
  | 'not_a_page'
  | 'person'
  | 'playlist'
  | 'invite'
  | 'private'
  | 'other_network';

/** The forms that are understood, as examples for people. */
export const understoodForms = [
  'https://vk.com/name',
  'vk.com/club123 (public123, event123)',
  'vk.com/wall-123_45',
  't.me/name',
  't.me/s/name',
  '@name (where the network is clear)',
  'https://site.example',
] as const;

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
const russianForms = [
  'https://vk.com/имя',
  'vk.com/club123 (public123, event123)',
  'vk.com/wall-123_45',
  't.me/имя',
  't.me/s/имя',
  '@имя (если понятно, какая сеть)',
  'https://сайт',
] as const;

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
