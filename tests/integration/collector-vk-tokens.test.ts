import { afterEach, describe, expect, test } from 'vitest';
import { hastyTimer } from '../helpers/collector-clocks.ts';
import { refusal } from '../helpers/scripted-vk.ts';
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

afterEach(async () => {
  expect(await closeSource()).toEqual([]);
});

describe('tokens', () => {
  const two = { tokens: ['secret-one', 'secret-two'] };

  test('error 29 of one token is not the page’s fault: the other goes on', async () => {
    const { source, calls } = await sourceOf((call) => {
      const used = call.token === 'secret-one' && call.method !== 'groups.getById';
      return used ? refusal(29) : well()(call);
    }, two);
    expect(outcomes(await looksOf(source, requestsFor(60)))).toEqual(Array(60).fill('ok'));
    const refused = calls.filter(({ token, method }) => token === 'secret-one' && method === 'execute');
    // Two batches were under way when the first refusal came.
    expect(refused.length).toBeLessThanOrEqual(2);
  });

  test('error 29 of groups.getById does not end the walls', async () => {
    const { source } = await sourceOf((call) =>
      call.method === 'groups.getById' ? refusal(29) : well()(call),
    );
    expect(outcomes(await looksOf(source, requestsFor(2)))).toEqual(['ok', 'ok']);
  });

  test('error 29 inside execute likewise, page by page', async () => {
    const spent = well((owner, ...of) => (-owner > 3 ? { refused: 29 } : wallOf(owner, 3, ...of)));
    const { source } = await sourceOf((call) => (call.token === 'secret-one' ? spent : well())(call), two);
    expect(outcomes(await looksOf(source, requestsFor(25)))).toEqual(Array(25).fill('ok'));
  });

  test('all used up is rate_limited with its cause, without asking again', async () => {
    const { source, calls } = await sourceOf(
      (call) => (call.method === 'groups.getById' ? well()(call) : refusal(29, 'Rate limit reached')),
      two,
    );
    const looks = await looksOf(source, requestsFor(60));
    expect(outcomes(looks)).toEqual(Array(60).fill('rate_limited'));
    expect(looks.get(60)?.cause).toBe('vk:29 Rate limit reached');
    expect(methods(calls).filter((method) => method === 'execute')).toHaveLength(2);
  });

  test('our own count of the quota ends the calls before VK does', async () => {
    const { source, calls } = await sourceOf(well(), { dailyQuota: 50 });
    const looks = await looksOf(source, requestsFor(100));
    expect(outcomes(looks).filter((outcome) => outcome === 'rate_limited').length).toBeGreaterThanOrEqual(25);
    expect([...looks.values()].find(({ outcome }) => outcome === 'rate_limited')?.cause).toContain(
      'VK_DAILY_QUOTA',
    );
    expect(methods(calls).filter((method) => method === 'execute').length).toBeLessThanOrEqual(3);
  });

  test.each([5, 1117, 3610])('a dead token (%i) is parked, alerted, and not tried again', async (code) => {
    const { source, calls, log } = await sourceOf((call) => {
      return call.token === 'secret-one' ? refusal(code, 'dead: secret-one') : well()(call);
    }, two);
    expect(outcomes(await looksOf(source, requestsFor(60)))).toEqual(Array(60).fill('ok'));
    expect(calls.filter(({ token }) => token === 'secret-one')).toHaveLength(2);
    expect(log.some(({ level, msg }) => level === 50 && msg.includes('parked'))).toBe(true);
    expect(JSON.stringify(log)).not.toContain('secret-one');
  });

  test.each([14, 17, 3300, 2, 42])('without any other token error %i is each page’s error', async (code) => {
    const { source, calls } = await sourceOf(() => refusal(code));
    const looks = await looksOf(source, requestsFor(30));
    expect(outcomes(looks)).toEqual(Array(30).fill('error'));
    expect(looks.get(1)?.cause).toContain(`vk:${code} `);
    // Once more, since one refusal may be the moment's, and not for each page.
    expect(calls).toHaveLength(2);
  });

  test('a flood pauses the only token for minutes, then it goes on', async () => {
    let first = true;
    const { source, log } = await sourceOf(
      (call) => {
        if (call.method === 'groups.getById' || !first) return well()(call);
        first = false;
        return refusal(9);
      },
      { timer: hastyTimer(1000) },
    );
    expect(outcomes(await looksOf(source, requestsFor(2)))).toEqual(['ok', 'ok']);
    expect(log.map(({ msg }) => msg).join()).toContain('flood');
  });

  test('a request of ours that VK refuses is said loudly, without the token', async () => {
    const { source, log } = await sourceOf((call) => {
      return call.method === 'groups.getById' ? well()(call) : refusal(100, 'bad parameter of secret-one');
    });
    const looks = await looksOf(source, requestsFor(1));
    expect(looks.get(1)).toMatchObject({ outcome: 'error', cause: 'vk:100 bad parameter of ***' });
    const alert = log.find(({ level }) => level === 50);
    expect(alert?.msg).toContain('defect');
    expect(JSON.stringify(log)).not.toContain('secret-one');
  });

  test('without any token the cause says what to set', async () => {
    const { source } = await sourceOf(well(), { tokens: [] });
    expect((await looksOf(source, requestsFor(1))).get(1)?.cause).toContain('VK_TOKENS');
  });
});
