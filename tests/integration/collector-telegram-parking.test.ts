import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { hastyTimer } from '../helpers/collector-clocks.ts';
import type { ScriptedReply, ScriptedRequest } from '../helpers/scripted-telegram.ts';
import type { SourceUnderTest } from '../helpers/telegram-source.ts';
import {
  channelOf,
  closeTelegram,
  looksFor,
  methodsOf,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf, outcomes } from '../helpers/vk-source.ts';

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

const channels = [channelOf(7, 3), channelOf(8, 3)];
const good = well(channels);
const minute = 60_000;

/** A source whose timer can be put forward, with a fault that can be ended. */
async function sourceWith(fault: (call: ScriptedRequest) => ScriptedReply | undefined | false, accounts = 1) {
  const state = { ahead: 0, isFaulty: true };
  const timer = { ...hastyTimer(1000), now: () => new Date(systemClock.now().getTime() + state.ahead) };
  const tested = await telegramSourceOf((call) => (state.isFaulty && fault(call)) || good(call), {
    timer,
    deadline: 5_000_000,
    accounts,
  });
  return { ...tested, state };
}

const lookAt = async (tested: SourceUnderTest) => outcomes(await looksOf(tested.source, looksFor(channels)));
const parkedIn = ({ source }: SourceUnderTest) => source.parked?.() ?? [];
const minutesLeft = (until: Date | null | undefined, ahead: number) =>
  Math.round(((until?.getTime() ?? 0) - ahead - systemClock.now().getTime()) / minute);

describe('a key that Telegram does not know', () => {
  test.each(['connecting', 'messages.GetHistory'])('for a moment (%s) is tried again', async (method) => {
    for (const times of [1, 2]) {
      let left = times;
      const tested = await sourceWith((call) => call.method === method && (left -= 1) >= 0 && 'forget');
      expect(await lookAt(tested)).toEqual(['ok', 'ok']);
      expect(parkedIn(tested)).toEqual([]);
      expect(tested.log.some(({ level }) => level >= 50)).toBe(false);
    }
  });

  test('on three connections in a row is parked, tried again after a while, and well again', async () => {
    const tested = await sourceWith(({ method }) => method === 'connecting' && 'forget');
    expect(await lookAt(tested)).toEqual(['error', 'error']);
    const [parked] = parkedIn(tested);
    expect(parked).toMatchObject({
      what: 'session 1 of TELEGRAM_SESSIONS',
      cause: expect.stringMatching(/AUTH_KEY_UNREGISTERED.*telegram login/),
    });
    expect(minutesLeft(parked?.until, 0)).toBe(15);
    expect(tested.source.keys).toBe(1);
    // Nothing is asked meanwhile; after it once, and not three times.
    const connections = () => tested.log.filter(({ msg }) => msg.includes('parked')).length;
    await lookAt(tested);
    expect(connections()).toBe(1);
    tested.state.ahead = 16 * minute;
    expect(await lookAt(tested)).toEqual(['error', 'error']);
    expect(connections()).toBe(2);
    expect(minutesLeft(parkedIn(tested)[0]?.until, tested.state.ahead)).toBe(30);
    tested.state.isFaulty = false;
    tested.state.ahead = 50 * minute;
    expect(await lookAt(tested)).toEqual(['ok', 'ok']);
    expect(parkedIn(tested)).toEqual([]);
    expect(tested.log.some(({ msg }) => msg.includes('works again'))).toBe(true);
  });

  test('of one account leaves its channels to another', async () => {
    const tested = await sourceWith(({ account }) => account === 0 && 'forget', 2);
    expect(await lookAt(tested)).toEqual(['ok', 'ok']);
    expect(parkedIn(tested)).toHaveLength(1);
    expect(tested.source.keys).toBe(2);
  });
});

describe('an account that Telegram refuses', () => {
  test.each([
    ['SESSION_REVOKED', 401],
    ['AUTH_KEY_DUPLICATED', 406],
    ['API_ID_INVALID', 400],
    ['USER_MIGRATE_4', 303],
  ])('(%s) is parked for hours, and tried at once when somebody asks', async (refuse, code) => {
    const tested = await sourceWith(() => ({ refuse, code }));
    expect(await lookAt(tested)).toEqual(['error', 'error']);
    const [parked] = parkedIn(tested);
    expect(parked?.cause).toContain(refuse);
    expect(minutesLeft(parked?.until, 0)).toBe(360);
    tested.state.isFaulty = false;
    expect(await lookAt(tested)).toEqual(['error', 'error']);
    tested.source.retryParked();
    // Until an answer has shown that it works it stays named.
    expect(parkedIn(tested)).toHaveLength(1);
    expect(await lookAt(tested)).toEqual(['ok', 'ok']);
    expect(parkedIn(tested)).toEqual([]);
  });

  test('costs one call when it is tried in vain', async () => {
    const tested = await sourceWith(({ method }) =>
      method === 'contacts.ResolveUsername' ? { refuse: 'SESSION_REVOKED', code: 401 } : undefined,
    );
    await lookAt(tested);
    tested.state.ahead = 361 * minute;
    await lookAt(tested);
    expect(methodsOf(tested)).toEqual(['ResolveUsername', 'ResolveUsername']);
  });

  test('because its session is not whole is never tried', async () => {
    const tested = await telegramSourceOf(good, { sessions: [`1${'A'.repeat(120)}`] });
    tested.source.retryParked();
    expect(await lookAt(tested)).toEqual(['error', 'error']);
    expect(parkedIn(tested)).toMatchObject([{ cause: expect.stringContaining('not whole'), until: null }]);
    expect(tested.server.requests).toEqual([]);
  });
});

describe('an order to wait', () => {
  test('for a day lays the account aside, and holds whoever asks', async () => {
    const tested = await sourceWith(
      ({ method }) => method === 'messages.GetHistory' && { refuse: 'FLOOD_WAIT_86400', code: 420 },
    );
    expect(await lookAt(tested)).toEqual(['rate_limited', 'rate_limited']);
    const [parked] = parkedIn(tested);
    expect(parked).toMatchObject({
      what: 'session 1 of TELEGRAM_SESSIONS',
      cause: expect.stringContaining('86400'),
    });
    expect(parked?.partly).toBeUndefined();
    expect(minutesLeft(parked?.until, 0)).toBe(1440);
    tested.state.isFaulty = false;
    tested.source.retryParked();
    expect(await lookAt(tested)).toEqual(['rate_limited', 'rate_limited']);
    tested.state.ahead = 1441 * minute;
    expect(parkedIn(tested)).toEqual([]);
    expect(await lookAt(tested)).toEqual(['ok', 'ok']);
  });

  test('for names is named as part of what the account does', async () => {
    const tested = await sourceWith(
      ({ method }) => method === 'contacts.ResolveUsername' && { refuse: 'FLOOD_WAIT_60000', code: 420 },
    );
    await lookAt(tested);
    expect(parkedIn(tested)).toMatchObject([
      { what: 'session 1 of TELEGRAM_SESSIONS, contacts.resolveUsername', partly: true },
    ]);
  });

  test('for minutes is nobody’s concern', async () => {
    const tested = await sourceWith(
      ({ method }) => method === 'messages.GetHistory' && { refuse: 'FLOOD_WAIT_300', code: 420 },
    );
    expect(await lookAt(tested)).toEqual(['rate_limited', 'rate_limited']);
    expect(parkedIn(tested)).toEqual([]);
  });
});

test('a network that does not answer is no account’s fault, and is asked again when somebody wants it', async () => {
  const tested = await sourceWith(() => 'cut');
  expect(await lookAt(tested)).toEqual(['error', 'error']);
  expect(parkedIn(tested)).toEqual([]);
  tested.state.isFaulty = false;
  tested.source.retryParked();
  expect(await lookAt(tested)).toEqual(['ok', 'ok']);
});
