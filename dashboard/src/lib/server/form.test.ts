import { isHttpError } from '@sveltejs/kit';
import { describe, expect, test } from 'vitest';
import { mostFields, refusalSentences } from '../form-refusal.ts';
import { hasTooManyParameters, readForm, textsOf } from './form.ts';

const urlEncoded = 'application/x-www-form-urlencoded';

function sent(body: BodyInit, type: string): Request {
  return new Request('http://localhost/', {
    method: 'POST',
    body,
    headers: { 'content-type': type },
    ...(body instanceof ReadableStream ? { duplex: 'half' } : {}),
  });
}

async function refusal(request: Request): Promise<{ status: number; message: string }> {
  try {
    await readForm(request);
  } catch (error) {
    if (isHttpError(error)) return { status: error.status, message: error.body.message };
    throw error;
  }
  throw new Error('The form was taken.');
}

const fieldsOf = (count: number): string =>
  Array.from({ length: count }, (_, index) => `f${index}=1`).join('&');

describe('a sent form', () => {
  test('is read, in both ways that browsers send it', async () => {
    const plain = await readForm(sent('page=1&page=2&note=%D0%B0', urlEncoded));
    expect([plain.getAll('page'), plain.get('note')]).toEqual([['1', '2'], 'а']);
    const parts = new FormData();
    parts.set('note', 'а');
    expect(
      (await readForm(new Request('http://localhost/', { method: 'POST', body: parts }))).get('note'),
    ).toBe('а');
  });

  test('may have as many fields as the largest of ours, and not more', async () => {
    expect([...(await readForm(sent(fieldsOf(mostFields), urlEncoded))).keys()]).toHaveLength(mostFields);
    const { status, message } = await refusal(sent(fieldsOf(mostFields + 1), urlEncoded));
    expect([status, message]).toEqual([413, refusalSentences.form_too_many]);
    const parts = new FormData();
    for (let index = 0; index <= mostFields; index += 1) parts.append('page', String(index));
    expect((await refusal(new Request('http://localhost/', { method: 'POST', body: parts }))).status).toBe(
      413,
    );
  });

  test.each([
    ['multipart/form-data; boundary=B', 'no parts'],
    ['multipart/form-data; boundary=B', '--B\r\n'],
    ['multipart/form-data; boundary=B', '--B\r\nContent-Disposition: form-data; name="a"\r\n\r\n1'],
    ['multipart/form-data', '--B--'],
    ['multipart/form-data; boundary=B', ''],
    ['text/plain', 'a=1'],
    ['application/json', '{}'],
  ])('of type %s that is none (%j) is refused with 400', async (type, body) => {
    const { status, message } = await refusal(sent(body, type));
    expect([status, message]).toEqual([400, refusalSentences.form_broken]);
  });

  test('that is larger than the server takes is refused with 413, one that breaks off with 400', async () => {
    const broken = (cause: Error) =>
      sent(
        new ReadableStream({
          start: (controller) => {
            controller.enqueue(new TextEncoder().encode('a='));
            controller.error(cause);
          },
        }),
        urlEncoded,
      );
    expect((await refusal(broken(Object.assign(new Error('too large'), { status: 413 })))).status).toBe(413);
    expect((await refusal(broken(new Error('aborted')))).status).toBe(400);
  });
});

test('the texts of a form are told by name, without files, however many names it has', () => {
  const fields = new FormData();
  fields.append('page', '1');
  fields.append('page', '2');
  fields.append('file', new File(['x'], 'x.txt'));
  expect(textsOf(fields)).toEqual({ page: ['1', '2'], file: [] });

  const reserved = new FormData();
  reserved.append('__proto__', 'x');
  reserved.append('constructor', 'y');
  expect(Object.entries(textsOf(reserved))).toEqual([['constructor', ['y']]]);

  // A look at all fields for each of the names would take minutes.
  const many = new FormData();
  for (let index = 0; index < 200_000; index += 1) many.append(`f${index}`, '1');
  expect(Object.keys(textsOf(many))).toHaveLength(200_000);
});

test('an address has a bounded number of parameters', () => {
  expect(hasTooManyParameters(new URL(`http://localhost/?${fieldsOf(500)}`))).toBe(false);
  expect(hasTooManyParameters(new URL(`http://localhost/?${fieldsOf(501)}`))).toBe(true);
});
