import { expect, inject, test } from 'vitest';
import { accessibilityProblems } from './accessibility.ts';
import { contextOf, openBrowser } from './browser.ts';
import { serveUnderName } from './lan.ts';

const origin = inject('origin');

test('over plain http by a name of the network it is copied as well, and what cannot be is shown', async () => {
  const lan = await serveUnderName('profpulse.lan', origin);
  const other = await openBrowser(lan.browserArguments);
  const page = await (
    await contextOf(other, lan.origin, { width: 1440, scheme: 'light', locale: 'en' })
  ).newPage();
  await page.goto('/ranking?network=vk', { waitUntil: 'networkidle' });
  expect(await page.evaluate(() => 'clipboard' in navigator)).toBe(false);
  await page.getByText('Share', { exact: true }).click();
  await page.getByText('Link copied').waitFor();
  await page.locator('input[type=search]').focus();
  await page.keyboard.press('Control+V');
  expect(await page.locator('input[type=search]').inputValue()).toContain(`${lan.origin}/ranking?network=vk`);

  await page.evaluate(() => {
    document.execCommand = () => {
      throw new Error('refused');
    };
  });
  await page.getByText('Share', { exact: true }).click();
  await page.getByText('It could not be copied.').waitFor();
  const field = page.getByRole('textbox', { name: 'Copy this text' });
  expect(await field.inputValue()).toContain('/ranking?network=vk');
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(await field.inputValue());
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await field.waitFor({ state: 'detached' });
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Share');
  await other.close();
  await lan.close();
});
