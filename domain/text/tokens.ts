/** Stress marks that people put over vowels («за́мок»): they must not cut a word in two. */
const stressMarks = /[\u0300\u0301]/gu;
const words = /[\p{L}\p{N}]+/gu;

/**
 * The words of a text in order: runs of letters and digits in lower case, ё as е, decorative letters
 * («𝐏𝐫𝐨𝐟») as ordinary ones. Signs, emoji and punctuation are left out.
 */
export function tokensOf(text: string): string[] {
  const plain = text
    .normalize('NFC')
    .replace(stressMarks, '')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('ё', 'е');
  return plain.match(words) ?? [];
}
