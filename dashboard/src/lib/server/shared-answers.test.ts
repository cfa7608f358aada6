import { describe, expect, test, vi } from 'vitest';
import { freezeAndWeigh, SharedAnswers } from './shared-answers.ts';

/** A question that answers when it is told to, and counts how often it was asked. */
function question<Answer>(bytesOf: (answer: Answer) => number | null = () => 10) {
  const waiting: PromiseWithResolvers<Answer>[] = [];
  return {
    work: {
      ask: () => {
        const asked = Promise.withResolvers<Answer>();
        waiting.push(asked);
        return asked.promise;
      },
      bytesOf,
    },
    waiting,
  };
}
const at = async (answers: SharedAnswers, key: string, bytes = 10): Promise<boolean> => {
  let isAsked = false;
  const ask = () => {
    isAsked = true;
    return Promise.resolve(key);
  };
  expect(await answers.share('now', key, { ask, bytesOf: () => bytes })).toBe(key);
  return isAsked;
};

describe('answers that are shared', () => {
  test('fifty who ask at once make one computation, and those who ask later none', async () => {
    const answers = new SharedAnswers(100, 60_000);
    const { work, waiting } = question<string>();
    const asking = Array.from({ length: 50 }, () => answers.share('now', 'week', work));
    waiting[0]?.resolve('it');
    expect(new Set(await Promise.all(asking))).toEqual(new Set(['it']));
    expect(await answers.share('now', 'week', work)).toBe('it');
    expect(waiting).toHaveLength(1);
  });

  test('another key, and another stand, is another question', async () => {
    const answers = new SharedAnswers(100, 60_000);
    expect([await at(answers, 'one'), await at(answers, 'two'), await at(answers, 'one')]).toEqual([
      true,
      true,
      false,
    ]);
    const { work, waiting } = question<string>();
    const later = answers.share('later', 'one', work);
    waiting[0]?.resolve('new');
    expect(await later).toBe('new');
    expect(answers.bytes).toBe(10);
  });

  test('what was begun on an older stand reaches who waits for it, and nobody else', async () => {
    const answers = new SharedAnswers(100, 60_000);
    const { work, waiting } = question<string>();
    const before = answers.share('before', 'week', work);
    const after = answers.share('after', 'week', work);
    waiting[1]?.resolve('new');
    expect(await after).toBe('new');
    waiting[0]?.resolve('old');
    expect(await before).toBe('old');
    expect(await answers.share('after', 'week', work)).toBe('new');
    expect(waiting).toHaveLength(2);
  });

  test('a failure is told to all who wait, and asked again', async () => {
    const answers = new SharedAnswers(100, 60_000);
    const { work, waiting } = question<string>();
    const asking = [answers.share('now', 'week', work), answers.share('now', 'week', work)];
    waiting[0]?.reject(new Error('no engine'));
    for (const each of await Promise.allSettled(asking)) expect(each.status).toBe('rejected');
    const again = answers.share('now', 'week', work);
    waiting[1]?.resolve('it');
    expect(await again).toBe('it');
  });

  test('an answer that cannot be weighed is a failure, and not kept', async () => {
    const answers = new SharedAnswers(100, 60_000);
    const bytesOf = () => {
      throw new Error('no weight');
    };
    const ask = () => Promise.resolve('it');
    await expect(answers.share('now', 'week', { ask, bytesOf })).rejects.toThrow('no weight');
    expect(await at(answers, 'week')).toBe(true);
  });

  test('what is kept is bounded: the longest unused goes first, and what is too large is never kept', async () => {
    const answers = new SharedAnswers(30, 60_000);
    for (const key of ['one', 'two', 'three']) await at(answers, key);
    expect(await at(answers, 'one')).toBe(false);
    await at(answers, 'four');
    expect(answers.bytes).toBe(30);
    expect([await at(answers, 'one'), await at(answers, 'two')]).toEqual([false, true]);
    await at(answers, 'huge', 31);
    expect(answers.bytes).toBe(30);
    expect(await at(answers, 'huge', 31)).toBe(true);
  });

  test('what nobody asks for any more is let go', async () => {
    vi.useFakeTimers();
    try {
      const answers = new SharedAnswers(30, 60_000);
      await at(answers, 'one');
      vi.advanceTimersByTime(59_999);
      expect([await at(answers, 'one'), answers.bytes]).toEqual([false, 10]);
      vi.advanceTimersByTime(1);
      expect([answers.bytes, await at(answers, 'one')]).toEqual([0, true]);
    } finally {
      vi.useRealTimers();
    }
  });

  test('what is only for those who wait is not kept', async () => {
    const answers = new SharedAnswers(30, 60_000);
    const { work, waiting } = question<string>(() => null);
    const asking = [answers.share('now', 'one', work), answers.share('now', 'one', work)];
    waiting[0]?.resolve('it');
    expect(await Promise.all(asking)).toEqual(['it', 'it']);
    void answers.share('now', 'one', work);
    expect(waiting).toHaveLength(2);
  });
});

test('an answer is frozen all through, and weighs about what it holds', () => {
  const answer = {
    rows: [{ name: 'а'.repeat(1000), at: new Date(0), none: null }],
    byId: new Map([[1, {}]]),
  };
  const bytes = freezeAndWeigh(answer);
  expect(bytes).toBeGreaterThan(2000);
  expect(bytes).toBeLessThan(3000);
  expect(() => answer.rows.push({ name: '', at: new Date(0), none: null })).toThrow(TypeError);
  expect(Object.isFrozen(answer.byId.get(1))).toBe(true);
});
