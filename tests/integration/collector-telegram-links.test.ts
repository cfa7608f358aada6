import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Clock } from '#domain/clock.ts';
import { systemClock } from '#domain/clock.ts';
import { hastyTimer } from '../helpers/collector-clocks.ts';
import type { ScriptedReply, ScriptedRequest } from '../helpers/scripted-telegram.ts';
import type { SourceUnderTest } from '../helpers/telegram-source.ts';
import {
  channelIdOf,
  channelOf,
  closeTelegram,
  looksFor,
  methodsOf,
  telegramSourceOf,
  well,
} from '../helpers/telegram-source.ts';
import { looksOf, outcomes } from '../helpers/vk-source.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it collects channels whose servers answer with every kind of error');

afterEach(async () => {
  expect(await closeTelegram()).toBe(0);
});

const channels = Array.from({ length: 20 }, (_, index) => channelOf(100 + index, 3));
const good = well(channels);
const all = (outcome: string) => Array(channels.length).fill(outcome);
const but =
  (fault: (call: ScriptedRequest) => ScriptedReply | undefined | false) => (call: ScriptedRequest) =>
    fault(call) || good(call);

/** How often a connection was begun. */
const connectionsOf = ({ log }: SourceUnderTest) =>
  log.filter(({ msg }) => msg.startsWith('gramjs: Connecting to')).length;

/** Half a second for what may take 30, so that a busy machine is not taken for a network that hangs. */
const hasty = { timer: hastyTimer(60), deadline: 30_000 };

describe('Telegram that never answers', () => {
  test.each(['anything', 'contacts.ResolveUsername', 'messages.GetHistory'])(
    'to %s ends every page with its cause, and not one by one',
    async (method) => {
      const tested = await telegramSourceOf(
        but((call) => (method === 'anything' || call.method === method) && 'silence'),
        hasty,
      );
      const looks = await looksOf(tested.source, looksFor(channels));
      expect(outcomes(looks)).toEqual(all('error'));
      expect(looks.get(119)?.cause).toMatch(/no answer within 30 s \(session 1 of TELEGRAM_SESSIONS\)/);
      // A connection to each deadline, and few of them, whatever the number of pages.
      expect(connectionsOf(tested)).toBeLessThanOrEqual(5);
      expect(tested.log.some(({ level, msg }) => level === 50 && msg.includes('does not answer'))).toBe(true);
    },
  );

  test('to channels.GetFullChannel takes the subscribers and not the posts, and not one by one', async () => {
    const tested = await telegramSourceOf(
      but(({ method }) => method === 'channels.GetFullChannel' && 'silence'),
      hasty,
    );
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks)).toEqual(all('ok'));
    expect(looks.get(119)?.profile).toMatchObject({ title: 'Title 119', subscribers: null });
    expect(methodsOf(tested).filter((method) => method === 'GetFullChannel')).toHaveLength(4);
  });

  test('to one account leaves the pages to another', async () => {
    const tested = await telegramSourceOf(
      but(({ account }) => account === 0 && 'silence'),
      { ...hasty, accounts: 2 },
    );
    expect(outcomes(await looksOf(tested.source, looksFor(channels)))).toEqual(all('ok'));
  });

  test('about one channel is that page’s error alone', async () => {
    const tested = await telegramSourceOf(
      but((call) => call.method === 'messages.GetHistory' && channelIdOf(call) === 110 && 'silence'),
      hasty,
    );
    const looks = await looksOf(tested.source, looksFor(channels));
    expect([...looks.values()].filter(({ outcome }) => outcome !== 'ok')).toMatchObject([
      { pageId: 110, outcome: 'error', cause: expect.stringContaining('no answer') },
    ]);
  });

  test('is asked again later', async () => {
    let ahead = 0;
    const timer: Clock = { ...hasty.timer, now: () => new Date(systemClock.now().getTime() + ahead) };
    let isSilent = true;
    const tested = await telegramSourceOf(
      but(() => isSilent && 'silence'),
      { ...hasty, timer },
    );
    await looksOf(tested.source, looksFor(channels));
    isSilent = false;
    expect(outcomes(await looksOf(tested.source, looksFor(channels.slice(0, 2))))).toEqual([
      'error',
      'error',
    ]);
    ahead = 3 * 60_000;
    expect(outcomes(await looksOf(tested.source, looksFor(channels.slice(0, 2))))).toEqual(['ok', 'ok']);
  });

  test('ends at once when the run is stopped', async () => {
    const tested = await telegramSourceOf(
      but(() => 'silence'),
      { timer: hastyTimer(1) },
    );
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 50);
    const looks = [];
    for await (const look of tested.source.look(looksFor(channels), stop.signal)) looks.push(look);
    expect(looks).toEqual([]);
  });
});

test('a long wait ends at once when the run is stopped', async () => {
  const tested = await telegramSourceOf(
    but(({ method }) => method === 'messages.GetHistory' && { refuse: 'FLOOD_WAIT_50', code: 420 }),
    { timer: hastyTimer(1) },
  );
  const stop = new AbortController();
  const looks = [];
  const asked = vi.waitUntil(() => methodsOf(tested).includes('GetHistory'), { timeout: 60_000 });
  void asked.finally(() => stop.abort());
  for await (const look of tested.source.look(looksFor(channels), stop.signal)) looks.push(look);
  expect(looks).toEqual([]);
  expect(methodsOf(tested)).toContain('GetHistory');
});

describe('a connection', () => {
  test('that is cut is made again', async () => {
    let cuts = 2;
    const tested = await telegramSourceOf(
      but(({ method }) => method === 'messages.GetHistory' && (cuts -= 1) % 2 === 0 && cuts >= 0 && 'cut'),
    );
    expect(outcomes(await looksOf(tested.source, looksFor(channels.slice(0, 3))))).toEqual(
      Array(3).fill('ok'),
    );
    expect(cuts).toBeLessThan(0);
  });

  test('that is always cut ends every page soon', async () => {
    const tested = await telegramSourceOf(but(({ method }) => method === 'messages.GetHistory' && 'cut'));
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks)).toEqual(all('error'));
    expect(looks.get(119)?.cause).toContain('was cut');
    expect(methodsOf(tested).filter((method) => method === 'GetHistory').length).toBeLessThanOrEqual(4);
  });

  test('that is refused is each page’s error, soon', async () => {
    const tested = await telegramSourceOf(good, { proxy: 'socks5://127.0.0.1:9' });
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks)).toEqual(all('error'));
    expect(looks.get(119)?.cause).toMatch(/no connection to Telegram \(.*ECONNREFUSED/);
    expect(connectionsOf(tested)).toBeLessThanOrEqual(5);
  });

  test('to a proxy that takes it and says nothing ends every page in time', async () => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const proxy = `socks5://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const tested = await telegramSourceOf(good, { proxy, timer: hastyTimer(4), deadline: 1_000 });
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks)).toEqual(all('error'));
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  });

  test('through which the server has trouble of its own is kept, and the call tried again', async () => {
    let troubles = 2;
    const tested = await telegramSourceOf(
      but(
        (call) =>
          call.method === 'messages.GetHistory' && (troubles -= 1) >= 0 && { refuse: 'INTERNAL', code: 500 },
      ),
    );
    expect(outcomes(await looksOf(tested.source, looksFor(channels.slice(0, 2))))).toEqual(['ok', 'ok']);
  });

  test('through which the server never ends to have trouble is not tried again for every page', async () => {
    const tested = await telegramSourceOf(
      but(({ method }) => method === 'messages.GetHistory' && { refuse: 'INTERNAL', code: 500 }),
      hasty,
    );
    const looks = await looksOf(tested.source, looksFor(channels));
    expect(outcomes(looks)).toEqual(all('error'));
    expect(looks.get(119)?.cause).toBe('telegram:INTERNAL');
    const histories = methodsOf(tested).filter((method) => method === 'GetHistory');
    expect(histories).toHaveLength(channels.length + 2);
  });

  test('with a request that Telegram refuses is loud about it', async () => {
    const tested = await telegramSourceOf(
      but(({ method }) => method === 'messages.GetHistory' && { refuse: 'LIMIT_INVALID' }),
    );
    const looks = await looksOf(tested.source, looksFor(channels.slice(0, 1)));
    expect(looks.get(100)).toMatchObject({ outcome: 'error', cause: 'telegram:LIMIT_INVALID' });
    expect(tested.log.find(({ level }) => level === 50)?.msg).toContain('defect');
  });
});
