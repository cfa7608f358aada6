import { describe, expect, test } from 'vitest';
import { isAnyAddress, namedHost, ownHostCheck } from './hosts.ts';

describe('a host as a request names it', () => {
  test.each([
    ['localhost:3000', 'localhost', 'localhost:3000'],
    ['LOCALHOST', 'localhost', 'localhost'],
    ['Pulse.Example.RU.:8443', 'pulse.example.ru', 'pulse.example.ru.:8443'],
    ['127.0.0.1:80', '127.0.0.1', '127.0.0.1'],
    ['127.1:3000', '127.0.0.1', '127.0.0.1:3000'],
    ['[::1]:3000', '::1', '[::1]:3000'],
    ['[0:0:0:0:0:0:0:1]', '::1', '[::1]'],
    ['[::FFFF:192.168.1.7]:1', '192.168.1.7', '[::ffff:c0a8:107]:1'],
    ['профпульс.рф', 'xn--k1afcbdjmg9e.xn--p1ai', 'xn--k1afcbdjmg9e.xn--p1ai'],
  ])('%s is %s', (text, name, host) => {
    expect(namedHost(text)).toEqual({ name, host });
  });

  test('is read as UTF-8 where Node has read it as Latin-1', () => {
    const asNodeReadsIt = Buffer.from('профпульс.рф:3000').toString('latin1');
    expect(namedHost(asNodeReadsIt)).toEqual(namedHost('профпульс.рф:3000'));
    expect(namedHost('b\u00fccher.example')).toEqual(namedHost('bücher.example'));
  });

  test.each([
    undefined,
    '',
    ' ',
    ':3000',
    'a b',
    'a/b',
    'a@b',
    'a?b',
    'a#b',
    'a\\b',
    'a%62',
    'a:b',
    'a:3000:1',
    'a:99999',
    '::1',
    '[::1',
    '[fe80::1%25eth0]',
    '[::g]',
    '1.2.3.256',
    'localhost, evil.example',
    '<script>',
  ])('%j is none', (text) => {
    expect(namedHost(text)).toBeNull();
  });
});

const check = (host: string, publicUrl: string | null = null, addresses: readonly string[] = []) => {
  const isOwn = ownHostCheck({
    host,
    publicUrl: publicUrl === null ? null : new URL(publicUrl),
    addresses: () => addresses,
  });
  return (text: string): boolean => isOwn(namedHost(text)?.name ?? '');
};

describe('a host is ours', () => {
  test('when it is a name of loopback, whatever HOST is', () => {
    for (const host of ['127.0.0.1', '0.0.0.0', '192.168.1.5', 'pulse.lan']) {
      const isOurs = check(host);
      const names = [
        'localhost',
        'LocalHost.:1',
        'pulse.localhost',
        '127.0.0.1',
        '127.9.8.7:80',
        '[::1]:3000',
      ];
      expect(names.map(isOurs)).toEqual(names.map(() => true));
    }
  });

  test('when it is HOST or the host of PUBLIC_URL, with any port', () => {
    const isOurs = check('Pulse.LAN', 'https://пульс.рф:8443/');
    const names = ['pulse.lan', 'PULSE.lan.:80', 'пульс.рф', 'xn--k1ahhg0c.xn--p1ai:1'];
    expect(names.map(isOurs)).toEqual(names.map(() => true));
    expect(check('192.168.1.5')('192.168.1.5:3000')).toBe(true);
    expect(check('fe80::1%eth0')('[FE80::1]:3000')).toBe(true);
    expect(check('0.0.0.0')('0.0.0.0:3000')).toBe(true);
  });

  test('when it is an address of this machine and HOST is a wildcard, not otherwise', () => {
    const addresses = ['192.168.1.5', 'fd00::5', 'fe80::1%eth0'];
    const asked = ['192.168.1.5:3000', '[fd00:0::5]', '[fe80::1]:1', '[::ffff:192.168.1.5]'];
    for (const wildcard of ['0.0.0.0', '::', '0', '0:0:0:0:0:0:0:0'])
      expect(asked.map(check(wildcard, null, addresses))).toEqual([true, true, true, true]);
    expect(asked.map(check('127.0.0.1', null, addresses))).toEqual([false, false, false, false]);
    expect(check('0.0.0.0', null, addresses)('192.168.1.6')).toBe(false);
    expect(['0.0.0.0', '::', '0', '::0', '127.0.0.1', 'name'].map(isAnyAddress)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test('never when it only looks like one', () => {
    const isOurs = check('pulse.lan', 'https://pulse.example.ru', ['192.168.1.5']);
    for (const name of [
      'evil.example',
      'localhost.evil.example',
      'notlocalhost',
      '127.0.0.1.evil.example',
      '128.0.0.1',
      'pulse.example.ru.evil.example',
      'xpulse.example.ru',
      '192.168.1.5',
      '[::2]',
      '',
    ])
      expect([name, isOurs(name)]).toEqual([name, false]);
  });

  test('follows the addresses of the machine as they change, read now and then', () => {
    let now = 0;
    let reads = 0;
    let addresses = ['10.0.0.1'];
    const isOwn = ownHostCheck({
      host: '::',
      publicUrl: null,
      addresses: () => {
        reads += 1;
        return addresses;
      },
      time: () => now,
    });
    expect([isOwn('10.0.0.1'), isOwn('10.0.0.2')]).toEqual([true, false]);
    addresses = ['10.0.0.2'];
    expect([isOwn('10.0.0.1'), reads]).toEqual([true, 1]);
    now += 5_000;
    expect([isOwn('10.0.0.2'), isOwn('10.0.0.1'), reads]).toEqual([true, false, 2]);
  });

  test('reads the addresses of this machine itself', () => {
    expect(ownHostCheck({ host: '0.0.0.0', publicUrl: null })('203.0.113.77')).toBe(false);
  });
});
