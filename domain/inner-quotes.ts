/**
 * A text that is to stand in quotation marks itself: in Russian its own «» become „“, as «ППО „Автоколонна 3801“». In
 * English the outer marks are others, and it stays as it is.
 */
export function innerQuotes(text: string, locale: 'ru' | 'en'): string {
  return locale === 'ru' ? text.replaceAll('«', '„').replaceAll('»', '“') : text;
}
