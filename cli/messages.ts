import { dayOf } from '../domain/period.ts';

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
  vkPage: {
    ru: ['страница ВКонтакте', 'страницы ВКонтакте', 'страниц ВКонтакте'],
    en: ['VK page', 'VK pages'],
  },
  telegramChannel: {
    ru: ['канал Telegram', 'канала Telegram', 'каналов Telegram'],
    en: ['Telegram channel', 'Telegram channels'],
  },
  count: { ru: ['итог', 'итога', 'итогов'], en: ['count', 'counts'] },
  row: { ru: ['строка', 'строки', 'строк'], en: ['row', 'rows'] },
  problem: { ru: ['ошибка', 'ошибки', 'ошибок'], en: ['problem', 'problems'] },
  slot: { ru: ['срок', 'срока', 'сроков'], en: ['planned slot', 'planned slots'] },
  run: { ru: ['сбор', 'сбора', 'сборов'], en: ['run', 'runs'] },
} as const;
type Noun = keyof typeof nouns;

const rules = { ru: new Intl.PluralRules('ru'), en: new Intl.PluralRules('en') };

/** A number with its noun in the right form: «2 страницы», "2 pages". */
export function counted(count: number, noun: Noun, locale: Locale): string {
  const form = rules[locale].select(count);
  const { ru, en } = nouns[noun];
  const word = locale === 'en' ? en[form === 'one' ? 0 : 1] : ru[form === 'one' ? 0 : form === 'few' ? 1 : 2];
  return `${count.toLocaleString(locale)} ${word}`;
}

/** A local day as the terminal writes it: `10.03.2026` in Russian, `2026-03-10` in English. */
export function dayWords(day: string, locale: Locale): string {
  return locale === 'ru' ? day.split('-').reverse().join('.') : day;
}

/** An instant in the federation's zone, to the minute: `10.03.2026, 14:05` in Russian, `2026-03-10, 14:05` in English. */
export function whenWords(instant: Date, zone: string, locale: Locale): string {
  const { hour, minute } = timeOf(instant, zone);
  return `${dayWords(dayOf(instant, zone), locale)}, ${hour}:${minute}`;
}

function timeOf(instant: Date, zone: string): { hour: string; minute: string } {
  const format = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone });
  const [hour = '', minute = ''] = format.format(instant).split(':');
  return { hour, minute };
}
