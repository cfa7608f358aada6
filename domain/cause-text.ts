import { ofAnswers } from './causes/of-answers.ts';
import { ofConnections } from './causes/of-connections.ts';
import { ofDoubts } from './causes/of-doubts.ts';
import { ofRuns } from './causes/of-runs.ts';
import { ofTelegram } from './causes/of-telegram.ts';
import { ofVk } from './causes/of-vk.ts';

/** Patterns of all causes; the first that fits holds. */
const causeRules = [...ofRuns, ...ofDoubts, ...ofVk, ...ofTelegram, ...ofAnswers, ...ofConnections];

/** Where a text has a separator outside of brackets and quotation marks. */
function parts(text: string, separator: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0 && text.startsWith(separator, at)) {
      found.push(text.slice(start, at));
      start = at + separator.length;
    }
  }
  return [...found, text.slice(start)];
}

function russianOf(text: string): string | null {
  for (const [pattern, words] of causeRules) {
    const match = pattern.exec(text);
    if (match)
      return words(
        match.slice(1).map((group) => group ?? ''),
        inRussian,
      );
  }
  return null;
}

/** A part in Russian; one that is not known is quoted, as the words of somebody else are. */
function inRussian(text: string): string {
  if (text === '') return '';
  const pieces = parts(text, '; ');
  if (pieces.length > 1) return pieces.map(inRussian).join('; ');
  return russianOf(text) ?? (/[a-z]/iu.test(text) ? `«${text}»` : text);
}

/**
 * A cause as the collector writes it (English, for logs and the API), in the words of a locale. The words of networks, of
 * libraries and of causes that are not known here are quoted.
 */
export function causeText(cause: string, locale: 'ru' | 'en'): string {
  return locale === 'en' ? cause : inRussian(cause);
}
