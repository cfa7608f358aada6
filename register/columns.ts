import { networkDefinition, networks, recordOfNetworks, type Network } from '#domain/networks.ts';
import { basisFields, personBases, type Basis, type PersonBasis } from '#domain/personal-data.ts';
import type { Level, Tier } from '#domain/vocabulary.ts';

/** What is said of a person's basis, by the word that the columns have for it. */
export const basisWords = {
  basis: 'basis',
  proof: 'proof',
  basisOn: 'basis_on',
  processingGiven: 'processing',
  processingWithdrawn: 'processing_withdrawn',
  disseminationGiven: 'dissemination',
  disseminationWithdrawn: 'dissemination_withdrawn',
} as const satisfies Record<keyof PersonBasis, string>;

/** A column of a person's basis. */
export type BasisColumn<Person extends 'chair' | 'responsible' = 'chair' | 'responsible'> =
  `${Person}_${(typeof basisWords)[keyof PersonBasis]}`;

/** The column of something that is said of a person's basis. */
export const basisColumn = <Person extends 'chair' | 'responsible'>(
  person: Person,
  field: keyof PersonBasis,
): BasisColumn<Person> => `${person}_${basisWords[field]}`;

function basisColumns<Person extends 'chair' | 'responsible'>(person: Person): BasisColumn<Person>[] {
  return basisFields.map((field) => basisColumn(person, field));
}

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
  ...basisColumns('chair'),
  ...basisColumns('responsible'),
] as const;
export type RegisterColumn = (typeof registerColumns)[number];

/** Other headings that people give the columns, as `plainWords` leaves them. */
const otherHeadings: Record<Exclude<RegisterColumn, Network | BasisColumn>, readonly string[]> = {
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

/** Headings of the columns of a basis, after the person whose it is: «Председатель: основание». */
const basisHeadings: Record<keyof PersonBasis, readonly string[]> = {
  basis: ['основание'],
  proof: ['подтверждение', 'подтверждение основания'],
  basisOn: ['дата основания'],
  processingGiven: ['согласие на обработку', 'дата согласия на обработку'],
  processingWithdrawn: ['отзыв согласия на обработку', 'обработка отозвана'],
  disseminationGiven: ['согласие на распространение', 'дата согласия на распространение'],
  disseminationWithdrawn: ['отзыв согласия на распространение', 'распространение отозвано'],
};

/** The headings of the columns of a basis: what names nobody is of the person responsible, as are their e-mail and phone. */
function headingsOfBasis(): Record<BasisColumn, readonly string[]> {
  const headingsOf: Partial<Record<BasisColumn, readonly string[]>> = {};
  for (const field of basisFields) {
    const words = basisHeadings[field];
    headingsOf[basisColumn('chair', field)] = words.map((each) => `председатель ${each}`);
    const named = words.map((each) => `ответственный ${each}`);
    headingsOf[basisColumn('responsible', field)] = [basisWords[field], ...words, ...named];
  }
  return headingsOf as Record<BasisColumn, readonly string[]>;
}

const bases: Record<Basis, readonly string[]> = {
  consent: ['согласие', 'согласие человека', 'с согласия'],
  charter: ['устав', 'по уставу', 'устав организации'],
  published: ['опубликовано', 'опубликовано самой организацией', 'опубликовано организацией'],
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
  ...headingsOfBasis(),
  ...recordOfNetworks((network) => networkDefinition(network).headings),
});
const levelNames = dictionary(Object.keys(levelWords) as Level[], levelWords);
const basisNames = dictionary(personBases, bases);
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

/** The basis a cell names, in English or Russian; `null` when it names none. */
export function basisFrom(text: string): Basis | null {
  return basisNames.get(plainWords(text)) ?? null;
}
