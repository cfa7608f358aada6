import type { CheerioAPI } from 'cheerio';
import type { TextKind } from '#domain/vocabulary.ts';
import { boundedText } from '../kit/bounded-text.ts';
import type { PageNode } from './text.ts';
import { textOf, wordsIn } from './text.ts';

/** The words of a message, and what they are of. */
export interface MessageText {
  text: string;
  textKind: TextKind;
}

function inOneLine(element: PageNode): string {
  return wordsIn(element).replace(/\s+/gu, ' ').trim();
}

/** Question and options, a line each; '' when the message has no poll. */
function pollText($: CheerioAPI, message: PageNode): string {
  const lines = $(message)
    .find('.tgme_widget_message_poll_question, .tgme_widget_message_poll_option_text')
    .toArray()
    .map(inOneLine);
  return boundedText(lines.filter((line) => line !== '').join('\n'));
}

/** The title of a linked page and whether it is that of a video; '' when none is shown. */
function previewText($: CheerioAPI, message: PageNode): MessageText {
  const preview = $(message).find('.tgme_widget_message_link_preview').first();
  const [title] = preview.find('.link_preview_title').get();
  // From memory and other people's readers of `t.me`: a linked video has a player or a picture of these classes.
  const isVideo = preview.find('[class*="link_preview_video"], [class*="link_preview_embed"]').length > 0;
  return { text: title ? inOneLine(title) : '', textKind: isVideo ? 'video' : 'article' };
}

/** A message's own text; of one without, the words of its poll, else the title of the article or video it shows. */
export function messageText($: CheerioAPI, message: PageNode): MessageText {
  const text = textOf($, message);
  if (text !== '') return { text, textKind: 'text' };
  const poll = pollText($, message);
  if (poll !== '') return { text: poll, textKind: 'poll' };
  const preview = previewText($, message);
  return preview.text === '' ? { text, textKind: 'text' } : preview;
}
