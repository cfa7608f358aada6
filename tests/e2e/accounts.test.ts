import { generate } from 'otplib';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsSections } from '#lib/settings-sections.ts';
import { claimAs, invitedBy, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from '../integration/product.ts';
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

const password = 'выдра на льдине 1848';
const english = { width: 1440, scheme: 'light', locale: 'en' } as const;

let product: Product;
let origin: string;
let browser: Browser;
let claim: string;
let administrator: Visitor;

beforeAll(async () => {
  product = openProduct();
  const started = await product.start();
  origin = started.origin;
  const [link] = await started.process.says(/http:\S+\/claim\/\S+/);
  claim = new URL(link).pathname;
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await product.close();
});

/** A browser in which a visitor has signed in. */
const contextSignedIn = (visitor: Visitor, reader: Reader): Promise<BrowserContext> =>
  contextOf(browser, origin, reader, visitor);

async function problemsOf(page: Page, path: string, reader: Reader): Promise<string[]> {
  const complaints = watchPage(page, origin);
  // Twice: what a browser has kept of a page is shown under the policy of the answer that says so.
  for (const look of ['first', 'second']) {
    const response = await page.goto(path, { waitUntil: 'networkidle' });
    if (response?.status() !== 200) complaints.push(`${look} look: answered ${String(response?.status())}`);
    const isStyled = await page.evaluate(() => getComputedStyle(document.body).margin === '0px');
    if (!isStyled) complaints.push(`${look} look: has no styles`);
  }
  const wider = await overflow(page);
  if (wider > 0) complaints.push(`scrolls sideways by ${wider} px`);
  complaints.push(...(await accessibilityProblems(page)));
  if (reader.width === 360) complaints.push(...(await narrowProblems(page)));
  return complaints.map((problem) => `${path}, ${readerName(reader)}: ${problem}`);
}

test('the doors of an unclaimed instance are sound for everybody, and what is typed early stays', async () => {
  const problems: string[] = [];
  for (const reader of various) {
    const context = await contextOf(browser, origin, reader);
    const page = await context.newPage();
    for (const path of ['/claim', claim, '/claim/x'])
      problems.push(...(await problemsOf(page, path, reader)));
    await context.close();
  }
  expect(problems).toEqual([]);
});

test('the first administrator is made in the browser: what is wrong is told beside its field, which has the focus', async () => {
  const context = await contextOf(browser, origin, english);
  const page = await context.newPage();
  await page.goto(claim);
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('name');
  await page.getByLabel('Name').fill('Анна Петрова');
  await page.getByLabel('E-mail').fill('anna@example.ru');
  await page.getByLabel('Password').fill('профсоюз2026');
  await page.keyboard.press('Enter');
  await page.getByText('Such a password is easily guessed').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('password');
  expect(await page.getByLabel('Name').inputValue()).toBe('Анна Петрова');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Sign out' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.waitForURL(/\/login/);
  await context.close();
});

test('the pages of accounts are sound for everybody who sees them', async () => {
  administrator = visitorOf(origin);
  await administrator.send('/login', { email: 'anna@example.ru', password });
  const account = { name: 'Очень-Длинное-Имя Которое Не Помещается В Одну Строку', password };
  await invitedBy(administrator, origin, { ...account, email: 'boris@example.ru', role: 'department' });
  const page1 = await administrator.send('/settings/people?/invite', {
    name: 'Вера',
    email: 'vera@example.ru',
    role: 'viewer',
  });
  const [link = ''] = /http:[^\s<"]+\/invitation\/[\w-]+/.exec(await page1.text()) ?? [];
  const problems: string[] = [];
  for (const reader of various) {
    const guest = await contextOf(browser, origin, reader);
    const outside = await guest.newPage();
    for (const path of ['/login', '/login?set', '/login/code', new URL(link).pathname, '/password/x'])
      problems.push(...(await problemsOf(outside, path, reader)));
    const context = await contextSignedIn(administrator, reader);
    const inside = await context.newPage();
    for (const path of ['/account', '/account/second-factor', ...settingsSections.map((each) => each.path)])
      problems.push(...(await problemsOf(inside, path, reader)));
    await Promise.all([guest.close(), context.close()]);
  }
  expect(problems).toEqual([]);
});

test('a second step is set up from its picture, and asked for at the next login', async () => {
  const visitor = await invitedBy(administrator, origin, {
    name: 'Галина',
    email: 'galina@example.ru',
    password,
    role: 'viewer',
  });
  const context = await contextSignedIn(visitor, english);
  const page = await context.newPage();
  await page.goto('/account/second-factor', { waitUntil: 'networkidle' });
  await page.getByLabel('Current password').fill(password);
  await page.getByRole('button', { name: 'Set up' }).click();
  await page.getByRole('img', { name: 'Picture for the app of codes' }).waitFor();
  const secret = (await page.locator('main code').first().innerText()).replaceAll(/\s/g, '');
  await page.getByLabel('Code', { exact: true }).fill(await generate({ secret }));
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByText('On: the login asks for a code').waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.goto('/login?to=/methodology');
  await page.getByLabel('E-mail').fill('galina@example.ru');
  await page.getByLabel('Password').fill(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/login\/code/);
  await page.getByLabel('Code', { exact: true }).fill('no code');
  await page.keyboard.press('Enter');
  await page.getByText('The code does not fit').waitFor();
  expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('code');
  await context.close();
});

test('who is told a link once copies it, and the list shows the invitation', async () => {
  expect(claim).not.toBe('');
  await expect(
    claimAs(visitorOf(origin), claim, { name: 'Х', email: 'x@example.ru', password }),
  ).rejects.toThrow();
  const context = await contextSignedIn(administrator, english);
  const page = await context.newPage();
  await page.goto('/settings/people', { waitUntil: 'networkidle' });
  const invite = page.locator('section[aria-labelledby=invite]');
  await invite.getByLabel('Name').fill('Денис');
  await invite.getByLabel('E-mail').fill('denis@example.ru');
  await invite.getByLabel('information department').check();
  await invite.getByRole('button').click();
  await page.getByText('The invitation is ready').waitFor();
  await page.getByText('denis@example.ru').waitFor();
  await page.getByRole('button', { name: 'Take back' }).last().click();
  await page.getByText('The invitation was taken back').waitFor();
  await context.close();
});
