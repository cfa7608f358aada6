import { expect, test } from 'vitest';
import { postText } from './post-labels.ts';

test.each([
  ['text', 'Собрание в пятницу'],
  ['poll', 'Опрос: Собрание в пятницу'],
  ['article', 'Статья: Собрание в пятницу'],
  ['video', 'Видео: Собрание в пятницу'],
] as const)('the words of a post that are of its %s are marked so', (textKind, words) => {
  expect(postText({ text: 'Собрание в пятницу', textKind })).toBe(words);
  expect(postText({ text: '', textKind })).toBe('');
});
