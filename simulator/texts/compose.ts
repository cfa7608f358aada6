import type { Random } from '../random.ts';
import { camps, employers, personNames, places, resorts } from './names.ts';
import { lifeTopics } from './topics-life.ts';
import type { Subject, Topic } from './topics-type.ts';
import { workTopics } from './topics-work.ts';

/** All that is written about; neighbours in the list differ widely. */
const topics: readonly Topic[] = workTopics.flatMap((topic, index) => {
  const other = lifeTopics[index];
  return other === undefined ? [topic] : [topic, other];
});

/** How far a page moves in the list of topics from week to week: no topic comes twice in neighbouring weeks. */
export const topicStride = 17;

const closings: readonly string[] = [
  'Подробности — у председателя вашей первичной организации.',
  'Вместе мы сила!',
  'Следите за новостями в нашем сообществе.',
  'Вопросы оставляйте в комментариях, ответим каждому.',
  'Телефон для справок есть в шапке страницы.',
  'Благодарим всех, кто был рядом.',
  'Продолжение следует.',
  'Поделитесь с коллегами по смене.',
];

const weekdays = ['понедельник', 'вторник', 'четверг'] as const;

/** The form of a Russian noun that a number takes: one, few, many. */
function formOf(number: number): 0 | 1 | 2 {
  const [last, lastTwo] = [number % 10, number % 100];
  if (last === 1 && lastTwo !== 11) return 0;
  return last >= 2 && last <= 4 && (lastTwo < 12 || lastTwo > 14) ? 1 : 2;
}

/** A number, with the words that agree with it where they are given: «# год|# года|# лет». */
function agreed(number: number, forms: string | undefined): string {
  if (forms === undefined) return String(number);
  return (forms.split('|')[formOf(number)] ?? '#').replace('#', String(number));
}

/** Thousands of roubles, as people write them: «820 тыс.», «3,3 млн». */
function sumOf(thousands: number): string {
  return thousands < 1000
    ? `${thousands} тыс.`
    : `${(thousands / 1000).toLocaleString('ru', { maximumFractionDigits: 1 })} млн`;
}

/** An employer in a sentence; a school or a clinic has a number. */
function employerAs(form: 'whose' | 'at', random: Random): string {
  const words = random.pick(employers)[form];
  return words.includes('#') ? words.replace('#', String(random.integer(2, 49))) : words;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/**
 * Fills the slots of a template: `{city}`, or `{years:# год|# года|# лет}` where words agree with a number. What begins a
 * sentence has a capital.
 */
export function fill(template: string, random: Random): string {
  const text = template.replace(
    /\{(\w+)(?::([^}]*))?\}/g,
    (_whole, slot: string, forms: string | undefined) => {
      switch (slot) {
        case 'city':
          return random.pick(places).where;
        case 'city2':
          return random.pick(places).city;
        case 'cityOf':
          return random.pick(places).whose;
        case 'employerOf':
          return employerAs('whose', random);
        case 'employerAt':
          return employerAs('at', random);
        case 'person':
          return random.pick(personNames);
        case 'resort':
          return random.pick(resorts);
        case 'camp':
          return random.pick(camps);
        case 'weekday':
          return random.pick(weekdays);
        case 'percent':
          return agreed(random.integer(4, 24), forms);
        case 'days':
          return agreed(random.integer(5, 19), forms);
        case 'people':
          return agreed(random.integer(25, 640), forms);
        case 'years':
          return agreed(random.integer(10, 90), forms);
        case 'service':
          return agreed(random.integer(10, 43), forms);
        case 'sum':
          return sumOf(random.integer(120, 4800));
        // Tens and hundreds of thousands: the word is the same whatever the number.
        case 'prize':
          return `${5 * random.integer(1, 10)} тысяч`;
        case 'payout':
          return `${50 * random.integer(1, 10)} тысяч`;
        default:
          throw new RangeError(`No text for the slot {${slot}}.`);
      }
    },
  );
  return capital(text);
}

/** Whether the months hold this one; they may reach over the end of the year. */
function isSeason([from, to]: readonly [number, number], month: number): boolean {
  return from <= to ? from <= month && month <= to : month >= from || month <= to;
}

function subjectAt(index: number, month: number): Subject {
  const topic = topics[((index % topics.length) + topics.length) % topics.length];
  if (topic === undefined) {
    throw new RangeError('There are no topics.');
  }
  return topic.otherwise && topic.months && !isSeason(topic.months, month) ? topic.otherwise : topic;
}

/** The words for a topic, which is chosen by its place in the list (any whole number), as of a month (1-12). */
export function composeNews(
  random: Random,
  { topic, month, hashtag }: { topic: number; month: number; hashtag: string },
): string {
  const { leads, details } = subjectAt(topic, month);
  const chosen = random.shuffle(details).slice(0, random.integer(2, details.length));
  const parts = [fill(random.pick(leads), random), ...chosen.map((detail) => fill(detail, random))];
  const lead = parts[0] ?? '';
  const emoji = random.chance(0.35)
    ? `${random.pick(['📌', '✅', '⚡', '🤝', '📢', '❗', '🏆', '💬'])} `
    : '';
  const paragraphs = [`${emoji}${lead}`, parts.slice(1).join(' ')];
  if (random.chance(0.5)) {
    paragraphs.push(random.pick(closings));
  }
  if (random.chance(0.6)) {
    paragraphs.push(`#${hashtag} #профсоюзыПриангарья`);
  }
  return paragraphs.join('\n\n');
}

/** Own words above a repost: they name the theme, so that two of them are never the same by chance. */
export function composeRepostWords(random: Random, topic: number, month: number): string {
  const { theme } = subjectAt(topic, month);
  const detail = fill(random.pick(subjectAt(topic + 11, month).details), random);
  return `${random.pick(['Коллеги, обратите внимание', 'Важно для наших первичек', 'Присоединяемся и делимся'])}: ${theme}. ${detail}`;
}

/** What a visitor writes on a wall. */
export function composeVisitorWords(random: Random): string {
  return fill(
    random.pick([
      'Здравствуйте! Подскажите, как получить путёвку в санаторий «{resort}», если работаю в {city} по договору?',
      'Спасибо профкому {employerOf} за помощь с перерасчётом, очень выручили.',
      'Когда будет приём юриста? Звоню третий день, не могу попасть. {person}',
      'Продам гараж, {payout}, торг. Район рынка, {city2}.',
    ]),
    random,
  );
}
