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
    expect(calls.map(({ token }) => token)).toEqual(['secret-one', 'secret-two', 'secret-one']);
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
        1,
        minutes(30),
      ]);
      clock.set(minutes(29));
      expect([await looked(), tried()]).toEqual([['error', 'error'], 0]);
      clock.set(minutes(31));
      expect([await looked(), tried(), source.parked?.()[0]?.until]).toEqual([
        ['error', 'error'],
        1,
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
    expect(calls).toHaveLength(1);
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
    expect(methods(calls)).toEqual(['groups.getById', 'execute', 'groups.getById', 'execute']);
    expect(source.parked?.()[0]?.until).toEqual(minutes(91));
  });
});
