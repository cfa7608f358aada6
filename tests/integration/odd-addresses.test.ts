import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { takesLong } from '../helpers/takes-long.ts';
import type { Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts the program');

let product: Product;
let origin: string;
let administrator: Visitor;
beforeAll(async () => {
  product = openProduct();
  ({ origin, administrator } = await product.startClaimed());
});
afterAll(async () => {
  await product.close();
});

/** Asks with any headers, `Host` among them, which `fetch` does not let one say. */
async function ask(path: string, headers: Record<string, string> = {}) {
  return await new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const cookie = [headers['cookie'], administrator.cookie()].filter(Boolean).join('; ');
      const sent = request(`${origin}${path}`, { headers: { ...headers, cookie } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.once('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        );
      });
      sent.once('error', reject);
      sent.end();
    },
  );
}

describe('an address', () => {
  const bytesOf = (headers: Record<string, unknown>): number =>
    Object.entries(headers).reduce((sum, [name, value]) => sum + `${name}: ${String(value)}\r\n`.length, 0);
  const nobody = { cookie: 'profpulse-session=nobody' };
  const askAsNobody = async (path: string) => {
    const response = await fetch(new URL(path, origin), { redirect: 'manual', headers: nobody });
    return { status: response.status, headers: Object.fromEntries(response.headers) };
  };

  test('that is long leads to the login with its page alone, in small headers', async () => {
    const short = await askAsNobody('/silent?search=%22%22');
    expect(short.headers['location']).toBe('/login?to=%2Fsilent%3Fsearch%3D%2522%2522');
    const long = await askAsNobody(`/silent?search=${'%22'.repeat(3900)}`);
    expect([long.status, long.headers['location']]).toEqual([303, '/login?to=%2Fsilent']);
    const path = await askAsNobody(`/organisations/${'%22'.repeat(3900)}`);
    expect([path.status, path.headers['location']]).toEqual([303, '/login']);
    for (const { headers } of [long, path]) expect(bytesOf(headers)).toBeLessThan(6_000);
  });

  test('that is long leads a signed-in reader on in small headers', async () => {
    for (const path of [
      `/login?to=/silent%3Fsearch%3D${'"'.repeat(3_800)}`,
      `/login?to=/${'"'.repeat(3_800)}`,
      `/login?to=/silent%3Fsearch%3D${'%2522'.repeat(2200)}`,
      `/silent/?search=${'"'.repeat(3_900)}`,
    ]) {
      const { status, headers } = await ask(path);
      expect([path.slice(0, 30), status]).toEqual([path.slice(0, 30), path.startsWith('/login') ? 303 : 308]);
      expect(bytesOf(headers)).toBeLessThan(16 * 1024);
    }
  });

  test('above 12,000 bytes is refused in a sentence, whoever asks', async () => {
    const long = 'x'.repeat(12_000);
    const page = await ask(`/ranking?search=${long}`, { cookie: 'lang=ru' });
    expect([page.status, page.body]).toEqual([
      414,
      expect.stringContaining('Адрес страницы слишком длинный, ничего не сделано.') as string,
    ]);
    const list = await ask(`/api/v1/leaderboard?search=${long}`);
    expect([list.status, JSON.parse(list.body)]).toMatchObject([
      414,
      { title: 'The address is too long', status: 414 },
    ]);
  });

  test('with a name that the kit keeps for itself is refused in a sentence', async () => {
    const page = await ask('/ranking?x-sveltekit-odd=1', { cookie: 'lang=ru' });
    expect([page.status, page.body]).toEqual([
      400,
      expect.stringContaining('имя которого начинается с x-sveltekit-') as string,
    ]);
    expect((await ask('/api/v1/leaderboard?x-sveltekit-odd=1')).headers['content-type']).toBe(
      'application/problem+json',
    );
    expect((await ask('/ranking/__data.json?x-sveltekit-invalidated=11')).status).toBe(200);
    expect((await ask('/ranking/__data.json?x-sveltekit-odd=11')).status).toBe(400);
  });
});
