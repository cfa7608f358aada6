import type { Cookies } from '@sveltejs/kit';
import { locales, type Locale } from '#wording/locale.ts';

/** `auto` follows the reader's system. */
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** What a reader has chosen for all pages: kept in cookies, so that the first byte is already right. */
export interface Preferences {
  locale: Locale;
  theme: Theme;
}

const year = 365 * 24 * 60 * 60;

const chosen = <Value extends string>(values: readonly Value[], ...wanted: (string | null | undefined)[]) =>
  wanted.map((value) => values.find((known) => known === value)).find((value) => value !== undefined);

/**
 * The language and theme of a request: `?lang=` and `?theme=` first, then the cookies, then the defaults.
 * Anything unknown is passed over.
 */
export function preferencesOf(
  url: URL,
  cookie: (name: string) => string | undefined,
  defaultLocale: Locale,
): Preferences {
  return {
    locale: chosen(locales, url.searchParams.get('lang'), cookie('lang')) ?? defaultLocale,
    theme: chosen(themes, url.searchParams.get('theme'), cookie('theme')) ?? 'auto',
  };
}

/** Keeps what the address has just chosen; nothing is written without a choice. */
export function rememberPreferences(
  url: URL,
  cookies: Cookies,
  preferences: Preferences,
  secure: boolean,
): void {
  const options = {
    path: '/',
    maxAge: year,
    sameSite: 'lax',
    httpOnly: true,
    secure,
  } as const;
  if (url.searchParams.has('lang')) cookies.set('lang', preferences.locale, options);
  if (url.searchParams.has('theme')) cookies.set('theme', preferences.theme, options);
}
