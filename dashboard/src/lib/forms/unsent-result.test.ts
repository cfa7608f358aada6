import { expect, test } from 'vitest';
import { unsentResult } from './unsent-result.ts';

const sent = new FormData();
sent.append('page', '1');
sent.append('page', '2');
sent.append('reason', 'полевой сезон');
const values = { page: ['1', '2'], reason: ['полевой сезон'] };

test('where the stores cannot be asked the form is there again, with what was entered and why', () => {
  const error = { status: 503, message: 'База реестра не отвечает.' };
  const answer = { type: 'error', status: 503, error, location: '/silent' } as const;
  expect(unsentResult(answer, sent)).toEqual({
    location: '/silent',
    type: 'failure',
    status: 503,
    data: {
      isForbidden: false,
      problems: [{ field: null, code: 'not_sent', found: error.message, detail: '' }],
      values,
    },
  });
});

test('where nobody answers it is told that nobody did', () => {
  const error = Object.assign(new TypeError('fetch failed'), { status: 500 });
  const result = unsentResult({ type: 'error', error }, sent);
  expect(result?.data).toMatchObject({ problems: [{ code: 'no_answer', found: '' }], values });
});

test('what refuses it on the way is what it says', () => {
  const error = { status: 403, message: 'Cross-site' };
  expect(unsentResult({ type: 'error', error }, sent)).toBeNull();
});

test('any other answer is what it says', () => {
  expect(unsentResult({ type: 'error', status: 500, error: { status: 500, message: '' } }, sent)).toBeNull();
  expect(unsentResult({ type: 'redirect', status: 303, location: '/' }, sent)).toBeNull();
  expect(unsentResult({ type: 'failure', status: 400, data: {}, location: '/' }, sent)).toBeNull();
});
