import type { Agent, IncomingMessage } from 'node:http';
import { request as httpRequest } from 'node:http';
import type { Agent as SecureAgent } from 'node:https';
import { request as httpsRequest } from 'node:https';

/** The most bytes of an answer that are read; VK lets no answer be larger than 5 MB. */
const largestAnswer = 16 * 1024 * 1024;

/** An answer is larger than `largestAnswer`, or has no end: it was not read on. */
export class OversizedAnswer extends Error {
  override readonly name = 'OversizedAnswer';
}

/** The server sends elsewhere. A key goes to the address that was set, and to no other. */
export class Redirected extends Error {
  override readonly name = 'Redirected';
}

/** How a form is sent. */
export interface PostOptions {
  headers: Readonly<Record<string, string>>;
  agent: Agent | SecureAgent | undefined;
  /** Ends the exchange, wherever it is. */
  signal: AbortSignal;
}

function targetOf(location: string | undefined, url: string): string {
  if (!location || !URL.canParse(location, url)) return 'an address it does not name';
  return new URL(location, url).origin;
}

/** The body, read as it comes and counted. */
async function textOf(response: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of response as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > largestAnswer) {
      throw new OversizedAnswer(`the answer is larger than ${largestAnswer / 1024 / 1024} MB`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/**
 * Posts a form and gives the text of the answer, whatever its status. Throws `Redirected` for any status that sends
 * elsewhere, `OversizedAnswer`, or what Node says of the connection.
 */
export async function postForm(url: string, form: URLSearchParams, options: PostOptions): Promise<string> {
  const { headers, agent, signal } = options;
  const body = form.toString();
  const send = url.startsWith('https:') ? httpsRequest : httpRequest;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = send(url, {
      method: 'POST',
      agent,
      signal,
      headers: {
        ...headers,
        'content-type': 'application/x-www-form-urlencoded;charset=UTF-8',
        'content-length': Buffer.byteLength(body),
      },
    });
    // Stays after the answer has begun: what ends the connection later is told by the answer itself.
    sent.on('error', reject);
    sent.on('response', resolve);
    sent.end(body);
  });
  const { statusCode = 0, headers: answered } = response;
  try {
    if (statusCode >= 300 && statusCode < 400) {
      throw new Redirected(
        `the server redirects to ${targetOf(answered.location, url)} (HTTP ${statusCode})`,
      );
    }
    return await textOf(response);
  } finally {
    // Of an answer that was read to its end nothing is left to destroy, and its connection is used again.
    if (!response.complete) response.destroy();
  }
}
