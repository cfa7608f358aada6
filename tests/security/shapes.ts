import { createHash } from 'node:crypto';
import { load } from 'cheerio';

/** A page as it came. */
export interface Page {
  headers: Headers;
  body: string;
}

/** What a page is made of, as far as an input must not add to it. */
interface Shape {
  /** Every path of elements from the root, with the names of their attributes, each once. */
  paths: ReadonlySet<string>;
  /** What no page of ours has, whoever asks. */
  forbidden: readonly string[];
  /** Sheets of style that are written into it. */
  styles: ReadonlySet<string>;
  /** Hosts of other sites that its links, forms and pictures lead to, and files of this one that its scripts are. */
  sites: ReadonlySet<string>;
}

/** Elements that our pages have none of, and attributes that do something. */
const forbidden =
  'x-odd7, iframe, frame, object, embed, applet, base, meta[http-equiv], [srcdoc], math, marquee';

/** Attributes that lead somewhere. */
const leading: ReadonlySet<string> = new Set([
  ...['href', 'src', 'srcset', 'action', 'formaction', 'xlink:href', 'poster', 'data', 'ping', 'background'],
]);

/** Attributes that say how an element stands: they come and go with what was entered. */
const harmlessAttributes: ReadonlySet<string> = new Set([
  ...['class', 'aria-invalid', 'aria-describedby', 'checked', 'selected', 'value', 'open', 'autofocus'],
]);

/** The same page is read once. */
const shapes = new Map<string, Shape>();
const mostShapes = 500;

function shapeOf({ headers, body }: Page): Shape {
  const policy = headers.get('content-security-policy') ?? '';
  const same = `${policy}\n${body}`;
  const found = shapes.get(same);
  if (found) return found;
  const shape = readShape(body, policy);
  if (shapes.size > mostShapes) shapes.clear();
  shapes.set(same, shape);
  return shape;
}

/** Whether a policy lets through what is written into a page: by its nonce, or by the hash of what it is. */
function lets(policy: string, directive: string, { nonce, text }: { nonce?: string; text: string }): boolean {
  const [, sources = ''] = new RegExp(`(?:^|; ?)${directive} ([^;]*)`).exec(policy) ?? [];
  const allowed = new Set(sources.split(' '));
  if (nonce !== undefined && nonce !== '' && allowed.has(`'nonce-${nonce}'`)) return true;
  return allowed.has(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}

function readShape(html: string, policy: string): Shape {
  const page = load(html);
  const [paths, styles, sites] = [new Set<string>(), new Set<string>(), new Set<string>()];
  const odd: string[] = [];
  const walk = (element: ReturnType<typeof page.root>, path: string): void => {
    element.children().each((_, child) => {
      const { tagName, attribs } = child;
      const attributes = Object.keys(attribs).filter((name) => !harmlessAttributes.has(name));
      const own = `${path}>${tagName}[${attributes.sort().join(' ')}]`;
      paths.add(own);
      if (tagName === 'style') {
        styles.add(page(child).text());
        if (!lets(policy, 'style-src', { ...attribs, text: page(child).text() }))
          odd.push('a sheet of style');
      }
      if ('style' in attribs) styles.add(attribs['style']);
      if (tagName === 'script' && 'src' in attribs) sites.add(`script ${attribs['src']}`);
      else if (tagName === 'script' && !isOwnScript(attribs, page(child).text(), policy))
        odd.push(`script ${page(child).text().slice(0, 80)}`);
      odd.push(...handlersOf(tagName, attribs));
      for (const site of sitesOf(attribs)) {
        if (site === null) odd.push(`${tagName} leads to ${JSON.stringify(attribs).slice(0, 120)}`);
        else if (site !== '') sites.add(`${tagName} ${site}`);
      }
      walk(page(child) as unknown as ReturnType<typeof page.root>, own);
    });
  };
  walk(page.root(), '');
  const elements = page(forbidden).length;
  if (elements > 0) odd.push(`${elements} odd elements`);
  return { paths, forbidden: odd, styles, sites };
}

const handlersOf = (tagName: string, attributes: Record<string, string>): string[] =>
  Object.keys(attributes)
    .filter((name) => name.startsWith('on'))
    .map((name) => `${tagName} ${name}`);

/** Whether a script is one of ours: data that nothing runs, or one that the page's policy lets through. */
const isOwnScript = (
  { nonce = '', type = '' }: Record<string, string>,
  text: string,
  policy: string,
): boolean => /^application\/(?:ld\+)?json$/.test(type) || lets(policy, 'script-src', { nonce, text });

/** Where the attributes of an element lead: '' for this site, `null` for what is no place at all, such as a script. */
const sitesOf = (attributes: Record<string, string>): (string | null)[] =>
  Object.entries(attributes).flatMap(([name, value]) =>
    leading.has(name)
      ? (name === 'srcset' ? value.split(',') : [value]).map((address) => siteOf(address.trim()))
      : [],
  );

function siteOf(address: string): string | null {
  const url = URL.parse(address, 'http://this.site/here');
  if (!url) return '';
  if (/^https?:$/.test(url.protocol)) return url.host === 'this.site' ? '' : url.host;
  // Pictures that pages of ours hold in themselves, and what opens a program for mail and calls.
  return /^(?:mailto:|tel:|data:image\/(?:svg\+xml|png)[;,])/.test(address) ? '' : null;
}

/** What harmless inputs have shown that pages have. */
export class HarmlessShapes {
  readonly #paths = new Set<string>();
  readonly #styles = new Set<string>();
  readonly #sites = new Set<string>();
  /** Takes what a page has for harmless; what no page may have is returned instead. */
  learn(page: Page): readonly string[] {
    const { paths, styles, sites, forbidden: odd } = shapeOf(page);
    for (const path of paths) this.#paths.add(path);
    for (const style of styles) this.#styles.add(style);
    for (const site of sites) this.#sites.add(site);
    return odd;
  }
  /** What a page has beside that. */
  added(page: Page): string[] {
    const { paths, styles, sites, forbidden: odd } = shapeOf(page);
    return [
      ...odd,
      ...addedTo('elements', paths, this.#paths),
      ...addedTo('styles', styles, this.#styles),
      ...addedTo('sites', sites, this.#sites),
    ];
  }
}

function addedTo(kind: string, those: ReadonlySet<string>, known: ReadonlySet<string>): string[] {
  const added = [...those].filter((each) => !known.has(each));
  return added.length === 0 ? [] : [`${kind} ${added.slice(0, 3).join(', ').slice(0, 400)}`];
}
