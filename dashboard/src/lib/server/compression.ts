import { Duplex } from 'node:stream';
import { constants, createBrotliCompress, createGzip } from 'node:zlib';
import { acceptedCoding, type Accepted, type Coding } from './accepted-coding.ts';

/** Bytes under which an answer fits into one packet anyway, and coding would only cost time. */
export const tinyAnswer = 1024;

/** What shrinks; pictures, fonts and archives are compressed already, and event streams must not wait. */
const shrinks =
  /^(?:text\/(?!event-stream)|application\/(?:json|javascript|xml|manifest\+json)\b|[\w.-]+\/[\w.-]+\+(?:json|xml)\b)/i;

/**
 * The answer as the client takes it: by Brotli or gzip when it is a text of some size, else as it is. Whatever could be
 * coded says so to caches (`Vary`). A tag of an answer is that of its coding, so that what is asked with it is compared
 * rightly. A stream stays one: each part goes out as soon as it comes. Parts of files (206), answers that are coded
 * already and those that forbid it (`no-transform`) are left alone.
 */
export async function compressAnswer(request: Request, response: Response): Promise<Response> {
  if (!isCodable(response)) return response;
  const headers = new Headers(response.headers);
  addVary(headers);
  const answer = (body: ReadableStream<Uint8Array> | null): Response =>
    new Response(body, { status: response.status, statusText: response.statusText, headers });
  const { coding, identity } = codingFor(request);
  if (coding === null || !response.body) return answer(response.body);
  const { body, isTiny } = await beginning(response);
  if (isTiny && identity) return answer(body);

  headers.set('content-encoding', coding);
  headers.delete('content-length');
  const tag = headers.get('etag');
  if (tag !== null) headers.set('etag', tag.replace(/"$/, `-${coding}"`));
  if (request.method !== 'HEAD') return answer(body.pipeThrough(coder(coding)));
  await body.cancel();
  return answer(null);
}

/** By which coding an answer to the request may go out, and whether it may as it is. */
export function codingFor(request: Request): Accepted {
  const accepted = acceptedCoding(request.headers.get('accept-encoding'));
  return isForeign(request) ? { ...accepted, coding: null } : accepted;
}

/**
 * Whether a page of somebody else makes the browser ask, without its reader: such an answer keeps its length, from which
 * else what stands in it could be guessed letter by letter (BREACH).
 */
function isForeign({ headers }: Request): boolean {
  const from = headers.get('sec-fetch-site');
  return (from === 'cross-site' || from === 'same-site') && headers.get('sec-fetch-user') !== '?1';
}

function isCodable({ status, headers, body }: Response): boolean {
  return (
    body !== null &&
    status !== 206 &&
    !headers.has('content-encoding') &&
    !headers.has('content-range') &&
    !/\bno-transform\b/i.test(headers.get('cache-control') ?? '') &&
    shrinks.test(headers.get('content-type') ?? '')
  );
}

function addVary(headers: Headers): void {
  const names = (headers.get('vary') ?? '').split(',').map((name) => name.trim().toLowerCase());
  if (!names.includes('*') && !names.includes('accept-encoding')) headers.append('vary', 'Accept-Encoding');
}

/**
 * Whether an answer is a tiny one, by the length it says or by its first parts, and its body with nothing taken away. Of a
 * stream that has not ended, a first part is not kept waiting for the next: it is none of the tiny ones.
 */
async function beginning(response: Response): Promise<{ body: ReadableStream<Uint8Array>; isTiny: boolean }> {
  const body = response.body as ReadableStream<Uint8Array>;
  const length = response.headers.get('content-length');
  if (length !== null) return { body, isTiny: Number(length) < tinyAnswer };
  const reader = body.getReader();
  const first = await reader.read();
  if (first.done) return { body: streamOf([], null), isTiny: true };
  const second = first.value.byteLength < tinyAnswer ? reader.read() : null;
  const isTiny = second !== null && (await Promise.race([second, nextTurn()]))?.done === true;
  return { body: streamOf([first, ...(second ? [second] : [])], reader), isTiny };
}

const nextTurn = (): Promise<null> => new Promise((resolve) => setImmediate(resolve, null));

type Part = ReadableStreamReadResult<Uint8Array>;

/** Parts that were read already, then the rest. */
function streamOf(
  read: readonly (Part | Promise<Part>)[],
  reader: ReadableStreamDefaultReader<Uint8Array> | null,
): ReadableStream<Uint8Array> {
  const waiting = [...read];
  return new ReadableStream<Uint8Array>(
    {
      pull: async (controller) => {
        const part = await (waiting.shift() ?? reader?.read());
        if (part === undefined || part.done) controller.close();
        else controller.enqueue(part.value);
      },
      cancel: async (reason) => await reader?.cancel(reason),
    },
    { highWaterMark: 0 },
  );
}

/** Of pages of a few hundred kilobytes a better quality costs three times the work for a twentieth of the bytes. */
const brotliQuality = 5;
/** 512 KB: as much as the largest page has; the default would take 4 MB of memory for each answer. */
const brotliWindow = 19;

function coder(coding: Coding): ReadableWritablePair<Uint8Array, Uint8Array> {
  const stream =
    coding === 'br'
      ? createBrotliCompress({
          flush: constants.BROTLI_OPERATION_FLUSH,
          params: {
            [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
            [constants.BROTLI_PARAM_QUALITY]: brotliQuality,
            [constants.BROTLI_PARAM_LGWIN]: brotliWindow,
          },
        })
      : createGzip({ flush: constants.Z_SYNC_FLUSH });
  // Node's types of streams and those of the web differ in names alone.
  return Duplex.toWeb(stream) as unknown as ReadableWritablePair<Uint8Array, Uint8Array>;
}
