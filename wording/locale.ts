/** Languages of the screens; the first one is the base. */
export const locales = ['ru', 'en'] as const;
export type Locale = (typeof locales)[number];
