import { networkDefinition, type Network } from '#domain/networks.ts';
import type { CountedNoun } from '#domain/networks/definition.ts';

export { dayLabel, whenLabel } from '#domain/instant-labels.ts';

/** The languages the command line speaks (`LOCALE`). */
export type Locale = 'ru' | 'en';

/** The language of `LOCALE`, as far as it can be told before the settings are checked. */
export function localeOf(environment: Readonly<Record<string, string | undefined>>): Locale {
  return environment['LOCALE']?.trim() === 'en' ? 'en' : 'ru';
}

const nouns = {
  organisation: {
    ru: ['организация', 'организации', 'организаций'],
    en: ['organisation', 'organisations'],
  },
  page: { ru: ['страница', 'страницы', 'страниц'], en: ['page', 'pages'] },
  count: { ru: ['итог', 'итога', 'итогов'], en: ['count', 'counts'] },
  row: { ru: ['строка', 'строки', 'строк'], en: ['row', 'rows'] },
  entry: { ru: ['запись', 'записи', 'записей'], en: ['entry', 'entries'] },
  problem: { ru: ['ошибка', 'ошибки', 'ошибок'], en: ['problem', 'problems'] },
  slot: { ru: ['срок', 'срока', 'сроков'], en: ['planned slot', 'planned slots'] },
  run: { ru: ['сбор', 'сбора', 'сборов'], en: ['run', 'runs'] },
} as const satisfies Record<string, CountedNoun>;
type Noun = keyof typeof nouns;

const rules = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };

/** A number with its noun in the right form: «2 страницы», "2 pages". */
export function counted(count: number, noun: Noun, locale: Locale): string {
  return countedNoun(count, nouns[noun], locale);
}

/** A number of pages of a network: «2 страницы ВКонтакте», "2 VK pages". */
export function countedPages(count: number, network: Network, locale: Locale): string {
  return countedNoun(count, networkDefinition(network).pages, locale);
}

function countedNoun(count: number, { ru, en }: CountedNoun, locale: Locale): string {
  const form = rules[locale].select(count);
  const word = locale === 'en' ? en[form === 'one' ? 0 : 1] : ru[form === 'one' ? 0 : form === 'few' ? 1 : 2];
  return `${count.toLocaleString(locale)} ${word}`;
}
