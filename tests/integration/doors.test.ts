import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Running } from '../e2e/processes.ts';
import type { Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from './product.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it starts the program, and ends it under requests');

let product: Product;
let server: Running;
let origin: string;
let administrator: Visitor;
beforeAll(async () => {
  product = openProduct();
  ({ process: server, origin, administrator } = await product.startClaimed());
});
afterAll(async () => {
  await product.close();
});

interface Asked {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Asks with any headers, `Host` among them, which `fetch` does not let one say. */
async function ask(path: string, { method = 'GET', headers = {}, body }: Asked = {}) {
  return await new Promise<{ status: number; headers: Record<string, unknown>; body: string }>(
    (resolve, reject) => {
      const cookie = [headers['cookie'], administrator.cookie()].filter(Boolean).join('; ');
      const sent = request(`${origin}${path}`, { method, headers: { ...headers, cookie } }, (answer) => {
        let text = '';
        answer.setEncoding('utf8').on('data', (part: string) => (text += part));
        answer.once('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }),
        );
      });
      sent.once('error', reject);
      sent.end(body);
    },
  );
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const post = async (body: string, headers: Record<string, string> = {}) =>
  await ask('/silent?/close', {
    method: 'POST',
    body,
    headers: { ...form, accept: 'text/html', origin, ...headers },
  });

test('a page led here by a foreign name reads nothing, and passes no form', async () => {
  const host = `evil.example:${new URL(origin).port}`;
  for (const path of ['/', '/silent', '/api/v1/posts', '/_app/version.json', '/no-such-page'])
    expect([path, (await ask(path, { headers: { host } })).status]).toEqual([path, 421]);
  expect((await post('page=1', { host, origin: `http://${host}` })).status).toBe(421);
  // The name is right, and the form comes from elsewhere.
  const foreign = await post('page=1', { origin: 'http://evil.example', cookie: 'lang=ru' });
  expect([foreign.status, foreign.body]).toEqual([
    403,
    expect.stringContaining('Форма отправлена не с той страницы') as string,
  ]);
  expect((await ask('/readyz', { headers: { host: '10.9.8.7' } })).status).toBe(200);
  const wrongPage = await post('page=1');
  expect([wrongPage.status, wrongPage.body.includes('<h1')]).toEqual([400, true]);
});

describe('what is sent', () => {
  const many = Array.from({ length: 60_000 }, (_, index) => `f${index}=`).join('&');

  test('a form of 60,000 fields is refused with a sentence, in both ways of sending it', async () => {
    expect(many.length).toBeLessThan(512 * 1024);
    const refused = await post(many, { cookie: 'lang=ru' });
    expect(refused.status).toBe(413);
    expect(refused.body).toMatch(/В форме больше 2\D?000 полей, ничего не изменено/);
    const scripted = await post(many, { accept: 'application/json', cookie: 'lang=ru' });
    expect([scripted.status, JSON.parse(scripted.body)]).toMatchObject([
      413,
      {
        type: 'error',
        error: { message: expect.stringMatching(/В форме больше 2\D?000 полей/) as string },
      },
    ]);
    expect(refused.body).not.toMatch(/2\D?000 fields/);
  });

  test('a form larger than 1 MiB is refused with 413', async () => {
    const refused = await post(`note=${'x'.repeat(1100 * 1024)}`, { cookie: 'lang=en' });
    expect(refused.status).toBe(413);
  });

  test.each(['no parts', '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', '--B\r\n', ''])(
    'a malformed body (%j) is a fault of the request, and no error of ours',
    async (body) => {
      const headers = { 'content-type': 'multipart/form-data; boundary=B', cookie: 'lang=ru' };
      const refused = await post(body, headers);
      expect(refused.status).toBe(400);
      expect(refused.body).toContain('Форма пришла повреждённой, ничего не изменено.');
      expect(refused.body).not.toContain('arrived damaged');
      expect(server.output()).not.toContain('"level":50');
    },
  );

  test('an address with more parameters than any of ours is refused, for lists and for pages', async () => {
    const query = many.slice(0, 11_900);
    const list = await ask(`/api/v1/posts?${query}`, { headers: { cookie: 'lang=ru' } });
    expect([list.status, list.headers['content-type']]).toEqual([400, 'application/problem+json']);
    expect(JSON.parse(list.body)).toMatchObject({
      detail: 'The address has more than 500 parameters, and nothing was done.',
    });
    const page = await ask(`/ranking?${query}`, { headers: { cookie: 'lang=ru' } });
    expect([page.status, page.body]).toEqual([
      400,
      expect.stringMatching(/<html lang="ru">[\s\S]*В адресе больше 500 параметров/) as string,
    ]);
    expect(page.body).not.toContain('Обновите страницу через минуту');
    const headers = { ...form, cookie: 'lang=en', accept: 'text/html', origin };
    const sent = await ask(`/silent?${query}&/close`, { method: 'POST', body: 'page=1', headers });
    expect([sent.status, sent.body]).toEqual([
      400,
      expect.stringContaining('The address has more than 500 parameters') as string,
    ]);
  });

  test('a body to a list is not read: lists are only asked', async () => {
    const headers = { 'content-type': 'application/json' };
    const body = `[${'1,'.repeat(200_000)}1]`;
    const posted = await ask('/api/v1/posts', { method: 'POST', body, headers });
    expect([posted.status, posted.headers['content-type'], posted.headers.allow]).toEqual([
      405,
      'application/problem+json',
      'GET, HEAD',
    ]);
    expect(JSON.parse(posted.body)).toMatchObject({
      status: 405,
      detail: 'POST is not taken here; taken are GET, HEAD.',
    });
    expect((await ask('/api/v1/nothing', { method: 'POST', body, headers })).status).toBe(404);
  });
});

test('what an address does not take is refused in the language of the reader', async () => {
  const headers = { ...form, origin, accept: 'text/html', cookie: 'lang=ru' };
  for (const method of ['POST', 'PUT']) {
    const refused = await ask('/ranking', { method, body: 'a=1', headers });
    expect([method, refused.status, refused.body]).toEqual([
      method,
      405,
      expect.stringContaining('По этому адресу ничего отправить нельзя, ничего не изменено.') as string,
    ]);
  }
});

test('the sample of the register is in the language of the reader', async () => {
  const russian = await ask('/register-sample.csv', { headers: { cookie: 'lang=ru' } });
  expect(russian.body).toMatch(/^\ufeffОрганизация;Краткое название;/u);
  const english = await ask('/register-sample.csv', { headers: { cookie: 'lang=en' } });
  expect(english.body).toMatch(/^\ufefforganisation,short,/u);
});

test('files, what is not found and what is refused have the headers of pages', async () => {
  const page = await ask('/methodology');
  const script = /\/_app\/immutable\/[^"']+\.js/.exec(page.body)?.[0] ?? 'none';
  const alike = [
    'x-content-type-options',
    'referrer-policy',
    'x-frame-options',
    'permissions-policy',
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
  ];
  const policyOf = (headers: Record<string, unknown>): string =>
    String(headers['content-security-policy'])
      .replace(/(script-src 'self') 'sha256-[^']+'/, '$1')
      // The first are the icon's and the announcer's, on every answer; others are of the page's own sheet.
      .replace(/(style-src(?:-attr)? '(?:self|unsafe-hashes)' 'sha256-[^']+')(?: 'sha256-[^']+')+/g, '$1')
      .split('; ')
      .sort()
      .join('; ');
  for (const name of alike) expect(page.headers[name]).toBeTruthy();
  for (const [path, status] of [
    [script, 200],
    ['/favicon.svg', 200],
    ['/_app/immutable/none.js', 404],
    ['/_app/none', 404],
    ['/favicon.ico', 404],
    ['/no-such-page', 404],
    ['/%E0%A4%A', 400],
    ['/api/v1/posts', 200],
    ['/api/v1/none', 404],
    ['/healthz', 200],
    ['/register-sample.csv', 200],
  ] as const) {
    const { status: found, headers } = await ask(path);
    expect([path, found]).toEqual([path, status]);
    for (const name of alike) expect([path, name, headers[name]]).toEqual([path, name, page.headers[name]]);
    expect([path, policyOf(headers)]).toEqual([path, policyOf(page.headers)]);
  }
  expect(String(page.headers['content-security-policy'])).toMatch(/script-src 'self' 'sha256-/);
});

test('what is under way when it is asked to end is answered, by stores that are still open', async () => {
  const other = openProduct();
  const { process: shutdown, origin: there, administrator: own } = await other.startClaimed();
  const body = 'page=1&organisation=1';
  const headers = {
    ...form,
    accept: 'text/html',
    origin: there,
    'content-length': String(body.length),
    cookie: `lang=en; ${own.cookie()}`,
  };
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    const sent = request(`${there}/silent?/close`, { method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.once('error', reject);
    // The server has begun with the form once it has half of it, and it is asked to end meanwhile.
    sent.write(body.slice(0, 10), () => {
      shutdown.child.kill('SIGTERM');
      shutdown.says(/Ending\.\.\./).then(() => sent.end(body.slice(10)), reject);
    });
  });
  const { status, text } = await answer;
  // The page is not in the register: that is said by the stores, on the screen that they fill.
  expect([status, text.includes('</html>')]).toEqual([400, true]);
  expect(await shutdown.ended).toBe(0);
  expect(shutdown.output()).not.toContain('"level":50');
  await other.close();
});

describe('what shrinks is sent compressed', () => {
  const asked = async (path: string, accepts: string, method = 'GET') =>
    await ask(path, { method, headers: { 'accept-encoding': accepts } });

  test.each(['/methodology', '/start', '/no-such-page', '/api/v1/openapi.json'])(
    '%s, as it is asked for, and otherwise as it is',
    async (path) => {
      for (const [accepts, coding] of [
        ['gzip, deflate, br', 'br'],
        ['gzip, deflate', 'gzip'],
        ['br;q=0, gzip;q=0', undefined],
      ] as const) {
        const { headers } = await asked(path, accepts);
        expect([accepts, headers['content-encoding']]).toEqual([accepts, coding]);
        expect(headers.vary).toContain('Accept-Encoding');
      }
      const page = await (await administrator.get(path)).text();
      expect(page.length).toBeGreaterThan(1024);
      expect(page).toMatch(/^<!doctype html>|^\{"openapi"/i);
    },
  );

  test('a file of the build, which was compressed once', async () => {
    const page = await ask('/methodology');
    const script = /\/_app\/immutable\/entry\/app\.[^"']+\.js/.exec(page.body)?.[0] ?? 'none';
    const { headers } = await asked(script, 'gzip, br');
    expect(headers).toMatchObject({
      'content-encoding': 'br',
      vary: 'Accept-Encoding',
      'cache-control': 'public,max-age=31536000,immutable',
    });
    const tag = String(headers.etag);
    const again = await ask(script, { headers: { 'accept-encoding': 'br', 'if-none-match': tag } });
    expect([again.status, again.body]).toEqual([304, '']);
  });

  test('what is tiny goes out as it is', async () => {
    const { headers } = await asked('/readyz', 'br');
    expect([headers['content-encoding'], headers.vary]).toEqual([undefined, 'Accept-Encoding']);
  });

  test('the headers alone are those of the whole answer', async () => {
    const head = await asked('/api/v1/openapi.json', 'br', 'HEAD');
    const whole = await asked('/api/v1/openapi.json', 'br');
    for (const name of ['content-encoding', 'content-type', 'vary', 'etag', 'cache-control'])
      expect([name, head.headers[name]]).toEqual([name, whole.headers[name]]);
    expect(head.body).toBe('');
  });
});
