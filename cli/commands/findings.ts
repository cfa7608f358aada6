import type { Locale } from '../messages.ts';

/**
 * One thing looked at: how it is, and, when it is not well, what to do. `look`: it works, and somebody should know. What
 * is not well has a `gist`, by which the doctor's last sentence names it.
 */
export type Finding =
  { level: 'ok' | 'note'; text: string } | { level: 'look' | 'bad'; text: string; gist: string };

/** Chooses the text of the language. */
export type Words = (russian: string, english: string) => string;

/** The texts of a language. */
export function wordsOf(locale: Locale): Words {
  return (russian, english) => (locale === 'ru' ? russian : english);
}

/** The last sentence of a doctor: what it found, named again where it is not well. */
export function closingText(findings: readonly Finding[], words: Words): string {
  const gists = (level: Finding['level']): string =>
    [
      ...new Set(
        findings.flatMap((finding) => (finding.level === level && 'gist' in finding ? [finding.gist] : [])),
      ),
    ].join('; ');
  const bad = gists('bad');
  const look = gists('look');
  if (bad !== '') {
    const also = look === '' ? '' : words(` Обратите внимание: ${look}.`, ` Worth a look: ${look}.`);
    return `${words(`Не всё в порядке: ${bad}.`, `Not all is well: ${bad}.`)}${also}`;
  }
  if (look !== '')
    return words(`Ошибок нет, но обратите внимание: ${look}.`, `Nothing is broken. Worth a look: ${look}.`);
  return words('Всё в порядке.', 'All is well.');
}
