import type { TextKind } from '#domain/vocabulary.ts';
import { boundedText } from '../kit/bounded-text.ts';
import type { Json } from './json.ts';
import { isObject } from './json.ts';

/** The text of a post, and what it is of. */
export interface PostText {
  text: string;
  kind: TextKind;
}

/** Answers of one poll that are read, at most; VK lets it have ten. */
const mostAnswers = 100;

function wordsIn(value: unknown): string {
  return typeof value === 'string' ? boundedText(value).trim() : '';
}

/** The question and the answers, a line each. */
function pollText(poll: Json): string {
  const answers = Array.isArray(poll.answers) ? poll.answers.slice(0, mostAnswers) : [];
  const lines = [poll.question, ...answers.filter(isObject).map(({ text }) => text)].map(wordsIn);
  return lines.filter((line) => line !== '').join('\n');
}

/** The title, and the first line of the description if there is one; '' without a title. */
function titledText(thing: Json): string {
  const title = wordsIn(thing.title);
  const [line = ''] = wordsIn(thing.description).split('\n', 1);
  return title === '' || line === '' || line === title ? title : `${title}\n${line.trim()}`;
}

/** Kinds of attachments with words of their own, in the order in which one is taken. */
const spoken: readonly { kind: TextKind; types: readonly string[]; words: (thing: Json) => string }[] = [
  { kind: 'poll', types: ['poll'], words: pollText },
  { kind: 'article', types: ['article', 'link', 'page', 'note'], words: titledText },
  { kind: 'video', types: ['video', 'clip'], words: titledText },
];

/** A post's own text; where it has none, the words of its poll, article or video. */
export function postText(item: Json): PostText {
  const own = typeof item.text === 'string' ? boundedText(item.text) : '';
  if (own.trim() !== '') return { text: own, kind: 'text' };
  const attachments = (Array.isArray(item.attachments) ? item.attachments : []).filter(isObject);
  for (const { kind, types, words } of spoken) {
    for (const { type, ...attachment } of attachments) {
      const thing = typeof type === 'string' && types.includes(type) ? attachment[type] : undefined;
      const text = isObject(thing) ? boundedText(words(thing)) : '';
      if (text !== '') return { text, kind };
    }
  }
  return { text: own, kind: 'text' };
}
