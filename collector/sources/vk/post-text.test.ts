import { describe, expect, test } from 'vitest';
import { longestText } from '../kit/bounded-text.ts';
import { postText } from './post-text.ts';

const poll = {
  type: 'poll',
  poll: {
    question: 'Когда собрание?',
    answers: [{ id: 1, text: 'В среду', votes: 3 }, { id: 2, text: ' В четверг ' }, null, { id: 3 }],
  },
};
const video = {
  type: 'video',
  video: { title: 'Митинг 1 мая', description: 'Как это было.\n\nПолная запись', owner_id: -1, id: 5 },
};
const link = { type: 'link', link: { url: 'https://vk.com/@union-1', title: 'Колдоговор', description: '' } };

describe('the words of a post', () => {
  test('are its own text, whatever is attached', () => {
    expect(postText({ text: 'Свои слова', attachments: [poll, link, video] })).toEqual({
      text: 'Свои слова',
      kind: 'text',
    });
  });

  test.each([
    ['a poll, a line each', [poll], 'Когда собрание?\nВ среду\nВ четверг', 'poll'],
    ['an article', [link], 'Колдоговор', 'article'],
    ['a wiki page', [{ type: 'page', page: { title: 'Устав' } }], 'Устав', 'article'],
    ['a video, with the first line about it', [video], 'Митинг 1 мая\nКак это было.', 'video'],
    ['a clip', [{ type: 'clip', clip: { title: 'Клип', description: 'Клип' } }], 'Клип', 'video'],
    [
      'the poll before all others',
      [{ type: 'photo', photo: {} }, video, link, poll],
      'Когда собрание?\nВ среду\nВ четверг',
      'poll',
    ],
  ])('are, without any, those of %s', (_, attachments, text, kind) => {
    expect(postText({ text: ' ', attachments })).toEqual({ text, kind });
  });

  test.each([
    [{ attachments: [{ type: 'video', video: { description: 'без названия' } }] }],
    [{ attachments: [{ type: 'poll', poll: 'x' }, { type: 'link' }, null, 'link', { type: 5 }] }],
    [{ attachments: { type: 'poll' } }],
    [{ text: 7 }],
    [{ attachments: [{ type: 'poll', poll: { answers: 'many' } }] }],
  ])('are none where nothing says any: %j', (item) => {
    expect(postText(item)).toEqual({ text: '', kind: 'text' });
  });

  test('have a bound', () => {
    const title = 'ы'.repeat(5_000_000);
    expect(postText({ text: title }).text).toHaveLength(longestText);
    expect(postText({ attachments: [{ type: 'video', video: { title } }] }).text).toHaveLength(longestText);
    const answers = Array(200_000).fill({ text: 'x'.repeat(1_000) });
    const asked = postText({ attachments: [{ type: 'poll', poll: { question: '?', answers } }] });
    expect([asked.kind, asked.text.length]).toEqual(['poll', longestText]);
  });
});
