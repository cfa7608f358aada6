import { setTimeout as delay } from 'node:timers/promises';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { compressAnswer, tinyAnswer } from './compression.ts';

const text = 'Публикации членских организаций. '.repeat(400);
const ask = (accepts: string | null, method = 'GET'): Request =>
  new Request('http://127.0.0.1/', {
    method,
    headers: accepts === null ? {} : { 'accept-encoding': accepts },
  });
const page = (headers: Record<string, string> = {}, body: BodyInit | null = text, status = 200): Response =>
  new Response(body, { status, headers: { 'content-type': 'text/html', etag: '"a1"', ...headers } });
/** Headers of an answer that does not know its length, and of one that does. */
const known = (length: string): Record<string, string>[] => [{}, { 'content-length': length }];
const bytesOf = async (answer: Response): Promise<Buffer> => Buffer.from(await answer.arrayBuffer());
const codingOf = (answer: Response): string | null => answer.headers.get('content-encoding');

describe('an answer that shrinks', () => {
  test('comes by the coding that is asked for, with a tag of its own and without the length it had', async () => {
    const length = { 'content-length': String(Buffer.byteLength(text)) };
    const small = await compressAnswer(ask('gzip, br'), page({ ...length, 'x-kept': 'yes' }));
    expect(Object.fromEntries(small.headers)).toEqual({
      'content-type': 'text/html',
      'content-encoding': 'br',
      etag: '"a1-br"',
      vary: 'Accept-Encoding',
      'x-kept': 'yes',
    });
    expect(brotliDecompressSync(await bytesOf(small)).toString()).toBe(text);
    const other = await compressAnswer(ask('gzip'), page(length));
    expect(other.headers.get('etag')).toBe('"a1-gzip"');
    const body = await bytesOf(other);
    expect(body.length).toBeLessThan(text.length / 10);
    expect(gunzipSync(body).toString()).toBe(text);
  });

  test('keeps its status, its cookies and what it varies by', async () => {
    const missing = page({ vary: 'Cookie' }, text, 404);
    missing.headers.append('set-cookie', 'lang=ru');
    missing.headers.append('set-cookie', 'theme=dark');
    const answer = await compressAnswer(ask('br'), missing);
    expect([answer.status, answer.headers.get('vary'), answer.headers.getSetCookie()]).toEqual([
      404,
      'Cookie, Accept-Encoding',
      ['lang=ru', 'theme=dark'],
    ]);
    const twice = await compressAnswer(ask('br'), page({ vary: 'accept-encoding' }));
    expect(twice.headers.get('vary')).toBe('accept-encoding');
  });

  test('goes out as it is to who does not ask, and says that it varies', async () => {
    for (const accepts of [null, 'identity', 'br;q=0', 'zstd']) {
      const answer = await compressAnswer(ask(accepts), page());
      expect([codingOf(answer), answer.headers.get('vary'), answer.headers.get('etag')]).toEqual([
        null,
        'Accept-Encoding',
        '"a1"',
      ]);
      expect(await answer.text()).toBe(text);
    }
  });

  test('has the same headers when only they are asked for', async () => {
    for (const headers of known('13200')) {
      const whole = await compressAnswer(ask('br'), page(headers));
      const head = await compressAnswer(ask('br', 'HEAD'), page(headers));
      expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(whole.headers));
      expect((await bytesOf(head)).length).toBe(0);
      await whole.body?.cancel();
    }
  });
});

test.each([
  'text/csv; charset=utf-8',
  'application/json',
  'application/problem+json',
  'text/sveltekit-data',
  'image/svg+xml',
  'Application/JavaScript',
])('%s is compressed', async (type) => {
  expect(codingOf(await compressAnswer(ask('br'), page({ 'content-type': type })))).toBe('br');
});

test.each([
  ['a picture', { 'content-type': 'image/png' }, 200],
  ['a workbook', { 'content-type': 'application/vnd.openxmlformats-officedocument' }, 200],
  ['a font', { 'content-type': 'font/woff2' }, 200],
  ['an event stream', { 'content-type': 'text/event-stream' }, 200],
  ['a part of a file', { 'content-range': 'bytes 0-9/100' }, 206],
  ['what is coded already', { 'content-encoding': 'gzip' }, 200],
  ['what must not be changed', { 'cache-control': 'public, no-transform' }, 200],
])('%s is left alone', async (_, headers, status) => {
  const original = page(headers, text, status);
  expect(await compressAnswer(ask('br'), original)).toBe(original);
});

test.each([
  [{ 'sec-fetch-site': 'cross-site' }, null],
  [{ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }, null],
  [{ 'sec-fetch-site': 'cross-site', 'sec-fetch-user': '?1' }, 'br'],
  [{ 'sec-fetch-site': 'same-origin' }, 'br'],
  [{ 'sec-fetch-site': 'none' }, 'br'],
])('asked with %j it is coded by %j: a foreign page learns nothing from lengths', async (headers, coding) => {
  const request = new Request('http://127.0.0.1/', { headers: { 'accept-encoding': 'br', ...headers } });
  expect(request.headers.get('sec-fetch-site')).toBe(headers['sec-fetch-site']);
  expect(codingOf(await compressAnswer(request, page()))).toBe(coding);
});

test('an answer without a body is left alone', async () => {
  const nothing = page({}, null, 304);
  expect(await compressAnswer(ask('br'), nothing)).toBe(nothing);
});

describe('a tiny answer', () => {
  const tiny = 'x'.repeat(tinyAnswer - 1);

  test('goes out as it is, whether it says its length or not', async () => {
    for (const headers of known(String(tiny.length))) {
      const answer = await compressAnswer(ask('br'), page(headers, tiny));
      expect([codingOf(answer), answer.headers.get('etag'), await answer.text()]).toEqual([
        null,
        '"a1"',
        tiny,
      ]);
    }
    const nothing = await compressAnswer(ask('br'), page({}, ''));
    expect([codingOf(nothing), await nothing.text()]).toEqual([null, '']);
    expect(codingOf(await compressAnswer(ask('br'), page({}, `${tiny}x`)))).toBe('br');
  });

  test('is compressed for who does not take it as it is', async () => {
    const answer = await compressAnswer(ask('gzip, identity;q=0'), page({}, 'short'));
    expect(gunzipSync(await bytesOf(answer)).toString()).toBe('short');
  });
});

describe('a stream', () => {
  const encoder = new TextEncoder();

  test('is passed on part by part, each as soon as it comes', async () => {
    let source: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (source = controller) });
    source?.enqueue(encoder.encode('first '));
    const answer = await compressAnswer(ask('gzip'), page({}, body));
    const reader = answer.body?.pipeThrough(new DecompressionStream('gzip')).getReader();
    const read = async (): Promise<string> => Buffer.from((await reader?.read())?.value ?? []).toString();
    expect(await read()).toBe('first ');
    source?.enqueue(encoder.encode('second'));
    expect(await read()).toBe('second');
    source?.close();
    expect(await read()).toBe('');
  });

  test('that its reader leaves is ended at its source', async () => {
    const left = Promise.withResolvers<unknown>();
    const body = new ReadableStream<Uint8Array>({
      pull: async (controller) => {
        await delay(1);
        controller.enqueue(encoder.encode(text));
      },
      cancel: left.resolve,
    });
    const answer = await compressAnswer(ask('br'), page({}, body));
    const reader = answer.body?.getReader();
    await reader?.read();
    await reader?.cancel('gone');
    await left.promise;
  });

  test('that breaks off breaks off for its reader too, and does not end as if it were whole', async () => {
    let parts = 0;
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        parts += 1;
        if (parts < 3) controller.enqueue(encoder.encode(text));
        else controller.error(new Error('The store went away.'));
      },
    });
    const answer = await compressAnswer(ask('br'), page({}, body));
    await expect(answer.arrayBuffer()).rejects.toThrow();
    const atOnce = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new Error('The store went away.')),
    });
    await expect(compressAnswer(ask('br'), page({}, atOnce))).rejects.toThrow('The store went away.');
  });
});
