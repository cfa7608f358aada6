import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { systemClock } from '#domain/clock.ts';
import { createSimulation } from '#simulator/index.ts';
import type { Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from '../integration/product.ts';
import { makeHardToFit } from '../helpers/hard-to-fit.ts';
import { accessibilityProblems } from './accessibility.ts';
import {
  contextOf,
  narrowProblems,
  openBrowser,
  overflow,
  readerName,
  various,
  watchPage,
  type Reader,
} from './browser.ts';
import { sitePages } from './site.ts';
import { isSmall } from './world-size.ts';

/** «Не обновляются» of a federation of its own, where its people may see contacts and edit. */
let product: Product;
let origin: string;
let administrator: Visitor;
let closeVk: () => Promise<void>;
let browser: Browser;

beforeAll(async () => {
  const anchor = new Date(systemClock.now().getTime() - 3_600_000);
  // Of 18, as the small demo has, too few are silent.
  const organisations = isSmall ? 27 : 45;
  const simulation = createSimulation({ seed: 1, anchor, size: { organisations, historyWeeks: 6 } });
  makeHardToFit(simulation.world);
  simulation.clock.set(systemClock.now());
  const tokens = [{ token: 'simulator-service-key', kind: 'service' as const, requestsPerSecond: 400 }];
  const vk = await simulation.serveVk({ tokens });
  closeVk = () => vk.close();
  product = openProduct();
  const from = new Date(systemClock.now().getTime() - 100 * 86_400_000).toISOString().slice(0, 10);
  const settings = {
    VK_TOKENS: 'simulator-service-key',
    VK_API_URL: vk.url,
    VK_RPS: '200',
    HISTORY_FROM: from,
  };
  expect(
    (await product.command(['import', product.file('register.csv', simulation.registerCsv())], settings))
      .code,
  ).toBe(0);
  expect((await product.command(['collect'], settings)).output).toMatch(/pages/);
  ({ origin, administrator } = await product.startClaimed(settings));
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.close();
  await closeVk();
});

const english = { width: 1440, scheme: 'light', locale: 'en' } as const;
async function open(path: string, reader: Reader = english): Promise<Page> {
  const page = await (await contextOf(browser, origin, reader, administrator)).newPage();
  await page.goto(path, { waitUntil: 'networkidle' });
  return page;
}
const silent = (page: Page) => page.locator('section:has(#group-silent) > ul > li');
const notice = (page: Page) => page.locator('#notice');
const form = (page: Page) => page.locator('section[aria-labelledby=form-title]');

/** The addresses of one form of each kind, as the list gives them. */
async function formPaths(): Promise<string[]> {
  const page = await open('/silent');
  const paths = await page
    .locator('a[href*="form="]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  await page.context().close();
  const kinds = ['remind', 'contacts', 'appoint', 'pause', 'page', 'add'];
  return kinds.map((kind) => paths.find((path) => path.includes(`form=${kind}-`)) ?? `no form of ${kind}`);
}

// Two readers at a time: as many as a small machine has cores.
test.concurrent.each(various.map((reader) => ({ name: readerName(reader), reader })))(
  'the list, the people and every form are sound for a reader $name',
  async ({ reader }) => {
    const problems: Record<string, string[]> = {};
    for (const path of [
      '/silent',
      '/silent?view=people',
      '/silent?search=nobody-is-called-so',
      ...(await formPaths()),
    ]) {
      const page = await (await contextOf(browser, origin, reader, administrator)).newPage();
      const found = watchPage(page, origin);
      await page.goto(path, { waitUntil: 'networkidle' });
      const wider = await overflow(page);
      if (wider > 0) found.push(`scrolls sideways by ${wider} px`);
      if (reader.width === 360) found.push(...(await narrowProblems(page)));
      found.push(...(await accessibilityProblems(page)));
      await page.context().close();
      if (found.length > 0) problems[path] = found;
    }
    expect(problems).toEqual({});
  },
);

test('no page is wider than its window, whatever is called how and however great a figure is', async () => {
  const page = await open('/', { ...english, width: 360, locale: 'ru' });
  const problems: Record<string, string[]> = {};
  const sorted = ['subscribers', 'medianViews', 'growth'].map((sort) => ({ path: `/ranking?sort=${sort}` }));
  for (const { path } of [...(await sitePages(origin, administrator.cookie())), ...sorted]) {
    await page.goto(path);
    const found = await narrowProblems(page);
    if (found.length > 0) problems[path] = found;
  }
  expect(problems).toEqual({});
  await page.context().close();
});

test('each silent one is named with its days, its page, and somebody to call or to appoint', async () => {
  const page = await open('/silent');
  const lines = await silent(page).all();
  expect(lines.length).toBeGreaterThan(2);
  for (const line of lines) {
    const text = await line.innerText();
    expect(text).toMatch(/\d+\sdays|never posted/);
    expect(await line.locator('a[href^="https://vk.com/"]').count()).toBeGreaterThan(0);
    const reached = await line.locator('a[href^="tel:+"], a[href^="mailto:"]').count();
    expect(reached > 0 || text.includes('Name who is responsible')).toBe(true);
  }
  await page.context().close();
});

test('somebody is reminded by a letter about all their pages, by the keyboard, and that is undone', async () => {
  const page = await open('/silent');
  const remind = silent(page).locator('a[href*="form=remind-"]').first();
  const line = silent(page)
    .filter({ has: page.locator('a[href*="form=remind-"]') })
    .first();
  const key = (await line.getAttribute('id')) ?? '';
  await remind.focus();
  await page.keyboard.press('Enter');
  await page.locator('#form-title').waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('form-title');
  expect(new URL(page.url()).searchParams.get('at')).toBe(key);

  const letter = new URL((await page.locator('a.button[href^="mailto:"]').getAttribute('href')) ?? '');
  expect(letter.pathname).toMatch(/^[^@]+@(.+\.)?example\.org$/);
  expect(letter.searchParams.get('subject')).toContain('posts');
  expect(letter.searchParams.get('body')).toContain('https://vk.com/');
  expect(letter.href.length).toBeLessThanOrEqual(2000);

  await page.locator('input[value=phone]').check();
  await page.locator('input[name=note]').fill('tomorrow');
  await page.keyboard.press('Enter');
  await notice(page).waitFor();
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('notice');
  expect(await page.locator(`#${key}`).innerText()).toMatch(/Reminded .* by phone: .*tomorrow/);
  await notice(page).locator('button').click();
  await page.getByText('Undone.').waitFor();
  expect(await page.locator(`#${key}`).innerText()).not.toContain('Reminded');
  await page.context().close();
});

test.each([{ javaScript: false }, { javaScript: true }])(
  'a pause is mended, agreed, ended and put back, with scripts: $javaScript',
  async ({ javaScript }) => {
    const page = await open('/silent?group=silent', { ...english, width: 360, javaScript });
    const link = silent(page).locator('a[href*="form=pause-"]').first();
    const id = /form=pause-(\d+)/.exec((await link.getAttribute('href')) ?? '')?.[1] ?? '';
    const key = `#organisation-${id}`;
    await link.click();
    await page.locator('input[name=to]').fill('2020-01-01');
    await page.locator('input[name=reason]').fill('holidays');
    await page.locator('form.new button').click();
    await page.getByText('The pause ends before it begins').waitFor();
    expect(await page.locator('input[name=to]').getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator('input[name=reason]').inputValue()).toBe('holidays');

    const from = await page.locator('input[name=from]').inputValue();
    await page.locator('input[name=to]').fill(from);
    await page.locator('form.new button').click();
    await notice(page).getByText('holidays').waitFor();
    expect(new URL(page.url()).searchParams.get('group')).toBe('silent');
    expect(await page.locator(key).count()).toBe(0);

    await page.goto(`/silent?group=paused&form=pause-${id}&at=organisation-${id}`);
    await page.locator('form[action*="/resume"] button').click();
    await notice(page).getByText('Pause ended').waitFor();
    await notice(page).locator('button').click();
    await page.getByText('Undone.').waitFor();
    expect(await page.locator(key).count()).toBe(1);

    await page.goto('/silent?group=silent');
    await page.locator('li:not(.undone)', { hasText: 'holidays' }).locator('button').first().click();
    await page.getByText('Undone.').waitFor();
    expect(await page.locator(key).count()).toBe(1);
    await page.context().close();
  },
);

test('contacts, who is responsible and an address are changed and undone without scripts', async () => {
  const page = await open('/silent', { ...english, javaScript: false });
  const undo = async () => {
    await notice(page).locator('button').click();
    await page.getByText('Undone.').waitFor();
  };
  await silent(page).locator('a[href*="form=contacts-"]').first().click();
  await page.locator('input[name=phone]').fill('12');
  await form(page).locator('button').click();
  await page.getByText('“12” is not a phone number.').waitFor();
  await page.locator('input[name=phone]').fill('8 (3952) 24-55-66');
  await form(page).locator('button').click();
  await notice(page).waitFor();
  expect(await silent(page).locator('a[href="tel:+73952245566"]').count()).toBeGreaterThan(0);
  await undo();
  expect(await page.locator('a[href="tel:+73952245566"]').count()).toBe(0);

  await silent(page).locator('a[href*="form=appoint-"]').first().click();
  await form(page).locator('input[name=name]').fill('Somebody New');
  await form(page).locator('input[name=email]').fill('new@example.org');
  await form(page).locator('form:has(input[name=name]) button').click();
  await notice(page).getByText('Somebody New').waitFor();
  expect(await silent(page).locator('a[href="mailto:new@example.org"]').count()).toBe(1);
  await undo();

  const line = silent(page)
    .filter({ has: page.locator('a[href*="form=page-"]') })
    .first();
  const key = `#${(await line.getAttribute('id')) ?? ''}`;
  await line.locator('a[href*="form=page-"]').first().click();
  await page.locator('input[name=link]').fill('https://vk.com/id1');
  await page.locator('form[action*="/replace"] button').click();
  await page.getByText('is a person’s page').waitFor();
  await page.locator('input[name=link]').fill('https://vk.com/a_new_address');
  await page.locator('form[action*="/replace"] button').click();
  await notice(page).getByText('https://vk.com/a_new_address').waitFor();
  expect(await page.locator(key).innerText()).toContain('vk.com/a_new_address');
  await undo();
  await page.context().close();
});

test('the list is copied with its contacts, and the ranking’s address, where there is a clipboard', async () => {
  const page = await open('/silent?group=silent');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByText('Copy the list').click();
  await page.getByText('List copied').waitFor();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  expect(await copied()).toMatch(/NOT UPDATED[^]*https:\/\/vk\.com\/[^]*@[^]*example\.org/);
  await page.goto('/ranking?network=vk', { waitUntil: 'networkidle' });
  // A browser may refuse what it has: it is copied the old way then.
  await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))));
  await page.getByText('Share', { exact: true }).click();
  await page.getByText('Link copied').waitFor();
  expect(await copied()).toMatch(/\/ranking\?network=vk&from=\d{4}-\d\d-\d\d&to=\d{4}-\d\d-\d\d$/);
  await page.context().close();
});

test('an organisation’s page names its people', async () => {
  const page = await open('/silent');
  await silent(page)
    .filter({ has: page.locator('a[href^="tel:"]') })
    .locator('h3 a')
    .first()
    .click();
  await page.waitForURL(/\/organisations\/\d+/);
  expect(await page.locator('main a[href^="tel:+"]').count()).toBeGreaterThan(0);
  await page.context().close();
});

test('what everybody may read has neither contacts nor edits, in the page or its data', async () => {
  const open = inject('origin');
  const { data } = (await (await fetch(`${open}/api/v1/organisations`)).json()) as { data: { id: number }[] };
  for (const path of ['/silent', `/organisations/${data[0]?.id}`]) {
    const answers = [`${path}?view=people`, `${path}/__data.json?form=remind-1&done=1`];
    for (const address of answers) {
      const text = await (await fetch(`${open}${address}`)).text();
      expect(text.length).toBeGreaterThan(1000);
      expect(text).not.toMatch(/tel:|mailto:|example\.org|\+7 000|form=(?!remind-1)|method="POST"/i);
    }
  }
  const sent = await fetch(`${open}/silent?/close`, {
    method: 'POST',
    headers: { origin: open, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'page=1',
  });
  expect(sent.status).toBe(403);
});
