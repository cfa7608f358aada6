import { dayRefusal } from '#domain/allowed-days.ts';
import { innerQuotes } from '#domain/inner-quotes.ts';
import type { Headings, RegisterColumn } from './columns.ts';

/** What can be wrong with a register file. */
export type ProblemCode =
  | 'not_a_table'
  | 'too_large'
  | 'empty_file'
  | 'broken_quotes'
  | 'no_organisation_column'
  | 'column_twice'
  | 'too_many_cells'
  | 'name_missing'
  | 'too_long'
  | 'level_unknown'
  | 'tier_unknown'
  | 'not_a_number'
  | 'not_a_date'
  | 'day_out_of_range'
  | 'date_in_future'
  | 'not_an_email'
  | 'not_a_phone'
  | 'not_a_page'
  | 'page_invite'
  | 'page_private'
  | 'page_person'
  | 'page_playlist'
  | 'wrong_network'
  | 'organisation_twice'
  | 'page_twice'
  | 'page_of_two'
  | 'parent_unknown'
  | 'parent_ambiguous'
  | 'parent_cycle'
  | 'two_federations'
  | 'name_ambiguous'
  | 'basis_unknown'
  | 'withdrawn_too_early'
  | 'basis_of_nobody';

/** One thing wrong, where it stands, and what is there. `line` counts from 1 as a text editor or Excel does. */
export interface RegisterProblem {
  line: number;
  /** `null` when the row, or the file, is meant as a whole. */
  column: RegisterColumn | null;
  code: ProblemCode;
  /** What was found, as written in the file. */
  found: string;
  /** What belongs to the reason: the other line, the other organisation, the forms understood. */
  detail: string;
}

/** Problems of the file as a whole: leaving out rows does not help against them. */
const wholeFile: ReadonlySet<ProblemCode> = new Set([
  'not_a_table',
  'too_large',
  'empty_file',
  'broken_quotes',
  'no_organisation_column',
  'column_twice',
]);

/** Whether a problem spoils the whole file, and not only its row. */
export function spoilsFile(problem: RegisterProblem): boolean {
  return wholeFile.has(problem.code);
}

type Reason = (found: string, detail: string) => string;

const reasons: Record<ProblemCode, { ru: Reason; en: Reason }> = {
  not_a_table: {
    ru: () => 'это не таблица: нужен файл CSV или XLSX',
    en: () => 'this is not a table: a CSV or XLSX file is wanted',
  },
  too_large: {
    ru: (found, detail) => `файл слишком велик (${found}), принимается не больше ${detail}`,
    en: (found, detail) => `the file is too large (${found}), at most ${detail} is taken`,
  },
  empty_file: {
    ru: () => 'в файле нет строк с организациями',
    en: () => 'the file has no rows with organisations',
  },
  broken_quotes: {
    ru: () => 'кавычка открыта и не закрыта до конца файла',
    en: () => 'a quote is opened and not closed before the end of the file',
  },
  no_organisation_column: {
    ru: (found) => `нет столбца «организация» (organisation); найдены заголовки: ${found || 'никаких'}`,
    en: (found) => `there is no column "organisation"; headings found: ${found || 'none'}`,
  },
  column_twice: {
    ru: (found) => `столбец встречается дважды: «${found}»`,
    en: (found) => `the column is there twice: "${found}"`,
  },
  too_many_cells: {
    ru: (found) => `в строке больше ячеек, чем заголовков; лишнее: «${found}»`,
    en: (found) => `the row has more cells than there are headings; left over: "${found}"`,
  },
  name_missing: {
    ru: () => 'нет названия организации',
    en: () => 'the name of the organisation is missing',
  },
  too_long: {
    ru: (_, detail) => `слишком длинное значение, допускается не больше ${detail} знаков`,
    en: (_, detail) => `the value is too long, at most ${detail} characters are taken`,
  },
  level_unknown: {
    ru: (found) =>
      `неизвестный уровень «${found}»; понятны: федерация, членская организация, территориальная, объединённая первичная, первичная`,
    en: (found) =>
      `unknown level "${found}"; understood are federation, branch, territorial, united_primary, primary`,
  },
  tier_unknown: {
    ru: (found) => `неизвестный уровень ведения «${found}»; понятны: флагман, активная, визитка`,
    en: (found) => `unknown tier "${found}"; understood are flagship, active, card`,
  },
  not_a_number: {
    ru: (found) => `«${found}» — не целое число членов`,
    en: (found) => `"${found}" is not a whole number of members`,
  },
  not_a_date: {
    ru: (found) => `«${found}» — не дата; понятны 01.01.2026 и 2026-01-01`,
    en: (found) => `"${found}" is not a date; understood are 2026-01-01 and 01.01.2026`,
  },
  day_out_of_range: {
    ru: (found) => dayRefusal(found, 'ru'),
    en: (found) => dayRefusal(found, 'en'),
  },
  date_in_future: {
    ru: (found) => `дата «${found}» ещё не наступила`,
    en: (found) => `the date "${found}" is in the future`,
  },
  not_an_email: {
    ru: (found) => `«${found}» — не адрес электронной почты`,
    en: (found) => `"${found}" is not an e-mail address`,
  },
  not_a_phone: {
    ru: (found) => `«${found}» — не номер телефона`,
    en: (found) => `"${found}" is not a phone number`,
  },
  not_a_page: {
    ru: (found) =>
      `непонятный адрес страницы «${found}»; понятны vk.com/club123, vk.com/имя, t.me/имя, @имя, https://сайт`,
    en: (_, detail) => detail,
  },
  page_invite: {
    ru: (found) => `«${found}» — приглашение в закрытый чат или канал; нужен адрес открытой страницы`,
    en: (_, detail) => detail,
  },
  page_private: {
    ru: (found) => `«${found}» — закрытый канал, посторонние его не видят; нужен адрес открытой страницы`,
    en: (_, detail) => detail,
  },
  page_person: {
    ru: (found) => `«${found}» — страница человека; нужен адрес сообщества или канала`,
    en: (_, detail) => detail,
  },
  page_playlist: {
    ru: (found) => `«${found}» — плейлист, а не сообщество; нужен адрес самого сообщества`,
    en: (_, detail) => detail,
  },
  wrong_network: {
    ru: (found) => `«${found}» ведёт в другую сеть, чем указано в заголовке столбца`,
    en: (_, detail) => detail,
  },
  organisation_twice: {
    ru: (found, detail) => `организация «${found}» уже есть в строке ${detail}`,
    en: (found, detail) => `the organisation "${found}" is already in line ${detail}`,
  },
  page_twice: {
    ru: (found) => `страница «${found}» указана у организации дважды`,
    en: (found) => `the page "${found}" is given twice for the organisation`,
  },
  page_of_two: {
    ru: (found, detail) => `страница «${found}» уже указана у другой организации, строка ${detail}`,
    en: (found, detail) => `the page "${found}" is already given to another organisation in line ${detail}`,
  },
  parent_unknown: {
    ru: (found) => `вышестоящей организации «${found}» нет ни в файле, ни в реестре`,
    en: (found) => `the parent "${found}" is neither in the file nor in the register`,
  },
  parent_ambiguous: {
    ru: (found) =>
      `вышестоящая организация «${found}»: так сокращённо называются несколько, нужно полное название`,
    en: (found) => `the parent "${found}" is the short name of several: the full name is wanted`,
  },
  parent_cycle: {
    ru: (_, detail) => `организации подчинены по кругу: ${detail}`,
    en: (_, detail) => `the organisations are each other's parents: ${detail}`,
  },
  two_federations: {
    ru: (found, detail) => `федерация может быть одна; уже есть «${detail}», а здесь «${found}»`,
    en: (found, detail) => `there can be one federation; there is "${detail}" already, and here "${found}"`,
  },
  name_ambiguous: {
    ru: (found) => `в реестре несколько организаций с названием «${found}»`,
    en: (found) => `the register has several organisations of the name "${found}"`,
  },
  basis_unknown: {
    ru: (found) =>
      `неизвестное основание «${found}»; понятны: согласие, по уставу, опубликовано самой организацией`,
    en: (found) => `unknown basis "${found}"; understood are consent, charter, published`,
  },
  withdrawn_too_early: {
    ru: (found, detail) => `согласие отозвано ${found}, раньше, чем дано (${detail})`,
    en: (found, detail) => `the consent is withdrawn on ${found}, before it was given (${detail})`,
  },
  basis_of_nobody: {
    ru: () => 'основание или согласие указано, а человека нет ни в строке, ни в реестре',
    en: () => 'a basis or consent is given, and there is nobody in the row or the register whose it is',
  },
};

/** A column as people find it: by its heading in the file. */
export function columnWords(column: RegisterColumn, headings: Headings, locale: 'ru' | 'en'): string {
  const heading = headings.get(column) ?? column;
  return locale === 'ru' ? `столбец «${heading}»` : `column "${heading}"`;
}

/** A problem as one line for people: line, column and reason. */
export function describeProblem(problem: RegisterProblem, headings: Headings, locale: 'ru' | 'en'): string {
  const [found, detail] = [innerQuotes(problem.found, locale), innerQuotes(problem.detail, locale)];
  const reason = reasons[problem.code][locale](found, detail);
  const place = [
    problem.line > 0 ? `${locale === 'ru' ? 'строка' : 'line'} ${problem.line}` : '',
    problem.column ? columnWords(problem.column, headings, locale) : '',
  ].filter(Boolean);
  return place.length > 0 ? `${place.join(', ')}: ${reason}` : reason;
}
