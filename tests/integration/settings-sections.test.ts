import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '#domain/period.ts';
import type { Visitor } from '../helpers/signed-in.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openSharing, type Sharing } from './sharing.ts';

takesLong('it starts a server');

let sharing: Sharing;
let origin: string;
let administrator: Visitor;
const stranger = (): Visitor => sharing.stranger();
const made: Sharing['made'] = async (...asked) => await sharing.made(...asked);
const send: Sharing['send'] = async (...asked) => await sharing.send(...asked);

beforeAll(async () => {
  sharing = await openSharing({
    LOG_LEVEL: 'fatal',
    AUTH_SECRET: 'tajna'.repeat(10),
    SMTP_URL: 'smtps://tajna:tajna@smtp.example.ru:465',
  });
  ({ origin, administrator } = sharing);
});
afterAll(async () => {
  await sharing.product.close();
});

test('a form says what is wrong with it, keeps what was entered, and makes nothing', async () => {
  const before = await (await administrator.get('/settings/shares')).text();
  const rows = (page: string) => page.split('name="link"').length;
  const [, last = ''] = /name="until"[^>]*\bmax="([\d-]+)"/.exec(before) ?? [];
  expect((await send('/ranking', { until: last })).status).toBe(200);
  const wrong: [Record<string, string>, string][] = [
    [{ view: '/settings/people' }, 'A link cannot show this'],
    [{ view: 'https://vk.com/ranking' }, 'A link cannot show this'],
    [{ view: '/organisations/999' }, 'A link cannot show this'],
    [{ name: ' ' }, 'Enter a name'],
    [{ until: '' }, 'Enter a day that has not passed'],
    [{ until: '2020-01-01' }, 'Enter a day that has not passed'],
    [{ until: addDays(last, 1) }, 'A link works for a year at most'],
    [{ frame: '*.example.ru' }, 'Enter addresses of sites'],
  ];
  for (const [{ view = '/ranking', ...fields }, said] of wrong) {
    const response = await send(view, fields);
    expect([fields, view, response.status]).toEqual([fields, view, 400]);
    const page = await response.text();
    expect(page).toContain(said);
    expect(page).toContain(`value="${fields['frame'] ?? view}"`);
    expect(page).not.toContain('/share/');
  }
  expect((await administrator.send('/settings/shares?/revoke', { link: '0' })).status).toBe(400);
  expect(rows(await (await administrator.get('/settings/shares')).text())).toBe(rows(before) + 1);
});

test('the list tells what each shows, and when it was last seen; a screen leads to the form of its own view', async () => {
  const path = await made('/ranking?period=month&network=vk', { name: 'Сайт' });
  const row = async () => {
    const page = await (await administrator.get('/settings/shares')).text();
    return page.slice(page.indexOf('>Сайт</th>')).split('</tr>')[0] ?? '';
  };
  expect(await row()).toMatch(/the last full month, VK[^]*never[^]*Анна/);
  await stranger().get(path);
  expect(await row()).not.toContain('never');
  expect(await row()).not.toContain(path.split('/').at(-1));
  for (const shown of ['/ranking?network=vk', '/organisations/2', '/', '/silent?group=none']) {
    const screen = await (await administrator.get(shown)).text();
    const [, href = ''] = /href="(\/settings\/shares\?[^"]*)"/.exec(screen) ?? [];
    expect(new URL(href, origin).searchParams.get('view')).toBe(shown);
    expect(await (await administrator.get(href)).text()).toContain(
      `value="${shown.replaceAll('&', '&amp;')}"`,
    );
  }
});

test('names that were set in the settings stand in its head, and go back when they are undone', async () => {
  const path = await made('/ranking');
  const headOf = async () =>
    /class="mark[^]*?<\/svg>([^<]*)</.exec(await (await stranger().get(path)).text())?.[1]?.trim();
  expect(await headOf()).toBe('Союз');
  const names = { federation_nominative: 'Профобъединение', federation_genitive: 'Профобъединения' };
  const set = await administrator.send('/settings/federation?/names', names);
  const led = set.headers.get('location') ?? '';
  expect([set.status, led]).toEqual([
    303,
    expect.stringMatching(/^\/settings\/federation\?done=\d+#notice$/),
  ]);
  expect(await headOf()).toBe('Профобъединение');
  const page = await (await administrator.get(led)).text();
  expect(page).toContain('Names in letters: federation — Профобъединение');
  expect(page).toMatch(/Письмо от (?:<!---->)?<b[^>]*>Профобъединения<\/b>/);
  const wrong = await administrator.send('/settings/federation?/names', { federation_genitive: 'Союза' });
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining('value="Союза"')]);
  const late = await administrator.send('/settings/federation?/names', { ...names, version: '1' });
  expect(late.status).toBe(409);
  const entry = new URL(led, origin).searchParams.get('done') ?? '';
  expect((await administrator.send('/settings/federation?/undo', { entry })).status).toBe(303);
  expect(await headOf()).toBe('Союз');
});

test('what the environment sets is told to an administrator, without its secrets', async () => {
  const page = await (await administrator.get('/settings/environment')).text();
  expect(page).toContain('smtps://***@smtp.example.ru:465');
  expect(page).toMatch(/LOG_LEVEL[^]*?fatal[^]*?environment/);
  expect(page).toMatch(/AUTH_SECRET[^]*?>set<[^]*?environment/);
  expect(page).not.toContain('tajna');
});
