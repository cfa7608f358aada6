import type { CheerioAPI } from 'cheerio';
import { load } from 'cheerio/slim';
import { BrokenPage } from './errors.ts';
import type { PageNode } from './text.ts';

/** A page of twenty messages has a few thousand elements, one of nothing but emoji some ten thousand. */
const mostElements = 100_000;
/** A message's text stands some twenty elements deep. */
const deepest = 256;

function checkDepth(root: PageNode | undefined): void {
  let level: readonly PageNode[] = root ? [root] : [];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) {
      throw new BrokenPage(`elements stand more than ${deepest} deep in each other on the page`);
    }
    const inside: PageNode[] = [];
    for (const node of level) if ('children' in node) for (const child of node.children) inside.push(child);
    level = inside;
  }
}

/**
 * Parses a page in time and memory that its length bounds. The parser by the letter of the HTML standard does not: a few
 * thousand elements that nobody closes cost it minutes and gigabytes. Pages of `t.me` close theirs, so that both see the
 * same in them. Throws `BrokenPage` for a page of more or deeper elements than any of `t.me`.
 */
export function parseHtml(html: string): CheerioAPI {
  let elements = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at + 1)) elements += 1;
  if (elements > 2 * mostElements) {
    throw new BrokenPage(`the page has more than ${mostElements} elements`);
  }
  const $ = load(html);
  checkDepth($.root().get(0));
  return $;
}
