import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { quantile, readAtOnce, slopeOf } from './readers.ts';

test('readers ask side by side, and what fails is counted', async () => {
  let [now, most] = [0, 0];
  const server = createServer((request, response) => {
    most = Math.max(most, (now += 1));
    setTimeout(() => {
      now -= 1;
      response.writeHead(request.url === '/3' ? 500 : 200).end('x');
    }, 20);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const readings = await readAtOnce({ origin, pathOf: (request) => `/${request}`, readers: 5, seconds: 0.2 });
  expect([most, readings.failed]).toEqual([5, 1]);
  expect(readings.times.length).toBeGreaterThanOrEqual(5);
  expect(Math.min(...readings.times)).toBeGreaterThan(10);
  server.close();
  const gone = await readAtOnce({ origin, pathOf: () => '/', readers: 1, seconds: 0.01 });
  expect(gone.failed).toBe(gone.times.length);
});

test('figures of many', () => {
  expect(quantile([3, 1, 2], 0.5)).toBe(2);
  expect(quantile([3, 1, 2], 0.99)).toBe(3);
  expect(quantile([], 0.5)).toBe(Infinity);
  const points = [0, 1, 2, 3].map((x) => ({ x, y: 500 + 2 * x }));
  expect(slopeOf(points)).toBeCloseTo(2);
  expect(slopeOf(points.slice(0, 1))).toBe(0);
});
