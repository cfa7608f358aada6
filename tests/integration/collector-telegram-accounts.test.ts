import type { Api } from 'telegram';
import { afterEach, describe, expect, test } from 'vitest';
import { createMemoryQuotaStore } from '#collector/sources/kit/quota-store.ts';
import { createMemoryEntityStore } from '#collector/sources/telegram/entities.ts';
import { systemClock } from '#domain/clock.ts';
import { hastyTimer, setClock } from '../helpers/collector-clocks.ts';
import type { ScriptedReply, ScriptedRequest } from '../helpers/scripted-telegram.ts';
import {
  channelIdOf,
  channelOf,
  closeTelegram,
  looksFor,
  methodsOf,
  now,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf, outcomes } from '../helpers/vk-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

const channels = Array.from({ length: 12 }, (_, index) => channelOf(100 + index, 3));
const good = well(channels);
const all = (outcome: string) => Array(channels.length).fill(outcome);
/** Answers well, but for what the fault replies to. */
const but =
  (fault: (call: ScriptedRequest) => ScriptedReply | undefined | false) => (call: ScriptedRequest) =>
    fault(call) || good(call);
const isHistory = ({ method }: ScriptedRequest) => method === 'messages.GetHistory';
const isName = ({ method }: ScriptedRequest) => method === 'contacts.ResolveUsername';

describe('an order to wait', () => {
  test.each(['FLOOD_WAIT_30', 'FLOOD_PREMIUM_WAIT_30'])(
    'that is short (%s) is waited out',
    async (refuse) => {
      let left = 2;
      const tested = await telegramSourceOf(
        but((call) => isHistory(call) && (left -= 1) >= 0 && { refuse, code: 420 }),
        { timer: hastyTimer(1000), deadline: 5_000_000 },
      );
      const began = performance.now();
      expect(outcomes(await looksOf(tested.source, looksFor(channels)))).toEqual(all('ok'));
      // Twice 30 seconds of a clock that is a thousand times as fast.
      expect(performance.now() - began).toBeGreaterThan(60);
      expect(tested.log.map(({ msg }) => msg).join()).toContain('waiting');
    },
  );

  test('that is short and never ends takes five minutes of an hour, and no more', async () => {
    let ahead = 0;
    const timer = { ...hastyTimer(1000), now: () => new Date(systemClock.now().getTime() + ahead) };
    const tested = await telegramSourceOf(
      but((call) => isHistory(call) && { refuse: 'FLOOD_WAIT_50', code: 420 }),
      { timer, deadline: 5_000_000 },
    );
    const waits = () => tested.log.filter(({ msg }) => msg.includes('wants a pause: waiting')).length;
    const seen: number[] = [];
    for (const minutes of [0, 1, 2, 70]) {
      ahead = minutes * 60_000;
      expect(outcomes(await looksOf(tested.source, looksFor(channels)))).toEqual(all('rate_limited'));
      seen.push(waits());
    }
    expect(seen).toEqual([3, 6, 6, 9]);
  });

  test('that is long is each page’s rate_limited, and nothing is asked again', async () => {
    const tested = await telegramSourceOf(
      but((call) => isHistory(call) && { refuse: 'FLOOD_WAIT_4000', code: 420 }),
    );
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks)).toEqual(all('rate_limited'));
    expect(looks.get(111)).toMatchObject({ state: null, cause: expect.stringContaining('4000 s') });
    expect(looks.get(111)?.cause).toContain('session 1 of TELEGRAM_SESSIONS');
    expect(methodsOf(tested).filter((method) => method === 'GetHistory')).toHaveLength(1);
  });

  test('that says no time (PEER_FLOOD) is taken for an hour', async () => {
    let ahead = 0;
    const timer = { ...hastyTimer(50), now: () => new Date(systemClock.now().getTime() + ahead) };
    const tested = await telegramSourceOf(
      but((call) => isHistory(call) && ahead < 3_600_000 && { refuse: 'PEER_FLOOD' }),
      { timer },
    );
    const looks = () => looksOf(tested.source, looksFor(channels.slice(0, 2)));
    expect(outcomes(await looks())).toEqual(['rate_limited', 'rate_limited']);
    ahead = 3_500_000;
    expect(outcomes(await looks())).toEqual(['rate_limited', 'rate_limited']);
    expect(methodsOf(tested).filter((method) => method === 'GetHistory')).toHaveLength(1);
    ahead = 3_700_000;
    expect(outcomes(await looks())).toEqual(['ok', 'ok']);
  });

  test('that is long sends the pages to another account', async () => {
    const tested = await telegramSourceOf(
      but((call) => isHistory(call) && call.account === 0 && { refuse: 'FLOOD_WAIT_4000', code: 420 }),
      { accounts: 2 },
    );
    expect(outcomes(await looksOf(tested.source, looksFor(channels)))).toEqual(all('ok'));
    expect(methodsOf(tested, 0).filter((method) => method === 'GetHistory')).toHaveLength(1);
  });

  test('for names stops names only', async () => {
    let isStrict = false;
    const tested = await telegramSourceOf(
      but((call) => isStrict && isName(call) && { refuse: 'FLOOD_WAIT_60000', code: 420 }),
    );
    await looksOf(tested.source, looksFor(channels.slice(0, 6)));
    isStrict = true;
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks).sort()).toEqual([...Array(6).fill('ok'), ...Array(6).fill('rate_limited')]);
    expect(methodsOf(tested).filter((method) => method === 'ResolveUsername')).toHaveLength(7);
  });
});

describe('an account', () => {
  const words = [
    ['AUTH_KEY_UNREGISTERED', 401],
    ['SESSION_REVOKED', 401],
    ['USER_DEACTIVATED', 401],
    ['AUTH_KEY_DUPLICATED', 406],
  ] as const;

  test.each(words)('that is lost (%s) is parked and alerted, and another goes on', async (refuse, code) => {
    const tested = await telegramSourceOf(
      but(({ account }) => account === 0 && { refuse, code }),
      { accounts: 2 },
    );
    expect(outcomes(await looksOf(tested.source, looksFor(channels)))).toEqual(all('ok'));
    expect(outcomes(await looksOf(tested.source, looksFor(channels)))).toEqual(all('ok'));
    expect(methodsOf(tested, 0).length).toBeLessThanOrEqual(1);
    const alert = tested.log.find(({ level }) => level === 50);
    expect(alert).toMatchObject({ msg: expect.stringContaining('parked') });
  });

  test('that is lost while it works, and was the only one, is each page’s error, with what to do', async () => {
    let calls = 0;
    const tested = await telegramSourceOf(
      but((call) => isHistory(call) && (calls += 1) > 4 && { refuse: 'SESSION_REVOKED', code: 401 }),
    );
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks)).toEqual([...Array(4).fill('ok'), ...Array(8).fill('error')]);
    expect(looks.get(111)?.cause).toMatch(/SESSION_REVOKED.*telegram login.*session 1 of TELEGRAM_SESSIONS/);
    expect(calls).toBe(5);
  });

  test('whose key the server has forgotten is lost, while connecting and later', async () => {
    for (const method of ['connecting', 'messages.GetHistory']) {
      const tested = await telegramSourceOf(but((call) => call.method === method && 'forget'));
      const looks = await looksOf(tested.source, looksFor(channels));
      expect(outcomes(looks)).toEqual(all('error'));
      expect(looks.get(100)?.cause).toContain('AUTH_KEY_UNREGISTERED');
    }
  });

  test('whose application is refused is parked with what to look at', async () => {
    const tested = await telegramSourceOf(
      but(({ method }) => method === 'connecting' && { refuse: 'API_ID_INVALID' }),
    );
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks)).toEqual(all('error'));
    expect(looks.get(100)?.cause).toContain('my.telegram.org');
  });

  test('whose session is not whole is never connected', async () => {
    const tested = await telegramSourceOf(good, { sessions: [`1${'A'.repeat(120)}`] });
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(looks.get(100)).toMatchObject({ outcome: 'error', cause: expect.stringContaining('not whole') });
    expect(tested.log.some(({ level }) => level === 50)).toBe(true);
  });

  test('is wanted: without any the cause says what to do', async () => {
    const tested = await telegramSourceOf(good, { sessions: [] });
    const look = (await looksOf(tested.source, looksFor(channels))).get(100);
    expect(look).toMatchObject({ outcome: 'error', cause: expect.stringContaining('telegram login') });
  });

  test('is named in the log by a fingerprint; sessions and hashes are nowhere', async () => {
    const tested = await telegramSourceOf(
      but((call) => isHistory(call) && { refuse: 'SESSION_REVOKED', code: 401 }),
    );
    await looksOf(tested.source, looksFor(channels));
    const log = JSON.stringify(tested.log);
    expect(log).toMatch(/"account":"[0-9a-f]{12}"/);
    for (const session of tested.server.sessions) {
      expect(log).not.toContain(session.slice(0, 60));
      expect(log).not.toContain(session.slice(-60));
    }
    expect(log).not.toContain('0123456789abcdef0123456789abcdef');
  });
});

describe('several accounts', () => {
  test('read each what they know, and look up names by turns', async () => {
    const tested = await telegramSourceOf(good, { accounts: 2 });
    expect(outcomes(await looksOf(tested.source, looksFor(channels)))).toEqual(all('ok'));
    const names = [0, 1].map((account) =>
      tested.server.requests.filter((call) => call.account === account && isName(call)),
    );
    expect(names.map((calls) => calls.length)).toEqual([6, 6]);
    expect(outcomes(await looksOf(tested.source, looksFor(channels)))).toEqual(all('ok'));
    expect(methodsOf(tested).filter((method) => method === 'ResolveUsername')).toHaveLength(12);
    for (const account of [0, 1]) {
      const known = new Set(
        names[account]?.map(({ request }) => (request as Api.contacts.ResolveUsername).username),
      );
      const read = tested.server.requests.filter((call) => call.account === account && isHistory(call));
      for (const call of read) expect(known).toContain(`channel${channelIdOf(call)}`);
    }
  });

  test('keep their keys in the store: another process looks up nothing', async () => {
    const entities = createMemoryEntityStore();
    const tested = await telegramSourceOf(good, { accounts: 2, entities });
    await looksOf(tested.source, looksFor(channels));
    const { sessions, proxy } = tested.server;
    const later = await telegramSourceOf(good, { entities, sessions, proxy });
    tested.server.requests.length = 0;
    expect(outcomes(await looksOf(later.source, looksFor(channels)))).toEqual(all('ok'));
    expect(methodsOf(tested)).not.toContain('ResolveUsername');
  });

  test('of which one is new to a channel: it is found by its name, and its id compared', async () => {
    const tested = await telegramSourceOf(good);
    const [own, stranger] = looksFor(channels.slice(0, 2));
    if (!own || !stranger) throw new Error('Two channels are wanted.');
    const looks = await looksOf(tested.source, [own, { ...stranger, nativeId: 999 }]);
    expect(looks.get(100)?.outcome).toBe('ok');
    expect(looks.get(101)).toMatchObject({
      outcome: 'gone',
      state: 'taken_over',
      cause: 'telegram: the name channel101 leads to the channel 101 now, the page was the channel 999',
    });
  });

  test('look up so many names a day and no more; the others come tomorrow', async () => {
    const clock = setClock(now);
    const quotas = createMemoryQuotaStore();
    const tested = await telegramSourceOf(good, { accounts: 2, namesPerDay: 4, quotas, clock });
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks).sort()).toEqual([...Array(8).fill('ok'), ...Array(4).fill('rate_limited')]);
    const left = [...looks.values()].find(({ outcome }) => outcome === 'rate_limited');
    expect(left?.cause).toContain('all 4 names');
    clock.set('2026-03-11T00:10:00Z');
    expect(outcomes(await looksOf(tested.source, looksFor(channels)))).toEqual(all('ok'));
  });
});
