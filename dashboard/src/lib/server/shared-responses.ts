import { createHash } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { isPersonal } from '#accounts/permissions.ts';
import { codingFor } from './compression.ts';
import { readerAnswers } from './reader-answers.ts';
import { useServices, type DashboardServices } from './services.ts';

/** A response that can be given again. */
interface TakenResponse {
  status: number;
  headers: [string, string][];
  body: Uint8Array;
}

/** Answers of this very moment: probes. */
const neverShared = new Set<string | null>(['/healthz', '/readyz', null]);

/** The figures of a collection move on so often, in milliseconds: as often as the screen asks for them. */
const progressEvery = 5_000;

/**
 * Pages and lists as they are sent, made once for all readers who may see the same of the same data, and kept while these
 * do not change. What sets a cookie, or carries a nonce, is for one reader and never given to another.
 */
export const shareResponses: Handle = async ({ event, resolve }) => {
  const services = useServices();
  if (!isShareable(event)) return forOne(event, await resolve(event));
  const { responses, stand } = readerAnswers(services);
  const version = await stand().catch(() => null);
  // Whoever is asked says better what is wrong with the store.
  if (version === null) return await resolve(event);
  let isOwn = false;
  const taken = await responses.share(`${version}\n${momentOf(services)}`, keyOf(event), {
    ask: async () => {
      isOwn = true;
      return await take(await resolve(event));
    },
    bytesOf: (response) => (response.status === 200 && isForAll(response) ? bytesOf(response) : null),
  });
  return isOwn || isForAll(taken) ? give(taken, event.request) : await resolve(event);
};

/**
 * A page of one reader is not compared with one that their browser has: what the kit answers then (304) says nothing of the
 * page's policy, and the browser would show it under the server's, without its styles. What is personal is not kept at all.
 */
function forOne({ route }: RequestEvent, response: Response): Response {
  response.headers.delete('etag');
  if (isPersonal(route.id)) response.headers.set('cache-control', 'private, no-store');
  return response;
}

/** What a choice of language or theme, or of a demo’s reader, is written into the reader's cookies by is theirs. */
function isShareable({ request, route, url }: RequestEvent): boolean {
  if (request.method !== 'GET' || neverShared.has(route.id) || isPersonal(route.id)) return false;
  return !['lang', 'theme', 'reader'].some((name) => url.searchParams.has(name));
}

/**
 * What is asked, and all that decides what this reader may see and how it is written. The address is the one that was
 * sent: the kit's own has lost which parts of a page a script asks for.
 */
function keyOf({ request, locals }: RequestEvent): string {
  const { locale, theme } = locals.preferences;
  const { coding, identity } = codingFor(request);
  return [locals.reader.key, locale, theme, coding, identity, request.url].join(' ');
}

/** What pages say of the moment, beside the data. */
function momentOf({ collection, analytics }: DashboardServices): string {
  const isRunning = collection.progress() !== null;
  const step = isRunning ? Math.floor(analytics.clock.now().getTime() / progressEvery) : 'idle';
  return `${step} ${collection.next()?.getTime() ?? 'never'}`;
}

/** The kit's own tag has 32 bits: a page that is said to be known already has to be that page for sure. */
async function take(response: Response): Promise<TakenResponse> {
  const body = new Uint8Array(await response.arrayBuffer());
  const { status, headers } = response;
  if (!headers.has('etag')) return { status, headers: [...headers], body };
  const tag = `W/"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
  const others = [...headers].filter(([name]) => name !== 'etag');
  return { status, headers: [...others, ['etag', tag]], body };
}

function isForAll({ headers }: TakenResponse): boolean {
  return !headers.some(
    ([name, value]) =>
      name === 'set-cookie' ||
      (name === 'cache-control' && value.includes('no-store')) ||
      (name === 'content-security-policy' && value.includes("'nonce-")),
  );
}

const bytesOf = ({ headers, body }: TakenResponse): number =>
  body.length + headers.reduce((sum, [name, value]) => sum + 2 * (name.length + value.length), 0);

/**
 * The response once more. A reader who has it is told so, with all its headers: the policy of a page belongs to its
 * scripts. The bytes are handed on as they are, and not copied for each.
 */
function give({ status, headers, body }: TakenResponse, request: Request): Response {
  const tag = headers.find(([name]) => name === 'etag')?.[1];
  const known = request.headers.get('if-none-match')?.split(/,\s*/) ?? [];
  if (status === 200 && tag !== undefined && known.includes(tag))
    return new Response(null, { status: 304, headers });
  if (body.length === 0) return new Response(null, { status, headers });
  const stream = new ReadableStream<Uint8Array>({
    start: (controller) => {
      controller.enqueue(body);
      controller.close();
    },
  });
  return new Response(stream, { status, headers });
}
