import { afterEach, beforeEach, expect, test } from 'vitest';
import { listJournal } from '#schema/operations/journal.ts';
import { listMembers, saveMembers } from '#schema/operations/members.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages, updatePage } from '#schema/operations/pages.ts';
import { exportRegister } from './export.ts';
import { openTestRegister, type TestRegister } from './register-for-tests.ts';
import { describeWarning } from './warnings.ts';

let register: TestRegister;
beforeEach(async () => {
  register = await openTestRegister();
});
afterEach(async () => {
  await register.close();
});

const file = [
  'organisation,vk,telegram',
  'Иркутское Профобъединение,vk.com/profirk,t.me/profirk',
  'Профсоюз «Просвещение»,club7,@edu_irk',
  'Горком «Просвещение»,club8,',
].join('\n');

test('an import says of pages what they turned out to be, and takes them all the same', async () => {
  expect((await register.import(file)).warnings).toEqual([]);
  const kinds = { 'https://t.me/profirk': 'group_chat', 'https://vk.com/club8': 'person' } as const;
  for (const { id, link } of await listPages(register.operations)) {
    await updatePage(register.operations, id, { foundAs: kinds[link as keyof typeof kinds] ?? null });
  }
  const { warnings, headings, acceptable, problems } = await register.plan(file);
  expect({ acceptable, problems }).toEqual({ acceptable: true, problems: [] });
  expect(warnings).toEqual([
    { line: 2, column: 'telegram', link: 'https://t.me/profirk', is: 'group_chat' },
    { line: 4, column: 'vk', link: 'https://vk.com/club8', is: 'person' },
  ]);
  expect(warnings.map((warning) => describeWarning(warning, headings, 'ru'))).toEqual([
    'строка 2, столбец «telegram»: https://t.me/profirk — это групповой чат, публикации оттуда не собираются; укажите канал или сообщество',
    'строка 4, столбец «vk»: https://vk.com/club8 — это страница человека, публикации оттуда не собираются; укажите канал или сообщество',
  ]);
  expect(warnings.map((warning) => describeWarning(warning, headings, 'en'))[0]).toBe(
    'line 2, column "telegram": https://t.me/profirk is a group chat, no posts are collected from there; give a channel or a community',
  );
});

test('an import puts a count in the place of those that the statistics do not take', async () => {
  await register.import('organisation\nА\n');
  const [{ id: organisationId } = { id: 0 }] = await listOrganisations(register.operations);
  // As a folder of an earlier version has them.
  await saveMembers(register.operations, { organisationId, on: '1500-01-01', count: 5 });
  await saveMembers(register.operations, { organisationId, on: '2300-01-01', count: 7 });
  await saveMembers(register.operations, { organisationId, on: '2026-01-01', count: 5_000_000_000 });
  expect(await exportRegister(register.operations)).toContain('А,,,branch,,,,,,active');
  expect((await register.plan('organisation\nА\n')).changes).toMatchObject([{ kind: 'unchanged' }]);

  const done = await register.import('organisation,members,members_on\nА,510,2026-02-01\n');
  expect(done.changes).toMatchObject([{ fields: [{ column: 'members', before: '' }] }]);
  expect(await listMembers(register.operations)).toEqual([{ organisationId, on: '2026-02-01', count: 510 }]);
  const replaced = await listJournal(register.operations, { what: ['members.replaced'] });
  expect(replaced.map(({ before, after }) => [before, after])).toEqual([
    [
      { on: '2300-01-01', count: 7 },
      { on: '2026-02-01', count: 510 },
    ],
    [
      { on: '2026-01-01', count: 5_000_000_000 },
      { on: '2026-02-01', count: 510 },
    ],
    [
      { on: '1500-01-01', count: 5 },
      { on: '2026-02-01', count: 510 },
    ],
  ]);
});
