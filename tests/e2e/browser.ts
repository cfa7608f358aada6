import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import chromiumBuild from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Visitor } from '../helpers/signed-in.ts';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { browserClock } from '../clock/machine.ts';

export const widths = [1440, 360] as const;
export const schemes = ['light', 'dark'] as const;
export const locales = ['ru', 'en'] as const;

/** How a reader sees the pages. */
export interface Reader {
  width: (typeof widths)[number];
  scheme: (typeof schemes)[number];
  locale: (typeof locales)[number];
  javaScript?: boolean;
}

/** Every combination of width, colour scheme and language. */
export const readers: readonly Reader[] = widths.flatMap((width) =>
  schemes.flatMap((scheme) => locales.map((locale) => ({ width, scheme, locale }))),
);

/** Half of them: every two of width, colours and language come together once. */
export const various: readonly Reader[] = readers.filter(
  ({ width, scheme, locale }) => (width === 360) === ((scheme === 'dark') === (locale === 'ru')),
);

/** `1440 light ru`, for the names of tests and pictures. */
export function readerName({ width, scheme, locale }: Reader): string {
  return `${width} ${scheme} ${locale}`;
}

/** Milliseconds that are waited for a page: more than a slow and busy machine needs. */
const patience = 120_000;

/** A browser that came with the packages, with more arguments if any; its profile goes to a directory of its own. */
export async function openBrowser(more: readonly string[] = []): Promise<Browser> {
  const home = mkdtempSync(join(tmpdir(), 'profpulse-browser-'));
  const browser = await chromium.launch({
    executablePath: await chromiumBuild.executablePath(),
    // Its own list of arguments holds `--single-process`, with which closing a page ends the browser.
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', ...more],
    env: { ...process.env, HOME: home },
  });
  browser.on('disconnected', () =>
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  );
  return browser;
}

/** A context as that reader has it: the language and theme are chosen in the cookies the dashboard keeps. */
export async function contextOf(
  browser: Browser,
  origin: string,
  reader: Reader,
  visitor?: Pick<Visitor, 'cookie'>,
): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport: { width: reader.width, height: reader.width === 360 ? 740 : 900 },
    colorScheme: reader.scheme,
    locale: reader.locale,
    timezoneId: 'Asia/Irkutsk',
    javaScriptEnabled: reader.javaScript ?? true,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(patience);
  await context.addInitScript(browserClock());
  const signedIn = (visitor?.cookie().split('; ') ?? []).filter(Boolean).map((cookie) => {
    const [name = '', ...value] = cookie.split('=');
    return { name, value: value.join('='), url: origin };
  });
  await context.addCookies([...signedIn, { name: 'lang', value: reader.locale, url: origin }]);
  return context;
}

/** What a page did that it should not; filled while the page is used. */
export function watchPage(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)) {
      complaints.push(`request to another origin: ${request.url()}`);
    }
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') complaints.push(`request failed: ${request.url()} (${reason})`);
  });
  return complaints;
}

/** The narrowest windows: of a small phone, and what 1280 pixels are at four times the size (WCAG 1.4.10). */
const narrowWidths = [360, 320] as const;

/** At which of the narrow widths a page is wider than its window, and by how much, each as a sentence. */
export async function narrowProblems(page: Page): Promise<string[]> {
  const problems: string[] = [];
  for (const width of narrowWidths) {
    await page.setViewportSize({ width, height: 740 });
    const wider = await overflow(page);
    if (wider > 0) problems.push(`scrolls sideways by ${wider} px at ${width}`);
  }
  return problems;
}

/** By how many pixels the page is wider than its window; what scrolls in a box of its own does not count. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
