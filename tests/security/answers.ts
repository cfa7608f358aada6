import { load } from 'cheerio';
import { parse } from 'csv-parse/sync';

/** An answer as it is judged. */
export interface Answer {
  status: number;
  headers: Headers;
  body: string;
}

/** Elements that our pages have none of, and attributes that do something. */
const forbidden = 'x-odd7, iframe, object, embed, base, meta[http-equiv], [srcdoc], math, marquee';

/** What may stand before a cell that a program for tables would count as a formula. */
const formula = /^[=+\-@\t\r＝＋－＠]/u;
const number = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

const shapes = new Map<string, ReadonlySet<string>>();

/** The skeleton of a page: every path of elements from the root, with the names of their attributes, each once. */
export function skeletonOf(html: string): ReadonlySet<string> {
  const known = shapes.get(html);
  if (known) return known;
  const page = load(html.replace(/<style>[^]*?<\/style>/g, '<style></style>'));
  const found = new Set<string>();
  const walk = (element: ReturnType<typeof page.root>, path: string): void => {
    element.children().each((_, child) => {
      const attributes = Object.keys(child.attribs)
        .filter((name) => !harmlessAttributes.has(name))
        .sort();
      const own = `${path}>${child.tagName}[${attributes.join(' ')}]`;
      found.add(own);
      walk(page(child) as unknown as ReturnType<typeof page.root>, own);
    });
  };
  walk(page.root(), '');
  const odd = page(forbidden).length;
  if (odd > 0) found.add(`FORBIDDEN ${odd}`);
  page('*').each((_, element) => {
    if (!('attribs' in element)) return;
    const { tagName, attribs } = element;
    for (const [name, value] of Object.entries(attribs)) {
      const isScript = /^(?:href|src|action|formaction|xlink:href)$/.test(name) && isElsewhere(value);
      if (/^on/.test(name) || isScript) found.add(`FORBIDDEN ${tagName} ${name}=${value.slice(0, 60)}`);
    }
  });
  shapes.set(html, found);
  return found;
}

/** Attributes that say how an element stands: they come and go with what was entered. */
const harmlessAttributes = new Set([
  'class',
  'aria-invalid',
  'aria-describedby',
  'checked',
  'selected',
  'value',
  'open',
  'autofocus',
]);

/** Whether an address leads to a script, or to the place that the odd inputs name. */
const isElsewhere = (address: string): boolean =>
  /^[\s\p{Cc}]*(?:javascript|data|vbscript):/iu.test(address) ||
  /^(?:https?:)?[/\\]{2}[^/]*odd7/i.test(address);

/** What an input has made of an answer, in words; nothing when it has made nothing. */
export function effectsOf(answer: Answer, harmless: ReadonlySet<string>): string[] {
  const { status, headers, body } = answer;
  const found: string[] = [];
  if (status >= 500) found.push(`status ${status}`);
  for (const [name, value] of headers) {
    if (!known.has(name)) found.push(`header ${name}`);
    if (name !== 'location' && name !== 'set-cookie' && /x-odd7|odd7\.|odd7=/.test(value))
      found.push(`header ${name}: ${value.slice(0, 80)}`);
  }
  for (const cookie of headers.getSetCookie()) if (/^odd7/.test(cookie)) found.push(`cookie ${cookie}`);
  const location = headers.get('location');
  if (location !== null && !/^\/(?![/\\])/.test(location)) found.push(`redirect to ${location.slice(0, 80)}`);
  const type = headers.get('content-type') ?? '';
  if (type.startsWith('text/html')) {
    const added = [...skeletonOf(body)].filter((path) => !harmless.has(path) || path.startsWith('FORBIDDEN'));
    if (added.length > 0) found.push(`elements ${added.slice(0, 3).join(', ')}`);
  }
  if (type.startsWith('text/csv')) found.push(...formulasIn(body));
  return found;
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
  ...[
    'content-type',
    'content-length',
    'content-encoding',
    'transfer-encoding',
    'cache-control',
    'vary',
    'etag',
    'date',
  ],
  ...[
    'connection',
    'keep-alive',
    'location',
    'set-cookie',
    'allow',
    'link',
    'last-modified',
    'content-disposition',
  ],
  ...[
    'x-content-type-options',
    'referrer-policy',
    'x-frame-options',
    'permissions-policy',
    'x-sveltekit-page',
  ],
  ...[
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
    'content-security-policy',
    'www-authenticate',
  ],
  ...['x-sveltekit-normalize', 'accept-ranges', 'strict-transport-security', 'x-robots-tag'],
]);
