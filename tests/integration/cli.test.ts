import { existsSync, mkdirSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commandSocketPath } from '#cli/command-socket.ts';
import { systemClock } from '#domain/clock.ts';
import { holdDataDirectory } from '#schema/data-directory.ts';
import { createSimulation } from '#simulator/index.ts';
import { openProduct, type Product } from './product.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts commands');

let product: Product;
beforeEach(() => {
  product = openProduct();
});
afterEach(async () => {
  await product.close();
});

const register = 'organisation,level,members,vk\nФедерация,федерация,1000,club1\nОбком,,500,@obkom\n';

describe('import and export', () => {
  test('say what would change, do it once, and give it back', async () => {
    const path = product.file('register.csv', register);
    const dry = await product.command(['import', path, '--dry-run']);
    expect(dry.output).toContain('+ Обком: https://vk.com/obkom');
    expect(dry.output).toContain('Dry run, nothing was written. It would be: organisations 2 added');
    expect(dry.code).toBe(0);

    const done = await product.command(['import', path], { LOCALE: 'ru' });
    expect(done.output).toContain(
      'Готово: организаций добавлено 2, изменено 0, без изменений 0; страниц добавлено 2, перенесено 0.',
    );
    const changed = product.file(
      'changed.csv',
      'организация,членов,отрасль,что-то\nОбком,600,образование,1\n',
    );
    const again = await product.command(['import', changed]);
    expect(again.output).toMatch(
      /~ Обком\n {4}отрасль: \(nothing\) → "образование"\n {4}членов: "500 \(.*\)" → "600 \(/,
    );
    expect(again.output).toContain('Columns not understood and not read: «что-то»');
    const exported = await product.command(['export']);
    expect(exported.output).toContain('Обком,,,branch,образование,,,600,');
    expect(exported.code).toBe(0);
  });

  test('a bad file is refused with line and column, and taken without its bad rows when asked to', async () => {
    const path = product.file('bad.csv', `${register}Горком,,many,\n`);
    const refused = await product.command(['import', path]);
    expect(refused.output).toContain('line 4, column "members": "many" is not a whole number of members');
    expect(refused.output).toContain(
      'bad.csv (CSV, UTF-8, separated by commas): 1 problem. Nothing was taken.',
    );
    const russian = await product.command(['import', path], { LOCALE: 'ru' });
    expect(russian.output).toContain(
      'bad.csv (CSV, кодировка UTF-8, разделитель — запятая): 1 ошибка. Ничего не принято.',
    );
    expect(refused.code).toBe(1);
    expect((await product.command(['export'])).output.trim().split('\n')).toHaveLength(1);
    const skipped = await product.command(['import', path, '--skip-bad']);
    expect(skipped.output).toContain('1 problem, left out: 1 row.');
    expect(skipped.output).toContain('organisations 2 added');
    expect(skipped.code).toBe(0);
  });

  test('a file that is not there is named', async () => {
    const { code, output } = await product.command(['import', join(product.directory, 'none.csv')]);
    expect(output).toMatch(/^The file .*none\.csv cannot be read: there is no such file\.\n$/);
    expect(code).toBe(2);
    const directory = await product.command(['import', '/tmp']);
    expect(directory.output).toContain('it is a directory');
  });
});

describe('what cannot be understood ends with one clear line and 2', () => {
  test.each([
    [['colect'], /unknown command 'colect'/],
    [['collect', '--slot', 'soon'], /--slot wants a time like 2026-03-02T09:00/],
    [['collect', '--page', 'https://vk.com/nobody'], /https:\/\/vk\.com\/nobody is not in the register/],
    [['collect', '--page', 'hello world'], /Understood forms: https:\/\/vk\.com\/name/],
    [['leaderboard', '--from', '2026-01-01'], /required option '--to <day>'/],
    [
      ['leaderboard', '--from', '2026-02-01', '--to', '2026-01-01'],
      /--from 2026-02-01 is after --to 2026-01-01/,
    ],
    [['leaderboard', '--from', 'x', '--to', '2026-01-01'], /--from wants a day/],
    [
      ['leaderboard', '--from', '2026-02-30', '--to', '2026-03-01'],
      /--from: got "2026-02-30", and the calendar has no such day/,
    ],
    [
      ['leaderboard', '--from', '2026-01-01', '--to', '2026-01-31', '--format', 'xml'],
      /Allowed choices are json, csv/,
    ],
  ])('%j', async (parameters, said) => {
    const { code, output } = await product.command(parameters);
    expect(output).toMatch(said);
    expect(output).not.toContain('    at ');
    expect(code).toBe(2);
  });

  test('a wrong setting, with its secret hidden', async () => {
    const { code, output } = await product.command(['export'], {
      PORT: 'many',
      ENCRYPTION_KEY: 'top-secret',
    });
    expect(output).toMatch(/PORT: got "many", wanted /);
    expect(output).toContain('ENCRYPTION_KEY: got ');
    expect(output).not.toContain('top-secret');
    expect(code).toBe(2);
    expect(existsSync(product.directory)).toBe(false);
  });
});

test('a data directory that another process has is said, with who has it', async () => {
  const hold = holdDataDirectory(product.directory, { command: 'profpulse backup' });
  const { code, output } = await product.command(['export']);
  expect(output).toContain(`is in use by process ${process.pid} (profpulse backup, since `);
  expect(code).toBe(1);
  hold.release();
});

test('a collection ends with 0 when every page has its outcome, and the ranking follows', async () => {
  const simulation = createSimulation({
    seed: 5,
    anchor: new Date(systemClock.now().getTime() - 3_600_000),
    size: { organisations: 4 },
  });
  simulation.clock.set(systemClock.now());
  const tokens = [{ token: 'simulator-service-key', kind: 'service' as const, requestsPerSecond: 200 }];
  const vk = await simulation.serveVk({ tokens });
  const settings = { VK_TOKENS: 'simulator-service-key', VK_API_URL: vk.url, VK_RPS: '100' };
  await product.command(['import', product.file('register.csv', simulation.registerCsv())]);
  // A slot of some minutes ago, so that it can be named again.
  const slot = `${new Date(systemClock.now().getTime() - 5 * 60_000).toISOString().slice(0, 16)}Z`;
  const collected = await product.command(['collect', '--slot', slot], settings);
  expect(collected.output).toMatch(/^Collection of \d{4}-\d\d-\d\d, \d\d:\d\d: \d+ pages?; \d+ read/m);
  expect(collected.output).not.toMatch(/\d:\d\d[\d:.]*Z/);
  expect(collected.code).toBe(0);
  const summary = /^Collection of .*$/m.exec(collected.output)?.[0] ?? 'nothing';
  const replayed = await product.command(['collect', '--slot', slot], settings);
  expect(replayed.output).toContain(summary);

  const csv = await product.command([
    'leaderboard',
    '--from',
    '2026-01-01',
    '--to',
    '2026-12-31',
    '--format',
    'csv',
  ]);
  expect(csv.output.split('\n')[0]).toMatch(
    /^league,place,placeTo,placeOf,movement,organisationId,organisation,/,
  );
  const json = await product.command(['leaderboard', '--from', '2026-01-01', '--to', '2026-12-31']);
  expect((JSON.parse(json.output) as { data: unknown[] }).data).toHaveLength(4);

  const verified = await product.command(['rollups', 'verify']);
  expect(verified).toEqual({ code: 0, output: 'The rollups agree with the posts.\n' });
  const doctor = await product.command(['doctor'], settings);
  expect(doctor.output).toContain('✓ VK: key 1 works');
  expect(doctor.code).toBe(0);
  const refused = await product.command(['doctor'], { ...settings, VK_TOKENS: 'wrong-key' });
  expect(refused.output).toMatch(/✗ VK: key 1 is refused \(5 .*\)\. Copy/);
  expect(refused.output).not.toContain('wrong-key');
  expect(refused.code).toBe(1);
  await vk.close();
  const silent = await product.command(['doctor'], settings);
  expect(silent.output).toMatch(/✗ VK: 127\.0\.0\.1:\d+ does not answer \(.*\)\. Look after the network/);
});

test('a reader who leaves early, as head does, ends a command without an outcry', async () => {
  const doctor = product.launch('cli/profpulse.ts', undefined, ['doctor']);
  doctor.child.stdout?.destroy();
  expect(await doctor.ended).toBe(130);
  expect(doctor.output()).not.toContain('EPIPE');
});

describe('a socket that is there', () => {
  test('and leads to nobody is passed over', async () => {
    mkdirSync(product.directory, { recursive: true });
    const socket = commandSocketPath(product.directory);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    // Closing the descriptor without taking the file away, as a killed process does, is not offered: a file does too.
    await new Promise((resolve) => server.close(resolve));
    product.file('data/profpulse.sock', '');
    expect(statSync(socket).isFile()).toBe(true);
    const path = product.file('register.csv', register);
    expect((await product.command(['import', path, '--dry-run'])).code).toBe(0);
  });

  test('and whose process ends in the middle says so', async () => {
    mkdirSync(product.directory, { recursive: true });
    const server = createServer((request, response) => {
      response.write('{"out":"begun"}\n', () => request.socket.destroy());
    });
    await new Promise<void>((resolve) => server.listen(commandSocketPath(product.directory), resolve));
    const { code, output } = await product.command(['export']);
    expect(output).toContain('begun\n');
    expect(output).toContain('The running ProfPulse ended before the command did.');
    expect(code).toBe(1);
    await new Promise((resolve) => server.close(resolve));
  });
});

test('a path too long for a socket gets one elsewhere, the same each time', () => {
  const long = `/tmp/${'deep/'.repeat(30)}`;
  const socket = commandSocketPath(long);
  expect(Buffer.byteLength(socket)).toBeLessThan(100);
  expect(commandSocketPath(long)).toBe(socket);
  expect(commandSocketPath('/tmp/data')).toBe('/tmp/data/profpulse.sock');
});
