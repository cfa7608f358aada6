import { parse } from 'csv-parse/sync';
import type { HarmlessShapes } from './shapes.ts';

/** An answer as it is judged. */
export interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

/** What may stand before a cell that a program for tables would count as a formula. */
const formula = /^[=+\-@\t\r＝＋－＠]/u;
const number = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** What the headers of an answer have at most, in bytes: browsers and proxies take so much. */
const mostHeaderBytes = 16 * 1024;

/** Whether an answer is a page. */
export const isPage = ({ headers }: Answer): boolean =>
  headers.get('content-type')?.startsWith('text/html') ?? false;

/** What an input has made of an answer of `origin`, in words; nothing when it has made nothing. */
export function effectsOf(answer: Answer, harmless: HarmlessShapes, origin: string): string[] {
  const { status, headers, body } = answer;
  const found = [...(status >= 500 ? [`status ${status}`] : []), ...effectsOnHeaders(headers)];
  const leads = ledTo(headers, origin);
  if (leads !== null && leads !== origin)
    found.push(`redirect to ${headers.get('location')?.slice(0, 80) ?? ''}`);
  if (isPage(answer)) found.push(...harmless.added(answer));
  if (headers.get('content-type')?.startsWith('text/csv')) found.push(...formulasIn(body));
  return found;
}

function effectsOnHeaders(headers: Headers): string[] {
  const found: string[] = [];
  let bytes = 0;
  for (const [name, value] of headers) {
    bytes += Buffer.byteLength(name) + Buffer.byteLength(value) + 4;
    if (!known.has(name)) found.push(`header ${name}`);
    if (name !== 'location' && name !== 'set-cookie' && /x-odd7|odd7\.|odd7=/.test(value))
      found.push(`header ${name}: ${value.slice(0, 80)}`);
  }
  if (bytes > mostHeaderBytes) found.push(`${bytes} bytes of headers`);
  for (const cookie of headers.getSetCookie()) if (/^odd7/.test(cookie)) found.push(`cookie ${cookie}`);
  return found;
}

/** Where headers of an answer of `origin` lead, as a browser reads them; `null` for nowhere. */
function ledTo(headers: Headers, origin: string): string | null {
  const location = headers.get('location');
  if (location === null) return null;
  return URL.parse(location, `${origin}/any/page`)?.origin ?? 'nowhere';
}

/** Cells of a table that a program for tables would count. */
export function formulasIn(csv: string): string[] {
  const rows = parse(csv, { bom: true, relax_column_count: true, delimiter: [',', ';'] });
  return rows
    .flat()
    .flatMap((cell) => (formula.test(cell) && !number.test(cell) ? [`formula ${cell.slice(0, 40)}`] : []));
}

/** The headers that our answers have. */
const known: ReadonlySet<string> = new Set([
  ...['content-type', 'content-length', 'content-encoding', 'content-disposition', 'transfer-encoding'],
  ...['cache-control', 'vary', 'etag', 'date', 'connection', 'keep-alive', 'location', 'set-cookie'],
  ...['allow', 'link', 'last-modified', 'accept-ranges', 'www-authenticate', 'x-robots-tag'],
  ...['x-content-type-options', 'x-frame-options', 'referrer-policy', 'permissions-policy'],
  ...['cross-origin-opener-policy', 'cross-origin-resource-policy', 'content-security-policy'],
  ...['strict-transport-security', 'x-sveltekit-page', 'x-sveltekit-normalize'],
]);
