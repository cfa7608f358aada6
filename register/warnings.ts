import type { Network, OtherKind } from '#domain/vocabulary.ts';
import type { Headings } from './columns.ts';
import { columnWords } from './problems.ts';
import type { RegisterRow } from './rows.ts';
import type { RegisterIndex } from './state.ts';

/** A link of a file that leads to something else than a page of publications: it is taken over all the same. */
export interface RegisterWarning {
  line: number;
  column: Network;
  /** The link as it is registered. */
  link: string;
  /** What it turned out to be when it was looked at. */
  is: OtherKind;
}

/** The links of a file that were looked at before, and turned out to be no pages of publications. */
export function otherPages(rows: readonly RegisterRow[], index: RegisterIndex): RegisterWarning[] {
  return rows.flatMap(({ line, pages }) =>
    pages.flatMap((link): RegisterWarning[] => {
      const known = index.page(link);
      return known?.foundAs ? [{ line, column: link.network, link: known.url, is: known.foundAs }] : [];
    }),
  );
}

const kinds: Record<OtherKind, { ru: string; en: string }> = {
  group_chat: { ru: 'групповой чат', en: 'a group chat' },
  bot: { ru: 'бот', en: 'a bot' },
  person: { ru: 'страница человека', en: "a person's page" },
  application: { ru: 'приложение', en: 'an application' },
};

/** A warning as one line for people: line, column, what it is, and what follows. */
export function describeWarning(
  { line, column, link, is }: RegisterWarning,
  headings: Headings,
  locale: 'ru' | 'en',
): string {
  const place = columnWords(column, headings, locale);
  return locale === 'ru'
    ? `строка ${line}, ${place}: ${link} — это ${kinds[is].ru}, публикации оттуда не собираются; укажите канал или сообщество`
    : `line ${line}, ${place}: ${link} is ${kinds[is].en}, no posts are collected from there; give a channel or a community`;
}
