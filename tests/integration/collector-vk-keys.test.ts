import { afterEach, describe, expect, test } from 'vitest';
import { setClock } from '../helpers/collector-clocks.ts';
import type { ScriptedCall } from '../helpers/scripted-vk.ts';
import { refusal } from '../helpers/scripted-vk.ts';
import {
  closeSource,
  looksOf,
  methods,
  now,
  outcomes,
  requestsFor,
  sourceOf,
  wallOf,
  well,
} from '../helpers/vk-source.ts';

const minutes = (count: number) => new Date(Date.parse(now) + count * 60_000);
/** Walls that answer by a code, others well. */
const refusing = (codes: Record<number, number>) =>
  well((owner, ...of) => (codes[-owner] ? { refused: codes[-owner] } : wallOf(owner, 3, ...of)));
/** The same without `execute`. */
const singly = (codes: Record<number, number>) => (call: ScriptedCall) => {
  if (call.method === 'execute') return refusal(28);
  const code = call.method === 'wall.get' && codes[-Number(call.parameters.owner_id)];
  return code ? refusal(code) : well()(call);
};

afterEach(async () => {
  expect(await closeSource()).toEqual([]);
});

describe('what one wall answers', () => {
  test.each([43, 5, 27, 28, 1051, 14, 2, 42, 1117, 9, 29])(
    'by error %i inside execute is no fault of the key’s',
    async (code) => {
      let first = true;
      const { source, log } = await sourceOf((call) => {
        // Asked for by itself, the wall tells of no limit of the key's.
        const isOdd = call.method === 'execute' && first;
        first &&= !isOdd;
        return (isOdd ? refusing({ 2: code }) : well())(call);
      });
      const looks = await looksOf(source, requestsFor(6));
      const wanted = [9, 29].includes(code) ? 'ok' : 'error';
      expect(outcomes(looks)).toEqual(['ok', wanted, 'ok', 'ok', 'ok', 'ok']);
      expect(source.parked?.()).toEqual([]);
      expect(log.filter(({ level }) => level >= 40)).toEqual([]);
      expect(outcomes(await looksOf(source, requestsFor(1)))).toEqual(['ok']);
    },
  );

  test.each([43, 5, 1051])('by error %i is none either where walls are read one by one', async (code) => {
    for (const page of [1, 4]) {
      const { source } = await sourceOf(singly({ [page]: code }));
      const looks = await looksOf(source, requestsFor(6));
      expect(outcomes(looks).filter((outcome) => outcome === 'ok')).toHaveLength(5);
      expect(looks.get(page)).toMatchObject({ outcome: 'error', profile: { subscribers: page * 10 } });
      expect(source.parked?.()).toEqual([]);
      await closeSource();
    }
  });

  test('is the key’s when all walls of a batch answer it, and another key reads them', async () => {
    const dead = refusing({ 1: 5, 2: 5, 3: 5 });
    // The first key asks for the communities, the second for the walls.
    const { source, calls } = await sourceOf((call) => (call.token === 'secret-two' ? dead : well())(call), {
      tokens: ['secret-one', 'secret-two'],
    });
    expect(outcomes(await looksOf(source, requestsFor(3)))).toEqual(['ok', 'ok', 'ok']);
    // It is asked twice before it is believed.
    expect(calls.map(({ token }) => token)).toEqual([
      ...['secret-one', 'secret-two', 'secret-two', 'secret-one'],
    ]);
    expect(source.parked?.()).toMatchObject([{ what: 'key 2 of VK_TOKENS' }]);
  });

  test('is the key’s when two walls in a row answer it by themselves, and another key reads both', async () => {
    const codes = { 1: 27, 2: 27, 3: 27 };
    const { source } = await sourceOf(
      (call) => (call.token === 'secret-one' ? singly(codes) : singly({}))(call),
      { tokens: ['secret-one', 'secret-two'], requestsPerSecond: 500 },
    );
    for (let run = 0; run < 3; run += 1) await looksOf(source, requestsFor(3));
    expect(source.parked?.()).toMatchObject([{ what: 'key 1 of VK_TOKENS' }]);
    expect(outcomes(await looksOf(source, requestsFor(3)))).toEqual(['ok', 'ok', 'ok']);
  });
});

describe('what a key is refused with, said once,', () => {
  const looked = async (method: string, code: number, walls: number) => {
    let [left, calls] = [1, 0];
    const { source, log } = await sourceOf((call) => {
      calls += 1;
      const isOdd = call.method === method && left > 0;
      left -= isOdd ? 1 : 0;
      return isOdd ? refusal(code) : well()(call);
    });
    const looks = outcomes(await looksOf(source, requestsFor(walls)));
    return { looks, calls, parked: source.parked?.(), log: log.filter(({ level }) => level >= 40) };
  };

  test.each([43, 5, 27, 28, 1051, 14])('by error %i to groups.getById costs one call', async (code) => {
    const { looks, calls, parked, log } = await looked('groups.getById', code, 4);
    expect([looks, calls, parked, log]).toEqual([Array(4).fill('ok'), 3, [], []]);
  });

  test.each([43, 5, 14])('by error %i to execute costs one call', async (code) => {
    const { looks, calls, parked, log } = await looked('execute', code, 30);
    expect([looks, calls, parked, log]).toEqual([Array(30).fill('ok'), 4, [], []]);
  });

  test.each([5, 27])('by error %i to the only wall costs one call', async (code) => {
    const { looks, calls, parked } = await looked('wall.get', code, 1);
    expect([looks, calls, parked]).toEqual([['ok'], 3, []]);
  });

  test('by all walls of a batch costs one call', async () => {
    let left = 1;
    const { source, calls } = await sourceOf((call) => {
      const isOdd = call.method === 'execute' && left > 0;
      left -= isOdd ? 1 : 0;
      return (isOdd ? refusing({ 1: 5, 2: 5, 3: 5 }) : well())(call);
    });
    expect(outcomes(await looksOf(source, requestsFor(3)))).toEqual(Array(3).fill('ok'));
    expect([methods(calls), source.parked?.()]).toEqual([['groups.getById', 'execute', 'execute'], []]);
    expect(await source.looksUsed()).toBe(6);
  });

  test('is not asked again when the run is stopped', async () => {
    const stop = new AbortController();
    const { source, calls } = await sourceOf((call) => {
      if (call.method === 'groups.getById') return well()(call);
      stop.abort();
      return refusal(5);
    });
    const looks = [];
    for await (const look of source.look(requestsFor(3), stop.signal)) looks.push(look);
    expect([looks, methods(calls)]).toEqual([[], ['groups.getById', 'execute']]);
  });
});

describe('a key that VK refuses', () => {
  test('of the wrong kind is parked, and what to do is said', async () => {
    const { source, log } = await sourceOf(refusing({ 1: 1051, 2: 1051, 3: 1051 }), {
      tokens: ['vk2.a.secret'],
    });
    const looks = await looksOf(source, requestsFor(3));
    expect(outcomes(looks)).toEqual(['error', 'error', 'error']);
    expect(looks.get(3)?.cause).toContain('make a service key of an application of your own');
    expect(source.parked?.()).toEqual([
      { what: 'key 1 of VK_TOKENS', cause: expect.stringContaining('vk:1051 '), until: minutes(30) },
    ]);
    expect(JSON.stringify([log, source.parked?.()])).not.toContain('vk2.a.secret');
  });

  test('of the wrong kind for execute too, or with one page only, likewise', async () => {
    for (const count of [1, 2]) {
      const { source } = await sourceOf((call) =>
        call.method === 'groups.getById' ? well()(call) : refusal(1051, 'wrong profile'),
      );
      const looks = await looksOf(source, requestsFor(count));
      expect(outcomes(looks)).toEqual(Array(count).fill('error'));
      expect(source.parked?.()).toHaveLength(1);
      await closeSource();
    }
  });

  test.each([5, 27, 28, 1114, 3609, 14, 2])(
    'by error %i is tried again after a rest that grows, and is said to be well again',
    async (code) => {
      const clock = setClock(now);
      let isDead = true;
      const { source, calls, log } = await sourceOf((call) => (isDead ? refusal(code) : well()(call)), {
        clock,
      });
      const looked = async () => outcomes(await looksOf(source, requestsFor(2)));
      const tried = () => calls.splice(0).length;
      expect([await looked(), tried(), source.parked?.()[0]?.until]).toEqual([
        ['error', 'error'],
        2,
        minutes(30),
      ]);
      clock.set(minutes(29));
      expect([await looked(), tried()]).toEqual([['error', 'error'], 0]);
      clock.set(minutes(31));
      expect([await looked(), tried(), source.parked?.()[0]?.until]).toEqual([
        ['error', 'error'],
        2,
        minutes(91),
      ]);
      for (const later of [100, 300, 700, 2_000, 9_000]) {
        clock.set(minutes(later));
        await looked();
      }
      expect(source.parked?.()[0]?.until).toEqual(minutes(9_000 + 6 * 60));
      expect(log.map(({ msg }) => msg)).not.toContain('A token of VK that was parked is well again');
      isDead = false;
      clock.set(minutes(10_000));
      expect([await looked(), source.parked?.()]).toEqual([['ok', 'ok'], []]);
      const healed = log.filter(({ msg }) => msg === 'A token of VK that was parked is well again');
      expect(healed).toMatchObject([{ level: 30 }]);
    },
  );

  test('is tried at once when somebody asks for a look', async () => {
    let isDead = true;
    const { source, calls } = await sourceOf((call) => (isDead ? refusal(5) : well()(call)));
    await looksOf(source, requestsFor(2));
    isDead = false;
    expect(outcomes(await looksOf(source, requestsFor(2)))).toEqual(['error', 'error']);
    expect(calls).toHaveLength(2);
    source.retryParked();
    expect(source.parked?.()).toEqual([]);
    expect(outcomes(await looksOf(source, requestsFor(2)))).toEqual(['ok', 'ok']);
  });

  test('asked for in vain rests again, for as long as at first', async () => {
    const { source } = await sourceOf(() => refusal(5));
    for (let turn = 0; turn < 3; turn += 1) {
      await looksOf(source, requestsFor(1));
      expect(source.parked?.()[0]?.until).toEqual(minutes(30));
      source.retryParked();
    }
  });

  test('for walls only is not well because communities answer', async () => {
    const clock = setClock(now);
    const codes = { 1: 27, 2: 27 };
    const { source, calls } = await sourceOf(refusing(codes), { clock });
    await looksOf(source, requestsFor(2));
    clock.set(minutes(31));
    await looksOf(source, requestsFor(2));
    const run = ['groups.getById', 'execute', 'execute'];
    expect(methods(calls)).toEqual([...run, ...run]);
    expect(source.parked?.()[0]?.until).toEqual(minutes(91));
  });
});
