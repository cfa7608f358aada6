/** The languages the command line speaks (`LOCALE`). */
export type Locale = 'ru' | 'en';

type Noun = 'organisation' | 'page' | 'row' | 'problem';

const russian: Record<Noun, readonly [one: string, few: string, many: string]> = {
  organisation: ['организация', 'организации', 'организаций'],
  page: ['страница', 'страницы', 'страниц'],
  row: ['строка', 'строки', 'строк'],
  problem: ['ошибка', 'ошибки', 'ошибок'],
};
const english: Record<Noun, readonly [one: string, many: string]> = {
  organisation: ['organisation', 'organisations'],
  page: ['page', 'pages'],
  row: ['row', 'rows'],
  problem: ['problem', 'problems'],
};

const rules = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };

/** A number with its noun in the right form: «2 страницы», "2 pages". */
export function counted(count: number, noun: Noun, locale: Locale): string {
  const form = rules[locale].select(count);
  const number = count.toLocaleString(locale);
  if (locale === 'en') return `${number} ${english[noun][form === 'one' ? 0 : 1]}`;
  return `${number} ${russian[noun][form === 'one' ? 0 : form === 'few' ? 1 : 2]}`;
}
