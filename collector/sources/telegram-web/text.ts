import type { CheerioAPI } from 'cheerio';
import { boundedText } from '../kit/bounded-text.ts';

/** A node of a parsed page. */
export type PageNode = ReturnType<ReturnType<CheerioAPI['root']>['contents']>[number];

const textNode = 3;
const elementNode = 1;

/** Elements that stand on lines of their own. */
const blocks = new Set(['div', 'p', 'blockquote', 'pre']);

function lineBreak(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** The lines of the source as one: their ends mean nothing, nor do blanks around them. In time that length bounds. */
function inOneLine(source: string): string {
  const lines = source.split(/[\r\n]+/u);
  if (lines.length === 1) return source;
  const last = lines.length - 1;
  return lines
    .map((line, index) => {
      const start = index === 0 ? line : line.replace(/^[ \t]+/u, '');
      return index === last ? start : withoutBlanksAtEnd(start);
    })
    .filter((line, index) => line !== '' || index === 0 || index === last)
    .join(' ');
}

function withoutBlanksAtEnd(line: string): string {
  let end = line.length;
  while (end > 0 && (line[end - 1] === ' ' || line[end - 1] === '\t')) end -= 1;
  return line.slice(0, end);
}

/** `so far` and what the nodes say. Line ends of the source mean nothing outside `pre`, `<br>` does. */
function append(soFar: string, nodes: readonly PageNode[], isPre: boolean): string {
  let text = soFar;
  for (const node of nodes) {
    if (node.nodeType === textNode) {
      text += isPre ? node.data : inOneLine(node.data);
    } else if (node.nodeType === elementNode && 'children' in node) {
      if (node.name === 'br') text += '\n';
      else if (blocks.has(node.name)) {
        text = lineBreak(append(lineBreak(text), node.children, isPre || node.name === 'pre'));
      } else text = append(text, node.children, isPre);
    }
  }
  return text;
}

/** What a reader sees in an element: lines by `<br>`, emoji as characters; at most 65,536 characters. */
export function wordsIn(element: PageNode): string {
  return 'children' in element ? boundedText(append('', element.children, false).trim()) : '';
}

/** What a reader of the message sees as its text: lines by `<br>`, emoji as characters; '' when it has none. */
export function textOf($: CheerioAPI, message: PageNode): string {
  const [element] = $(message)
    .find('.js-message_text, .tgme_widget_message_text')
    .filter((_, each) => $(each).closest('.tgme_widget_message_reply, .js-message_reply_text').length === 0)
    .get();
  return element ? wordsIn(element) : '';
}
