import type { Api } from 'telegram';
import type { TextKind } from '#domain/vocabulary.ts';
import { boundedText } from '../kit/bounded-text.ts';

/** The text of a message, and what it is of. */
export interface MessageText {
  text: string;
  kind: TextKind;
}

/** Names that cameras and programs give to files: `IMG_0042`, `video_2026-03-10_12-00-00`, hexadecimal digits. */
const machineName =
  /^(?:(?:img|vid|video|mov|movie|dsc|dscn|pxl|mvi|clip|trim|file|document|animation|screen ?recording|whatsapp video|gif)?[\s\d._\-()]*(?:at[\s\d._\-()]*)?|[\da-f]{8,}(?:-[\da-f]{4,})*)$/iu;

/** A file's name without its ending, where a person has given it. */
function titleOf(fileName: string): string {
  const title = fileName.replace(/\.[\da-z]{1,5}$/iu, '').trim();
  return machineName.test(title) ? '' : title;
}

function pollText({ question, answers }: Api.Poll): MessageText {
  const lines = [question.text, ...answers.map(({ text }) => text.text)].map((line) => line.trim());
  return { text: lines.filter((line) => line !== '').join('\n'), kind: 'poll' };
}

function documentText(document: Api.TypeDocument | undefined): MessageText | null {
  if (document?.className !== 'Document') return null;
  if (!document.attributes.some(({ className }) => className === 'DocumentAttributeVideo')) return null;
  const file = document.attributes.find((each) => each.className === 'DocumentAttributeFilename');
  return { text: file ? titleOf(file.fileName) : '', kind: 'video' };
}

function linkText(page: Api.TypeWebPage): MessageText | null {
  if (page.className !== 'WebPage') return null;
  const kind = page.type === 'video' || page.embedType === 'video/mp4' ? 'video' : 'article';
  return { text: page.title?.trim() ?? '', kind };
}

function mediaText(media: Api.TypeMessageMedia | undefined): MessageText | null {
  switch (media?.className) {
    case 'MessageMediaPoll':
      return pollText(media.poll);
    case 'MessageMediaDocument':
      return documentText(media.document);
    case 'MessageMediaWebPage':
      return linkText(media.webpage);
    default:
      return null;
  }
}

/**
 * The words of the messages that are one post: their own, or, without any, those of the first poll, article or video with
 * a title. Cut where they are longer than any post's.
 */
export function messageText(messages: readonly Api.Message[]): MessageText {
  const own = messages.flatMap(({ message }) => message || []).join('\n\n');
  if (own !== '') return { text: boundedText(own), kind: 'text' };
  for (const { media } of messages) {
    const words = mediaText(media);
    if (words && words.text !== '') return { ...words, text: boundedText(words.text) };
  }
  return { text: '', kind: 'text' };
}
