import type { Locale } from '#wording/locale.ts';

/** What every page in a language needs; English headings have Cyrillic only where they name an organisation. */
const firstFonts: Record<Locale, readonly string[]> = {
  ru: ['golos-text-cyrillic', 'golos-text-latin', 'literata-cyrillic', 'literata-figures'],
  en: ['golos-text-cyrillic', 'golos-text-latin', 'literata-figures', 'literata-latin'],
};

/** Whether a font, by its source file, is asked for with the page; the others are when a letter of them stands there. */
export function isFirstFont(file: string, locale: Locale): boolean {
  return firstFonts[locale].some((name) => file.endsWith(`/lib/fonts/${name}.woff2`));
}
