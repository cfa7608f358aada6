import { describe, expect, test } from 'vitest';
import { ListRequestError } from '#analytics/api/list-request.ts';
import { parsePageLink } from '#domain/page-link.ts';
import { periodOf } from '#domain/period.ts';
import { readParameters } from './parameters.ts';
import { ParametersError, requestProblem } from './problem.ts';

const wrong = (work: () => unknown): ParametersError => {
  try {
    work();
  } catch (error) {
    if (error instanceof ParametersError) return error;
  }
  throw new Error('Nothing was refused.');
};

describe('parameters', () => {
  test('are read as what they mean', () => {
    const search = new URLSearchParams(
      'page=@name&organisation=7&from=2026-01-01&limit=50&deleted=true&format=csv',
    );
    expect(readParameters('posts', search)).toEqual({
      page: '@name',
      organisation: 7,
      from: '2026-01-01',
      limit: 50,
      deleted: true,
      format: 'csv',
    });
  });

  test('that are empty are not said, those of another list are passed over', () => {
    expect(readParameters('runs', new URLSearchParams('from=&organisation=7'))).toEqual({});
  });

  test('that are wrong are all named, with what is wanted', () => {
    const search = new URLSearchParams(
      'from=2026-02-31&limit=0&formt=csv&format=xml&to=2026-01-01&to=2026-01-02',
    );
    const { parameters } = wrong(() => readParameters('posts', search));
    expect(Object.fromEntries(parameters.map(({ name, detail }) => [name, detail]))).toEqual({
      formt: expect.stringContaining('not a parameter'),
      to: 'said more than once.',
      from: 'got "2026-02-31", and the calendar has no such day; days from 2000-01-01 to 2089-12-31 are taken.',
      limit: 'got "0", wanted a whole number from 1 to 1000.',
      format: 'got "xml", wanted one of json, csv.',
    });
  });
});

test.each(['0026-11-30', '1900-01-01', '2200-01-01', '9999-12-31', '12026-11-30'])(
  'the day %s is refused by every list, with the days that are taken',
  (day) => {
    for (const list of ['leaderboard', 'posts', 'subscribers', 'runs'] as const) {
      expect(
        wrong(() => readParameters(list, new URLSearchParams({ from: day, to: day }))).parameters,
      ).toEqual(
        ['from', 'to'].map((name) => ({
          name,
          detail: `got "${day}", wanted a day from 2000-01-01 to 2089-12-31: check the year.`,
        })),
      );
    }
  },
);

describe('a fault of the request', () => {
  const thrown = (work: () => unknown): unknown => {
    try {
      return work();
    } catch (error) {
      return error;
    }
  };

  test.each([
    ['cursor', new ListRequestError('cursor', 'Not a cursor.')],
    ['page', thrown(() => parsePageLink('::'))],
    ['from, to', thrown(() => periodOf('2026-02-01', '2026-01-01'))],
  ])('about %s is a problem that names it', async (name, error) => {
    const answer = requestProblem(error);
    expect(answer?.status).toBe(400);
    expect(answer?.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer?.json()).toMatchObject({ status: 400, parameters: [{ name }] });
  });

  test('is nothing else', () => {
    expect(requestProblem(new Error('The store is away.'))).toBeNull();
  });
});
