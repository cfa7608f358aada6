import { mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeDemoMark } from '#cli/demo-mark.ts';
import { systemClock } from '#domain/clock.ts';
import { createSimulation } from '#simulator/index.ts';
import { openProduct, type Product } from './product.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts the program, and commands beside it');

let product: Product;
beforeEach(() => {
  product = openProduct();
});
afterEach(async () => {
  await product.close();
});

test('an empty register is served, commands are handed over, and it ends in order', async () => {
  const { process: server, origin, administrator } = await product.startClaimed();
  expect(server.output()).toContain('Open to this computer only (HOST is not set).');
  expect(server.output()).toContain('VK_TOKENS is not set: pages of VK are not read.');
  expect((await administrator.get('/start')).status).toBe(200);
  expect(await (await fetch(`${origin}/healthz`)).json()).toMatchObject({ ok: true });
  expect((await fetch(`${origin}/readyz`)).status).toBe(200);

  const path = product.file('register.csv', 'organisation,vk\nОбком,club5\n');
  const imported = await product.command(['import', path]);
  expect(imported).toEqual({
    code: 0,
    output:
      '+ Обком: https://vk.com/club5\nDone: organisations 1 added, 0 changed, 0 unchanged; pages 1 added, 0 moved.\n',
  });
  const bad = await product.command(['import', product.file('bad.csv', 'organisation,members\nA,x\n')]);
  expect(bad.code).toBe(1);
  expect((await product.command(['export'])).output).toContain('Обком,,,branch');
  expect((await product.command(['doctor'])).output).toContain('Register: 1 organisation, 1 VK page, 0');
  const organisations = await administrator.get('/api/v1/organisations');
  expect(await organisations.json()).toMatchObject({ data: [{ name: 'Обком' }] });

  const second = product.launch('server.ts');
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain(`is in use by process ${server.child.pid} (npm start, since `);

  expect(await server.stop()).toBe(0);
  expect(server.output()).toContain('Ending...');
  await expect(fetch(origin)).rejects.toThrow();
  // The directory is free at once, and holds what was imported.
  expect((await product.command(['export'])).output).toContain('https://vk.com/club5');
});

test('it collects for a command while it runs, and goes on after it was killed', async () => {
  const anchor = new Date(systemClock.now().getTime() - 3_600_000);
  const simulation = createSimulation({ seed: 9, anchor, size: { organisations: 3 } });
  simulation.clock.set(systemClock.now());
  const tokens = [{ token: 'simulator-service-key', kind: 'service' as const, requestsPerSecond: 200 }];
  const vk = await simulation.serveVk({ tokens });
  const settings = { VK_TOKENS: 'simulator-service-key', VK_API_URL: vk.url, VK_RPS: '100' };
  const pages = simulation.registerCsv();

  const first = await product.startClaimed(settings);
  expect((await product.command(['import', product.file('register.csv', pages)])).code).toBe(0);
  // Pages just registered are read at once, not at the next slot.
  await expect
    .poll(async () => await (await first.administrator.get('/api/v1/runs')).json(), { timeout: 60_000 })
    .toMatchObject({ data: [{ finished: expect.any(String) as unknown }] });
  const collected = await product.command(['collect']);
  expect(collected.output).toMatch(/^Collection of [\d-]+, [\d:]+: \d+ pages; /m);
  expect(collected.code).toBe(0);
  const posts = await (await first.administrator.get('/api/v1/leaderboard')).json();
  expect(posts).toMatchObject({ data: expect.any(Array) as unknown });
  first.process.child.kill('SIGKILL');
  await first.process.ended;

  const second = await product.start(settings);
  expect((await product.command(['collect'])).code).toBe(0);
  expect((await product.command(['rollups', 'verify'])).output).toBe('The rollups agree with the posts.\n');
  const runs = (await (
    await fetch(`${second.origin}/api/v1/runs`, { headers: { cookie: first.administrator.cookie() } })
  ).json()) as {
    data: { finished: unknown }[];
  };
  expect(runs.data.length).toBeGreaterThanOrEqual(3);
  expect(await second.process.stop()).toBe(0);
  await vk.close();
});

test('a wrong setting ends it at once with 2, and no stack', async () => {
  const server = product.launch('server.ts', {
    COLLECT_CRON: 'often',
    TIMEZONE: 'Asia/Nowhere',
    VK_RPS: '-1',
  });
  expect(await server.ended).toBe(2);
  expect(server.output()).toMatch(/COLLECT_CRON: got "often", wanted /);
  expect(server.output()).toMatch(/TIMEZONE: got "Asia\/Nowhere", wanted /);
  expect(server.output()).toMatch(/VK_RPS: got "-1", wanted /);
  expect(server.output()).not.toContain('    at ');
});

test('a port in use is said before anything is built, opened or counted', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  for (const file of ['server.ts', 'cli/demo.ts']) {
    const directory = join(product.directory, '..', `${port}`);
    const server = product.launch(file, { PORT: String(port), DATA_DIR: directory });
    expect(await server.ended).toBe(1);
    expect(server.output().trim()).toBe(
      `Port ${port} on 127.0.0.1 is in use by another program. End it, or set PORT to another number.`,
    );
    expect(readdirSync(directory)).toEqual([]);
  }
  await new Promise((resolve) => other.close(resolve));
});

test('a demo’s directory is refused for real work, and the other way round', async () => {
  mkdirSync(product.directory, { recursive: true });
  writeDemoMark(product.directory, { seed: 1, anchor: new Date('2026-07-01T00:00:00Z') });
  const server = product.launch('server.ts');
  expect(await server.ended).toBe(1);
  expect(server.output()).toContain('holds the made-up data of a demo');
  const collected = await product.command(['collect']);
  expect(collected.output).toContain('its networks live in "npm run demo"');

  const real = openProduct();
  await real.command(['import', real.file('register.csv', 'organisation\nA\n')]);
  const demo = real.launch('cli/demo.ts');
  expect(await demo.ended).toBe(1);
  expect(demo.output()).toContain('holds data that are not a demo');
  await real.close();
});
