import { afterEach, describe, expect, test } from 'vitest';
import type { ScriptedAnswer } from '../helpers/scripted-vk.ts';
import { callsIn, refusal } from '../helpers/scripted-vk.ts';
import {
  closeSource,
  looksOf,
  methods,
  outcomes,
  requestsFor,
  sourceOf,
  wallOf,
  well,
} from '../helpers/vk-source.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it lets a call be tried again until its deadline');

afterEach(async () => {
  expect(await closeSource()).toEqual([]);
});

describe('packing', () => {
  test('a quiet run costs one groups.getById for 500 pages and one execute for 25', async () => {
    const { source, calls } = await sourceOf(well());
    const looks = await looksOf(source, requestsFor(60));
    expect(looks.size).toBe(60);
    expect(new Set(outcomes(looks))).toEqual(new Set(['ok']));
    expect(methods(calls).sort()).toEqual(['execute', 'execute', 'execute', 'groups.getById']);
    expect(looks.get(7)).toMatchObject({
      profile: { subscribers: 70, title: 'Group 7' },
      posts: [{}, {}, {}],
    });
    expect(await source.looksUsed()).toBe(60);
  });

  test('each false is paired with the next entry of execute_errors', async () => {
    const refusals: Record<number, number> = { 2: 15, 4: 18, 5: 40, 6: 19, 8: 30, 9: 777 };
    const { source } = await sourceOf(
      well((owner, ...of) => (refusals[-owner] ? { refused: refusals[-owner] } : wallOf(owner, 3, ...of))),
    );
    const looks = await looksOf(source, requestsFor(9));
    const ends = [...looks.values()].map(({ pageId, outcome, state }) => [pageId, outcome, state]);
    expect(ends).toEqual([
      [1, 'ok', 'ok'],
      [2, 'closed', 'closed'],
      [3, 'ok', 'ok'],
      [4, 'gone', 'deleted'],
      [5, 'gone', 'not_found'],
      [6, 'gone', 'blocked'],
      [7, 'ok', 'ok'],
      [8, 'closed', 'closed'],
      [9, 'error', null],
    ]);
    expect(looks.get(9)?.cause).toBe('vk:777 error 777');
  });

  test.each([27, 28])(
    'a token that may not execute (%i) is asked once, then single calls are made',
    async (code) => {
      const { source, calls } = await sourceOf((call) =>
        call.method === 'execute' ? refusal(code) : well()(call),
      );
      expect(outcomes(await looksOf(source, requestsFor(30)))).toEqual(Array(30).fill('ok'));
      await looksOf(source, requestsFor(3));
      expect(methods(calls).filter((method) => method === 'execute')).toHaveLength(1);
      expect(methods(calls).filter((method) => method === 'wall.get')).toHaveLength(33);
    },
  );

  test.each([12, 13])(
    'an answer that is too large (%i) is split in halves, and the next batches are smaller',
    async (code) => {
      const { source, calls } = await sourceOf((call) => {
        const large = call.method === 'execute' && callsIn(call.parameters.code ?? '').length > 3;
        return large ? refusal(code, 'response size is too big') : well()(call);
      });
      expect(outcomes(await looksOf(source, requestsFor(9, { newest: 100 })))).toEqual(Array(9).fill('ok'));
      calls.length = 0;
      expect(outcomes(await looksOf(source, requestsFor(9, { newest: 100 })))).toEqual(Array(9).fill('ok'));
      const sizes = calls.flatMap(({ parameters }) =>
        parameters.code ? [callsIn(parameters.code).length] : [],
      );
      expect(Math.max(...sizes)).toBeLessThanOrEqual(4);
    },
  );

  test('a server without execute is found out by its first answer', async () => {
    const { source, calls } = await sourceOf((call) => {
      return call.method === 'execute' ? { raw: '<h1>Not Found</h1>', status: 404 } : well()(call);
    });
    expect(outcomes(await looksOf(source, requestsFor(5)))).toEqual(Array(5).fill('ok'));
    calls.length = 0;
    expect(outcomes(await looksOf(source, requestsFor(5)))).toEqual(Array(5).fill('ok'));
    expect(methods(calls)).not.toContain('execute');
  });

  test('one page that breaks the whole answer does not take the others with it', async () => {
    const { source } = await sourceOf((call) => {
      if (JSON.stringify(call.parameters).includes('-5')) return { raw: '<html>502</html>', status: 502 };
      return well()(call);
    });
    const looks = await looksOf(source, requestsFor(9));
    expect(outcomes(looks).filter((outcome) => outcome === 'ok')).toHaveLength(8);
    expect(looks.get(5)).toMatchObject({
      outcome: 'error',
      cause: expect.stringContaining('network: wall.get'),
    });
  });
});

describe('what passes', () => {
  test.each<[string, ScriptedAnswer]>([
    ['error 1', refusal(1)],
    ['error 10', refusal(10)],
    ['HTTP 502 with HTML', { raw: '<html>Bad Gateway</html>', status: 502 }],
    ['broken JSON', { raw: '{"response": [' }],
    ['JSON null, which ends the process in vk-io', { raw: 'null' }],
    ['an error without a code', { error: null }],
    ['neither response nor error', { raw: '{}' }],
    ['execute_errors of another shape', { response: [false], execute_errors: 'many' }],
    ['a truncated answer', 'truncated'],
  ])('%s is tried again and then goes well', async (_, broken) => {
    let first = true;
    const { source } = await sourceOf((call) => {
      if (call.method === 'groups.getById' || !first) return well()(call);
      first = false;
      return broken;
    });
    expect(outcomes(await looksOf(source, requestsFor(2)))).toEqual(['ok', 'ok']);
  });

  test('error 6 is waited out', async () => {
    let first = true;
    const { source, log } = await sourceOf(
      (call) => {
        if (!first) return well()(call);
        first = false;
        return refusal(6);
      },
      { deadline: 500_000 },
    );
    expect(outcomes(await looksOf(source, requestsFor(1)))).toEqual(['ok']);
    expect(log.map(({ msg }) => msg).join()).toContain('going slower');
  });

  test('error 6 for ever ends at the deadline', async () => {
    const { source } = await sourceOf((call) => (call.method === 'wall.get' ? refusal(6) : well()(call)), {
      deadline: 150_000,
    });
    const looks = await looksOf(source, requestsFor(1));
    expect(looks.get(1)).toMatchObject({ outcome: 'error', cause: expect.stringContaining('deadline') });
  });

  test('a hanging server is an error within the deadline, tried twice', async () => {
    const { source, calls } = await sourceOf((call) => (call.method === 'wall.get' ? 'hang' : well()(call)), {
      deadline: 20_000,
    });
    const looks = await looksOf(source, requestsFor(1));
    expect(looks.get(1)).toMatchObject({ outcome: 'error', cause: expect.stringContaining('no answer') });
    expect(methods(calls).filter((method) => method === 'wall.get')).toHaveLength(2);
  });

  test('when VK is down calls are held back, and each page has its outcome', async () => {
    const { source, calls } = await sourceOf(() => ({ raw: 'down', status: 503 }));
    const looks = await looksOf(source, requestsFor(200));
    expect(outcomes(looks)).toEqual(Array(200).fill('error'));
    expect(calls.length).toBeLessThan(60);
  });
});
