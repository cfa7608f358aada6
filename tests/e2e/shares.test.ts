import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { visitorOf } from '../helpers/signed-in.ts';
import { accessibilityProblems } from './accessibility.ts';
import {
  contextOf,
  narrowProblems,
  openBrowser,
  overflow,
  readerName,
  various,
  watchPage,
} from './browser.ts';
import { startProcess } from './processes.ts';
import { ask, type LeaderboardAnswer } from './site.ts';

/** What links to one view show of a whole demo: every list has something in it. */
const origin = inject('origin');

let browser: Browser;
/** The path of each link, by what it shows. */
const links = new Map<string, string>();

beforeAll(async () => {
  browser = await openBrowser();
  const settings = { DATA_DIR: inject('dataDirectory'), LOCALE: 'en', LOG_LEVEL: 'error' };
  const person = ['sharer@example.ru', '--name', 'Вера', '--role', 'department'];
  const added = startProcess('cli/profpulse.ts', settings, ['user', 'add', ...person]);
  await added.ended;
  const [invitation = ''] = /http:\S+\/invitation\/\S+/.exec(added.output()) ?? [];
  const vera = visitorOf(origin);
  await vera.send(new URL(invitation).pathname, { name: 'Вера', password: 'выдра на льдине 1848' });
  const form = await (await vera.get('/settings/shares')).text();
  const [, until = ''] = /name="until"[^>]*\bvalue="([\d-]+)"/.exec(form) ?? [];
  const { data } = await ask<LeaderboardAnswer>(origin, '/api/v1/leaderboard');
  const placed = data.find(({ place }) => place === 1);
  const organisation = `/organisations/${placed?.organisation.id}`;
  for (const view of ['/', '/ranking', '/ranking?search=nobody-is-called-so', '/silent', organisation]) {
    const sent = vera.send('/settings/shares?/make', { name: 'Показ', view, until, frame: '' });
    const [link = ''] = /http:[^\s<"]+\/share\/[\w-]{43}/.exec(await (await sent).text()) ?? [];
    links.set(view, new URL(link).pathname);
  }
});
afterAll(async () => browser.close());

test.each(various.map((reader) => [readerName(reader), reader] as const))(
  'a view that is shown by a link is whole, and nothing leads on from it: %s',
  async (_, reader) => {
    const context = await contextOf(browser, origin, reader);
    const problems: string[] = [];
    for (const [view, path] of links) {
      const page = await context.newPage();
      const complaints = watchPage(page, origin);
      const response = await page.goto(path, { waitUntil: 'networkidle' });
      if (response?.status() !== 200) complaints.push(`answered ${String(response?.status())}`);
      // Once scripts have taken the page over, too.
      const leads = await page
        .locator('a[href]')
        .evaluateAll((all) => all.map((link) => link.getAttribute('href')));
      const own = /^(?:#|\?posts=\d+#new-posts$|\?page=\d+$|https:\/\/(?:vk\.com|t\.me)\/)/;
      complaints.push(...leads.filter((href) => !own.test(href ?? '')).map((href) => `leads to ${href}`));
      const forms = await page.locator('form, nav, select, input').count();
      if (forms > 0) complaints.push(`has ${forms} forms or choices`);
      const wider = await overflow(page);
      if (wider > 0) complaints.push(`scrolls sideways by ${wider} px`);
      complaints.push(...(await accessibilityProblems(page)));
      if (reader.width === 360) complaints.push(...(await narrowProblems(page)));
      problems.push(...complaints.map((problem) => `${view}: ${problem}`));
      await page.close();
    }
    await context.close();
    expect(problems).toEqual([]);
  },
);
