import { request } from 'node:http';
import type { Visitor } from '../helpers/signed-in.ts';
import type { Answer } from './answers.ts';
import type { Asked } from './odd-form.ts';

/** Asks a server, with a host of its own where the request says one. */
export async function ask(visitor: Visitor, origin: string, asked: Asked): Promise<Answer> {
  const { method, path, headers = {}, body } = asked;
  const cookie = [visitor.cookie(), headers['cookie']].filter(Boolean).join('; ');
  // `fetch` lets nobody say a host.
  if (headers['host'] !== undefined) return await askHost(new URL(path, origin), { ...headers, cookie });
  // What is compressed takes time at both ends, and says the same.
  const all = { 'accept-encoding': 'identity', ...headers, cookie };
  const init = { method, headers: all, ...(body === undefined ? {} : { body }) };
  return await answerOf(visitor.ask(path, init));
}

/** An answer with all of its body. */
export async function answerOf(asked: Promise<Response>): Promise<Answer> {
  const response = await asked;
  return { status: response.status, headers: response.headers, body: await response.text() };
}

async function askHost(url: URL, headers: Record<string, string>): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (answer) => {
      const got = new Headers();
      for (const [name, values = []] of Object.entries(answer.headersDistinct))
        for (const value of values) got.append(name, value);
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part));
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: got, body }));
    });
    asked.once('error', reject);
    asked.end();
  });
}
