import type { CheerioAPI } from 'cheerio';

/** A node of a parsed page. */
export type PageNode = ReturnType<ReturnType<CheerioAPI['root']>['contents']>[number];

const textNode = 3;
const elementNode = 1;

/** Elements that stand on lines of their own. */
const blocks = new Set(['div', 'p', 'blockquote', 'pre']);

function lineBreak(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}

/** `so far` and what the nodes say. Line ends of the source mean nothing outside `pre`, `<br>` does. */
function append(soFar: string, nodes: readonly PageNode[], isPre: boolean): string {
  let text = soFar;
  for (const node of nodes) {
    if (node.nodeType === textNode) {
      text += isPre ? node.data : node.data.replace(/[ \t]*[\r\n][ \t\r\n]*/gu, ' ');
    } else if (node.nodeType === elementNode && 'children' in node) {
      if (node.name === 'br') text += '\n';
      else if (blocks.has(node.name)) {
        text = lineBreak(append(lineBreak(text), node.children, isPre || node.name === 'pre'));
      } else text = append(text, node.children, isPre);
    }
  }
  return text;
}

/** What a reader of the message sees as its text: lines by `<br>`, emoji as characters; '' when it has none. */
export function textOf($: CheerioAPI, message: PageNode): string {
  const [element] = $(message)
    .find('.js-message_text, .tgme_widget_message_text')
    .filter((_, each) => $(each).closest('.tgme_widget_message_reply, .js-message_reply_text').length === 0)
    .get();
  return element ? append('', element.children, false).trim() : '';
}
