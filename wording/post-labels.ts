import type { TextKind } from '#domain/vocabulary.ts';
import { m } from './paraglide/messages.js';

/** The words of a post with what they are of when they are not its own text: «Опрос: …»; `''` without words. */
export function postText({ text, textKind }: { text: string; textKind: TextKind }): string {
  if (text === '') return '';
  return {
    text: () => text,
    poll: () => m.post_poll({ text }),
    article: () => m.post_article({ text }),
    video: () => m.post_video({ text }),
  }[textKind]();
}
