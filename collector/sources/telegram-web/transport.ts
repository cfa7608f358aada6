import type { Dispatcher } from 'undici';
import { Agent, ProxyAgent, Socks5ProxyAgent, fetch } from 'undici';
import { WebFailure } from './errors.ts';

/** An answer over HTTP, whatever it is. */
export interface HttpAnswer {
  status: number;
  /** Where a redirect leads; `null` when it says nothing. */
  location: string | null;
  /** Milliseconds that the site wants to be left alone from `now` on; `null` when it did not say. */
  retryAfter(now: Date): number | null;
  body: string;
}

/** A page of messages is about 100 KB; nothing of `t.me` is as large as this. */
const largestBody = 8 * 1024 * 1024;

const headers = {
  accept: 'text/html',
  // The words by which numbers are told apart are English ones.
  'accept-language': 'en',
  'user-agent': 'Mozilla/5.0 (compatible; ProfPulse)',
};

/** What requests go through: `TELEGRAM_WEB_PROXY` or nothing. `deadline` in milliseconds bounds connecting. */
export function createDispatcher(proxy: string | undefined, deadline: number): Dispatcher {
  if (proxy === undefined) return new Agent({ connect: { timeout: deadline } });
  if (/^socks5:/iu.test(proxy)) return new Socks5ProxyAgent(proxy, { connectTimeout: deadline });
  return new ProxyAgent({ uri: proxy, connectTimeout: deadline });
}

function retryAfter(value: string | null, now: Date): number | null {
  if (value === null) return null;
  if (/^\d+$/u.test(value.trim())) return Number(value) * 1000;
  const until = Date.parse(value);
  return Number.isNaN(until) ? null : Math.max(0, until - now.getTime());
}

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of body) {
    size += part.byteLength;
    if (size > largestBody) throw new WebFailure('broken', 'broken: the answer is larger than 8 MB');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** The reason at the bottom of an error of undici's, which wraps them. */
function reasonOf(error: unknown): string {
  let reason = error;
  while (reason instanceof Error && reason.cause instanceof Error) reason = reason.cause;
  if (reason instanceof AggregateError && reason.errors[0] instanceof Error) reason = reason.errors[0];
  return (reason instanceof Error ? reason.message || reason.name : String(reason)).slice(0, 200);
}

/**
 * One GET, no redirect followed. Throws `WebFailure`: `unreachable` without an answer (or with half of one), `broken`
 * for one without end, and whatever reason `signal` is aborted by.
 */
export async function getOnce(url: URL, dispatcher: Dispatcher, signal: AbortSignal): Promise<HttpAnswer> {
  try {
    const response = await fetch(url, { dispatcher, headers, signal, redirect: 'manual' });
    const body = response.body ? await textOf(response.body as AsyncIterable<Uint8Array>) : '';
    return {
      status: response.status,
      location: response.headers.get('location'),
      retryAfter: (now) => retryAfter(response.headers.get('retry-after'), now),
      body,
    };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof WebFailure) throw error;
    throw new WebFailure('unreachable', `network: ${url.host} cannot be reached (${reasonOf(error)})`);
  }
}
