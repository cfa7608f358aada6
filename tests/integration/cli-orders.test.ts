import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { commandSocketPath } from '#cli/command-socket.ts';
import { root } from '../steps.ts';
import { openProduct, type Product } from './product.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts commands, and ends them');

let product: Product;
beforeEach(() => {
  product = openProduct();
});
afterEach(async () => {
  await product.close();
});

const register = 'organisation,vk\nОбком,club5\nГорком,club6\nРайком,club7\n';

describe('a command without the two dashes that npm wants', () => {
  /** `npm run profpulse ...`, as somebody types it. */
  const npm = async (...words: string[]) =>
    await new Promise<{ code: number; output: string }>((resolve) => {
      const env = {
        ...process.env,
        DATA_DIR: product.directory,
        VK_TOKENS: '',
        LOCALE: 'en',
        npm_config_color: 'false',
      };
      execFile('npm', ['run', 'profpulse', ...words], { cwd: root, env }, (error, out, err) => {
        resolve({ code: error ? Number(error.code) : 0, output: out + err });
      });
    });

  test('is refused, and nothing is opened', async () => {
    const path = product.file('register.csv', register);
    const { code, output } = await npm('import', path, '--dry-run');
    expect(output).toContain('npm kept --dry-run for itself, and nothing was done.');
    expect(output).toContain(`\n  npm run profpulse -- import ${path} --dry-run\n`);
    expect(code).toBe(2);
    expect(existsSync(product.directory)).toBe(false);
    const tried = await npm('--', 'import', path, '--dry-run');
    expect([tried.code, tried.output]).toEqual([0, expect.stringContaining('Dry run, nothing was written.')]);
  });
});

test(
  'an export goes into a file, whole and alone; pages without a key are named',
  { timeout: 300_000 },
  async () => {
    const path = product.file('register.csv', register);
    await product.command(['import', path]);
    const file = join(dirname(path), 'export.csv');
    expect(await product.command(['export', '--output', file])).toEqual({
      code: 0,
      output: `Written to ${file}: 3 rows.\n`,
    });
    expect(readFileSync(file, 'utf8')).toBe((await product.command(['export'])).output);
    const again = await product.command(['import', file]);
    expect(again.output).toContain('organisations 0 added, 0 changed, 3 unchanged');
    const days = ['--from', '2026-01-01', '--to', '2026-01-31', '--format', 'csv'];
    const written = await product.command(['leaderboard', ...days, '--output', file]);
    expect(written.output).toBe(`Written to ${file}: 3 rows.\n`);
    expect(readFileSync(file, 'utf8')).toMatch(/^league,place,/);

    const nowhere = await product.command(['export', '--output', join(product.directory, 'none', 'e.csv')]);
    expect(nowhere.output).toContain('cannot be written: there is no such directory.');
    expect(nowhere.code).toBe(2);

    // There is no key of VK: what is not read for that is named, with the one cause.
    const cause = 'no key of VK is set (VK_TOKENS). README.md says how to get one.\n';
    const left = expect.stringContaining(`Not read: 3 VK pages: ${cause}`) as string;
    expect(await product.command(['collect'])).toEqual({ code: 1, output: left });
    expect(await product.command(['repair'])).toEqual({ code: 1, output: left });
    expect(await product.command(['collect', '--page', 'vk.com/club5'], { LOCALE: 'ru' })).toEqual({
      code: 2,
      output:
        'Страницу https://vk.com/club5 не прочитать: не задан ключ ВКонтакте (VK_TOKENS). Как получить ключ, написано в README.ru.md.\n',
    });
  },
);

describe('a start', () => {
  test.each([
    ['server.ts', 'npm start'],
    ['cli/demo.ts', 'npm run demo'],
    ['cli/dev.ts', 'npm run dev'],
  ])('%s says what it does when asked for help, and takes no other word', async (file, command) => {
    const asked = product.launch(file, {}, ['--help']);
    expect(await asked.ended).toBe(0);
    expect(asked.output()).toMatch(new RegExp(`^Usage: ${command}\n`));
    const wrong = product.launch(file, {}, ['--port', '8080']);
    expect(await wrong.ended).toBe(2);
    expect(wrong.output()).toContain(`${command} takes no arguments, and got "--port".`);
    expect(existsSync(product.directory)).toBe(false);
  });

  test('with a schedule that never comes is refused, by doctor too', async () => {
    const settings = { COLLECT_CRON: '0 0 31 2 *' };
    const said = 'COLLECT_CRON: got "0 0 31 2 *", wanted a schedule that comes at least once in five years';
    const server = product.launch('server.ts', settings);
    expect(await server.ended).toBe(2);
    expect(server.output()).toContain(said);
    const doctor = await product.command(['doctor'], settings);
    expect([doctor.code, doctor.output]).toEqual([2, expect.stringContaining(said)]);
    expect(existsSync(product.directory)).toBe(false);
  });
});

describe('a data directory that cannot be used is named, and nothing hangs', () => {
  test.each(['/proc/profpulse', '/dev/null', '/proc'])('%s', async (directory) => {
    const settings = { DATA_DIR: directory };
    const said = `DATA_DIR (${directory}) cannot be used: `;
    const server = product.launch('server.ts', settings);
    expect(await server.ended).toBe(2);
    expect(server.output()).toContain(said);
    const demo = product.launch('cli/demo.ts', settings);
    expect(await demo.ended).toBe(2);
    expect(demo.output()).toContain(said);
    // These make nothing: where no data are they say that, and what is no directory they cannot look into.
    const [code, seen] =
      directory === '/dev/null'
        ? [2, said]
        : [1, directory === '/proc' ? 'has no operations.sqlite' : `There is no data directory ${directory}`];
    const exported = await product.command(['export'], settings);
    expect([exported.code, exported.output]).toEqual([code, expect.stringContaining(seen)]);
    const doctor = await product.command(['doctor'], settings);
    expect([doctor.code, doctor.output]).toEqual([1, expect.stringMatching(/^✗ /m)]);
    expect(doctor.output).toContain(seen);
  });
});

describe('a collection that a signal ends', () => {
  /** VK that takes a question and does not answer it: whoever asks waits. */
  async function openSilentVk(): Promise<{ url: string; asked: Promise<void>; close(): Promise<void> }> {
    const asked = Promise.withResolvers<undefined>();
    const server = createServer(() => asked.resolve(undefined));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return {
      url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/method`,
      asked: asked.promise.then(() => undefined),
      close: async () => {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  }

  /** One register for all: what was interrupted is no hindrance to the next collection. */
  let registered: Product;
  beforeAll(async () => {
    registered = openProduct();
    await registered.command(['import', registered.file('register.csv', register)]);
  });
  afterAll(async () => {
    await registered.close();
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('%s: it says so, and ends with 130', async (signal) => {
    const vk = await openSilentVk();
    const settings = { VK_TOKENS: 'service-key', VK_API_URL: vk.url };
    const collecting = registered.launch('cli/profpulse.ts', settings, ['collect']);
    await vk.asked;
    collecting.child.kill(signal);
    // What was asked is waited for: now there is an end of it.
    await vk.close();
    expect(await collecting.ended).toBe(130);
    expect(collecting.output()).toContain('The collection was interrupted. What was read is kept');
  });

  test('that was handed to another process ends with 130 as well', async () => {
    mkdirSync(product.directory, { recursive: true });
    const server = createServer((_request, response) => void response.write('{"err":"begun"}\n'));
    await new Promise<void>((resolve) => server.listen(commandSocketPath(product.directory), resolve));
    const collecting = product.launch('cli/profpulse.ts', {}, ['collect']);
    await collecting.says(/begun/);
    collecting.child.kill('SIGTERM');
    expect(await collecting.ended).toBe(130);
    expect(collecting.output()).toBe('begun\nInterrupted.\n');
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
});
