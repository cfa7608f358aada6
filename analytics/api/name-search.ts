import { stemsOf } from '#domain/text/stems.ts';

/** Whether every word looked for begins a word, or is a form of a word, of the names. */
export function isNamed(names: string, search: string): boolean {
  const stems = stemsOf(names);
  const words = names.toLowerCase().replaceAll('ё', 'е');
  const wanted = search.toLowerCase().replaceAll('ё', 'е').split(/\s+/u).filter(Boolean);
  return wanted.every((word) => words.includes(word) || stemsOf(word).every((stem) => stems.includes(stem)));
}
