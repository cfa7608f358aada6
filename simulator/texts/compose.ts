import type { Random } from '../random.ts';
import { castFrom, fill } from './fill.ts';
import { subjectAt, subjects } from './topics/index.ts';
import type { Tone } from './topics/topic.ts';

/** How far a page moves in the list of topics from week to week: no topic comes twice in neighbouring weeks. */
export const topicStride = 17;

/** What a post says, and the theme it is about. */
export interface News {
  theme: string;
  text: string;
}

const ask = 'Вопросы задавайте в своём профкоме, ответим каждому.';
const details = 'Подробности — у председателя вашей первичной организации.';
const share = 'Поделитесь с коллегами.';
const passOn = 'Перешлите тому, кому пригодится.';
const follow = 'Следите за нашими новостями.';

/** What fits before a story of each tone, and after it. */
const frames: Readonly<Record<Tone, { marks: readonly string[]; closings: readonly string[] }>> = {
  news: {
    marks: ['✅', '🤝', '📢', '⚡'],
    closings: [follow, 'Вместе мы сила!', 'Расскажите об этом коллегам.', 'Будем держать вас в курсе.'],
  },
  advice: {
    marks: ['📌', '❗', '💬'],
    closings: [
      ask,
      details,
      share,
      passOn,
      'Сохраните, чтобы не искать.',
      'Остались вопросы? Ждём в профкоме.',
    ],
  },
  call: {
    marks: ['📢', '📌', '💬'],
    closings: [details, share, passOn, 'Телефон для справок — в описании страницы.'],
  },
  feast: {
    marks: ['🏆', '👏', '🎉'],
    closings: [follow, 'Вместе мы сила!', 'Благодарим всех, кто был рядом.', 'Гордимся своими!'],
  },
  memory: { marks: ['🕯'], closings: ['Помним.', 'Благодарим всех, кто был рядом.'] },
};

/** Some of the items, at least two, in the order in which they stand; each selection as likely as any other. */
function someOf<Item>(random: Random, items: readonly Item[]): Item[] {
  const selections = Array.from({ length: 2 ** items.length }, (_, selection) =>
    items.filter((_item, index) => (selection >> index) % 2 === 1),
  );
  return random.pick(selections.filter(({ length }) => length >= 2));
}

/** News on a topic, which is chosen by its place in the list (any whole number), as of a month (1-12): one story of it. */
export function composeNews(
  random: Random,
  { topic, month, hashtag }: { topic: number; month: number; hashtag: string },
): News {
  const { theme, stories } = subjectAt(topic, month);
  const story = random.pick(stories);
  const { marks, closings } = frames[story.tone];
  const cast = castFrom(random);
  const mark = random.chance(0.35) ? `${random.pick(marks)} ` : '';
  const told = someOf(random, story.details).map((detail) => fill(detail, random, cast));
  const paragraphs = [mark + fill(story.lead, random, cast), told.join(' ')];
  if (random.chance(0.5)) paragraphs.push(random.pick(closings));
  if (random.chance(0.6)) paragraphs.push(`#${hashtag} #профсоюзыПриангарья`);
  return { theme, text: paragraphs.join('\n\n') };
}

/**
 * What may stand above a repost of news on a theme, in an order of chance; none for a theme that there is not. Two of
 * them are never versions of each other.
 */
export function composeRemarks(random: Random, theme: string): string[] {
  return random.shuffle(subjects.find((subject) => subject.theme === theme)?.remarks ?? []);
}

/** What a visitor writes on a wall. */
export function composeVisitorWords(random: Random): string {
  return fill(
    random.pick([
      'Здравствуйте! Подскажите, как получить путёвку в санаторий «{resort}», если работаю в {city} по договору?',
      'Спасибо профкому {employerOf} за помощь с перерасчётом, очень выручили.',
      'Когда будет приём юриста? Звоню третий день, не могу попасть. {person}',
      'Продам гараж, {payout}, торг. Район рынка, {cityName}.',
    ]),
    random,
  );
}
