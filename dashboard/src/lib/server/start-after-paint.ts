import { createHash } from 'node:crypto';
import type { Handle } from '@sveltejs/kit/hooks';

/** How the kit's own script begins to fetch what makes a page live; the address differs from page to page and build to build. */
const fetching = /import\("[^"]+\/entry\/start\.[^"]+"\)/;
/**
 * Resolves when the browser tells of the first paint. A page that nobody looks at has none, and some browsers do not tell:
 * there it is at once; and two seconds are the longest.
 */
const afterPaint = `new Promise((begin) => {
  const told = globalThis.PerformanceObserver?.supportedEntryTypes?.includes('paint');
  if (document.hidden || !told) return begin();
  new PerformanceObserver(() => begin()).observe({ type: 'paint', buffered: true });
  setTimeout(begin, 2000);
})`;
const inlineScript = /<script>([\s\S]*?)<\/script>/g;

/** As a source of the content security policy names a script. */
const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

/** A page whose scripts begin after its first paint, with the hash that the policy has and the one it has to have. */
export interface PageStartedLater {
  html: string;
  hash: { before: string; after: string };
}

/**
 * Lets a page's scripts be asked for once it has been painted: it can be read without them, and they would share the line
 * with its fonts. `null` when the page has none.
 */
export function startLater(html: string): PageStartedLater | null {
  for (const [whole, script = ''] of html.matchAll(inlineScript)) {
    if (!fetching.test(script)) continue;
    const later = script.replace(fetching, (fetched) => `${afterPaint}.then(() => ${fetched})`);
    return {
      html: html.replace(whole, () => `<script>${later}</script>`),
      hash: { before: hashOf(script), after: hashOf(later) },
    };
  }
  return null;
}

/** Gives each page `startLater`, and its policy the hash of what stands in it then. */
export const startAfterPaint: Handle = async ({ event, resolve }) => {
  let hash: PageStartedLater['hash'] | null = null;
  const response = await resolve(event, {
    transformPageChunk: ({ html }) => {
      const page = startLater(html);
      hash = page?.hash ?? hash;
      return page?.html ?? html;
    },
  });
  const { before = '', after = '' } = (hash as PageStartedLater['hash'] | null) ?? {};
  const policy = response.headers.get('content-security-policy');
  if (policy && before) response.headers.set('content-security-policy', policy.replace(before, after));
  return response;
};
