/** Turns what a pattern found into words; `say` does the same for a part of it. */
export type Words = (found: readonly string[], say: (part: string) => string) => string;

const dropReasons: Readonly<Record<string, string>> = {
  no_date: 'без даты',
  no_id: 'без номера',
  no_author: 'без автора',
  not_an_object: 'не запись',
  other_wall: 'с другой стены',
  other_channel: 'из другого канала',
  other_kind: 'другого вида',
  future_date: 'дата в будущем',
  impossible_date: 'невозможная дата',
  doubtful_date: 'дата под сомнением',
  impossible_id: 'невозможный номер',
  surplus: 'лишние',
  twice: 'повторы',
  service: 'служебные',
  postponed: 'отложенные',
  suggested: 'предложенные',
  reply: 'ответы',
};

/** Reasons for leaving items out, with or without their numbers: «без даты — 19, служебные». */
export function reasonsOf(text: string): string {
  const each = text.split(', ').map((part) => {
    const [, reason = '', count = ''] = /^(\w+?)(?: (\d+))?$/u.exec(part) ?? [];
    const words = dropReasons[reason] ?? reason;
    return count === '' ? words : `${words} — ${count}`;
  });
  return each.join(', ');
}

/** What an address is that is no page of publications. */
export const others: Readonly<Record<string, string>> = {
  'a group chat': 'групповой чат',
  'a group chat: people talk in it, it is no channel of publications':
    'групповой чат: в нём переписываются, это не канал с публикациями',
  'a person or a bot': 'личная страница или бот',
  'a person': 'личная страница',
  'a bot': 'бот',
  'an application': 'приложение',
  user: 'личная страница',
  vk_app: 'приложение',
  application: 'приложение',
};

const kinds: Readonly<Record<string, string>> = {
  missing: 'ничего',
  null: 'null',
  'a list': 'список',
  text: 'текст',
  number: 'число',
  object: 'объект',
  boolean: 'логическое значение',
};

/** What an address is that is no page of publications. */
export const otherWords = (what: string): string => others[what] ?? what;
/** What a value of an answer is. */
export const kindWords = (what: string): string => kinds[what] ?? what;

/** What messages are older than: one, or (`these`) those that an answer shows. */
export const olderThan = (what: string | undefined): string =>
  what === 'these' ? 'показанных' : (what ?? '');

const plural = new Intl.PluralRules('ru');

/** «раз» after a number of them: «3 раза», «5 раз». */
export const timesIn = (count = ''): string => (plural.select(Number(count)) === 'few' ? 'раза' : 'раз');
/** «раз» after «больше» and a number: «больше 1 раза», «больше 3 раз». */
export const moreTimes = (count = ''): string => (plural.select(Number(count)) === 'one' ? 'раза' : 'раз');

/** A pattern with its words. */
export type CauseRule = readonly [RegExp, Words];

/** One fixed sentence. */
export const said = (english: string, russian: string): CauseRule => [
  new RegExp(`^${english.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')}$`, 'u'),
  () => russian,
];
