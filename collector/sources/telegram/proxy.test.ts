import { expect, test } from 'vitest';
import { parseProxy } from './proxy.ts';

test('a SOCKS proxy, with who asks or without', () => {
  const common = { ip: '127.0.0.1', port: 1080, socksType: 5, timeout: 15 };
  expect(parseProxy('socks5://127.0.0.1:1080', 15)).toEqual(common);
  expect(parseProxy('socks5://ivan:p%40ss@127.0.0.1:1080', 15)).toEqual({
    ...common,
    username: 'ivan',
    password: 'p@ss',
  });
  expect(parseProxy('socks5://proxy.example.ru:80', 15)).toMatchObject({ ip: 'proxy.example.ru', port: 80 });
});

test('an MTProto proxy with a plain or dd secret', () => {
  const secret = '0123456789abcdef0123456789ABCDEF';
  expect(parseProxy(`mtproxy://proxy.example:443/${secret}`, 15)).toEqual({
    ip: 'proxy.example',
    port: 443,
    MTProxy: true,
    secret: secret.toLowerCase(),
  });
  expect(parseProxy(`mtproxy://proxy.example:443/dd${secret}`, 15)).toMatchObject({
    secret: `dd${secret.toLowerCase()}`,
  });
});

test.each(['socks5://host', 'socks5://host:99999', 'socks5://:1080'])('%s is none', (text) => {
  expect(() => parseProxy(text, 15)).toThrow(/TELEGRAM_PROXY/);
});
