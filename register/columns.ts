import { networkDefinition, networks, recordOfNetworks, type Network } from '#domain/networks.ts';
import type { Level, Tier } from '#domain/vocabulary.ts';

/** The columns of a register file, in the order in which they are exported. Only the first is required. */
export const registerColumns = [
  'organisation',
  'short',
  'parent',
  'level',
  'sector',
  'municipality',
  'council',
  'members',
  'members_on',
  'tier',
  ...networks,
  'chair',
  'chair_email',
  'chair_phone',
  'responsible',
  'email',
  'phone',
] as const;
export type RegisterColumn = (typeof registerColumns)[number];

/** Other headings that people give the columns, as `plainWords` leaves them. */
const otherHeadings: Record<Exclude<RegisterColumn, Network>, readonly string[]> = {
  organisation: [
    'organization',
    'name',
    'организация',
    'наименование',
    'наименование организации',
    'название',
    'название организации',
    'полное наименование',
    'профсоюз',
  ],
  short: ['short name', 'краткое', 'краткое наименование', 'краткое название', 'сокращение', 'сокращенно'],
  parent: ['вышестоящая', 'вышестоящая организация', 'входит в', 'головная организация', 'подчинение'],
  level: ['уровень', 'вид организации', 'уровень организации'],
  sector: ['отрасль', 'отраслевая принадлежность'],
  municipality: ['муниципалитет', 'муниципальное образование', 'район', 'город', 'город район'],
  council: ['совет', 'координационный совет', 'территориальный совет'],
  members: ['членов', 'члены', 'членов профсоюза', 'число членов', 'численность', 'количество членов'],
  members_on: [
    'на дату',
    'численность на',
    'численность на дату',
    'дата численности',
    'членов на',
    'членов на дату',
  ],
  tier: ['тип', 'тип страницы', 'тип страниц', 'категория'],
  chair: ['председатель', 'руководитель', 'фио председателя', 'председатель фио'],
  chair_email: [
    'chair e mail',
    'почта председателя',
    'эл почта председателя',
    'электронная почта председателя',
    'email председателя',
    'e mail председателя',
  ],
  chair_phone: ['телефон председателя'],
  responsible: [
    'ответственный',
    'ответственный за страницы',
    'ответственный за страницу',
    'ответственное лицо',
    'фио ответственного',
  ],
  email: [
    'e mail',
    'почта',
    'эл почта',
    'электронная почта',
    'почта ответственного',
    'эл почта ответственного',
    'электронная почта ответственного',
    'email ответственного',
    'e mail ответственного',
  ],
  phone: ['телефон', 'тел', 'телефон ответственного'],
};

const levelWords: Record<Level, readonly string[]> = {
  federation: ['федерация', 'профобъединение', 'объединение организаций профсоюзов'],
  branch: ['членская организация', 'членская', 'отраслевая', 'отраслевой профсоюз', 'отраслевая организация'],
  territorial: [
    'территориальная',
    'территориальная организация',
    'координационный совет',
    'территориальный совет',
    'местная',
    'местная организация',
    'районная',
    'районная организация',
    'городская',
    'городская организация',
  ],
  united_primary: [
    'united primary',
    'объединенная первичная',
    'объединенная первичная организация',
    'объединенная первичная профсоюзная организация',
    'оппо',
  ],
  primary: ['первичная', 'первичная организация', 'первичная профсоюзная организация', 'первичка', 'ппо'],
};

const tierWords: Record<Tier, readonly string[]> = {
  flagship: ['повышенная норма', 'флагман', 'флагманская', 'флагманский', 'ведущая'],
  active: ['обычная норма', 'активная', 'активный', 'обычная', 'рабочая'],
  card: ['визитка', 'визитная карточка', 'карточка', 'страница визитка'],
};

/** Words without case, accents of «ё», punctuation and doubled spaces, for comparing what people typed. */
export function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function dictionary<Word extends string>(
  words: readonly Word[],
  others: Record<Word, readonly string[]>,
): ReadonlyMap<string, Word> {
  const found = new Map<string, Word>();
  for (const word of words) {
    for (const spelling of [word, ...others[word]]) found.set(plainWords(spelling), word);
  }
  return found;
}

const headings = dictionary(registerColumns, {
  ...otherHeadings,
  ...recordOfNetworks((network) => networkDefinition(network).headings),
});
const levelNames = dictionary(Object.keys(levelWords) as Level[], levelWords);
const tierNames = dictionary(Object.keys(tierWords) as Tier[], tierWords);

/** The headings of a file as they stand in it, by the columns they stand for. */
export type Headings = ReadonlyMap<RegisterColumn, string>;

/** The column a heading stands for, in English or Russian; `null` when it is none of ours. */
export function columnOf(heading: string): RegisterColumn | null {
  return headings.get(plainWords(heading)) ?? null;
}

/** The level a cell names, in English or Russian; `null` when it names none. */
export function levelOf(text: string): Level | null {
  return levelNames.get(plainWords(text)) ?? null;
}

/** The tier a cell names, in English or Russian; `null` when it names none. */
export function tierOf(text: string): Tier | null {
  return tierNames.get(plainWords(text)) ?? null;
}
