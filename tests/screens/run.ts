import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { contextOf, openBrowser, readerName, readers } from '../e2e/browser.ts';
import type { Reader } from '../e2e/browser.ts';
import { startDemoWorld } from '../e2e/demo-world.ts';
import { sitePages } from '../e2e/site.ts';
import { root } from '../steps.ts';
import { contactSheet } from './sheet.ts';
import type { Picture } from './sheet.ts';

/*
 * npm run screens [-- --origin http://127.0.0.1:3000] [--readme]
 *
 * Pictures of every page into .screens/, and sheet.png to look at them all. Without --origin a demo is started for it.
 * The demo it starts is not open to everybody, so that people and forms are seen too. --readme takes the README's pictures
 * anew.
 */

const folder = join(root, '.screens');

async function takePicture(browser: Browser, origin: string, path: string, reader: Reader, file: string) {
  const context = await contextOf(browser, origin, reader);
  const page = await context.newPage();
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.screenshot({ path: join(folder, file), fullPage: true });
  await context.close();
}

async function takeAll(browser: Browser, origin: string): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const { name, path } of await sitePages(origin)) {
    for (const reader of readers) {
      const file = `${name}-${readerName(reader).replaceAll(' ', '-')}.png`;
      await takePicture(browser, origin, path, reader, file);
      pictures.push({ page: `${name} ${path}`, reader: readerName(reader), width: reader.width, file });
    }
    console.log(`  ${name}`);
  }
  return pictures;
}

async function takeSheet(browser: Browser, pictures: readonly Picture[]): Promise<void> {
  const index = join(folder, 'index.html');
  writeFileSync(index, contactSheet(pictures));
  const page = await browser.newPage({ viewport: { width: 2540, height: 1000 } });
  await page.goto(pathToFileURL(index).href);
  await page.screenshot({ path: join(folder, 'sheet.png'), fullPage: true });
}

/** What the README shows, in its two languages. */
const readmePages = { overview: '/', ranking: '/ranking', silent: '/silent' };

async function takeReadmePictures(browser: Browser, origin: string): Promise<void> {
  for (const locale of ['ru', 'en'] as const) {
    const context = await contextOf(browser, origin, { width: 1440, scheme: 'light', locale });
    const page = await context.newPage();
    for (const [name, path] of Object.entries(readmePages)) {
      await page.goto(path, { waitUntil: 'networkidle' });
      await page.screenshot({ path: join(root, `docs/images/${name}-${locale}.png`) });
    }
    await context.close();
  }
}

const parameters = process.argv.slice(2);
const given = parameters.includes('--origin') ? parameters[parameters.indexOf('--origin') + 1] : undefined;
const world = given === undefined ? await startDemoWorld({ PUBLIC_DASHBOARD: 'false' }) : null;
const origin = given ?? world?.origin ?? '';
const browser = await openBrowser();
try {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const pictures = await takeAll(browser, origin);
  await takeSheet(browser, pictures);
  if (parameters.includes('--readme')) await takeReadmePictures(browser, origin);
  console.log(`${pictures.length} pictures in .screens/; all on one sheet: .screens/sheet.png`);
} finally {
  await browser.close();
  await world?.close();
}
