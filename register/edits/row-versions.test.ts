import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openPostgresInProcess } from '#tests/helpers/postgres-in-process.ts';
import { isMirrorBehind } from '#schema/operations/data-version.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages } from '#schema/operations/pages.ts';
import { listPeople } from '#schema/operations/people.ts';
import { addRevision } from '#schema/operations/revisions.ts';
import { readVersion, type Subject } from '#schema/operations/row-versions.ts';
import { importTime, openTestRegister, testActor, type TestRegister } from '../register-for-tests.ts';
import { problemsOfRefused } from './refused-for-tests.ts';
import { editKind, type EditName } from './registry.ts';
import { revertEdit } from './revert-edit.ts';

const csv = (phone: string): string =>
  `organisation,vk,responsible,phone\nА,club5,Петрова Анна,${phone}\nБ,club6,Ким Сергей,+7 000 000-00-02\n`;
const first = { ...testActor, who: 'petrova' };
const second = { ...testActor, who: 'kim' };
const stores = [
  { name: 'SQLite', openStore: undefined },
  { name: 'PostgreSQL', openStore: openPostgresInProcess },
];

describe.each(stores)('two who edit the same at once, on $name', ({ openStore }) => {
  let register: TestRegister;
  let organisation: number;
  let person: number;
  let page: number;
  beforeAll(async () => {
    register = await openTestRegister(openStore);
    await register.import(csv('+7 000 000-00-01'));
  });
  // Who has left the register and came back is another row.
  beforeEach(async () => {
    const { operations } = register;
    organisation = (await listOrganisations(operations)).find(({ name }) => name === 'А')?.id ?? 0;
    person = (await listPeople(operations)).find(({ name }) => name === 'Петрова Анна')?.id ?? 0;
    page = (await listPages(operations)).find(({ nativeId }) => nativeId === 5)?.id ?? 0;
  });
  afterAll(async () => {
    await register.close();
  });

  const make = (name: EditName, given: object, actor = first) =>
    editKind(name).make(register.operations, given as Record<string, unknown>, actor);
  const version = (subject: Subject) => readVersion(register.operations, subject);
  const problem = async (edit: Promise<unknown>) => (await problemsOfRefused(edit))[0];
  const conflict = {
    code: 'edited_meanwhile',
    field: null,
    found: 'petrova',
    detail: testActor.now.toISOString(),
  };

  test.each([
    ['contacts', { name: 'Петрова А. И.', phone: '24-55-66' }, { name: 'Петрова Анна', phone: '24-55-67' }],
    ['appoint', { name: 'Орлов Денис', phone: '24-55-68' }, { name: 'Новый', phone: '24-55-69' }],
    [
      'pause',
      { from: '2026-08-01', to: '2026-08-10', reason: 'отпуск' },
      { from: '2026-09-01', to: '2026-09-10', reason: 'ремонт' },
    ],
    ['replace', { link: 'vk.com/club77' }, { link: 'vk.com/club78' }],
    ['target', { subscribers: '9000', by: '2026-12-31' }, { subscribers: '9500', by: '2026-12-31' }],
  ] as const)(
    '%s: the second is told who was first and when, and overwrites nothing',
    async (name, one, other) => {
      const subjects = {
        contacts: `person:${person}`,
        appoint: `organisation:${organisation}`,
        pause: `organisation:${organisation}`,
        replace: `page:${page}`,
        target: 'setting:growth.target',
      } as const;
      const about = { organisation, ...(name === 'appoint' ? {} : { person }), page };
      const opened = { ...about, version: await version(subjects[name]) };
      const entry = await make(name, { ...opened, ...one });
      expect(await problem(make(name, { ...opened, ...other }, second))).toEqual(conflict);
      // Undoing is an edit as any other.
      const between = await version(subjects[name]);
      await revertEdit(register.operations, entry, first);
      expect(await problem(make(name, { ...opened, ...other, version: between }, second))).toEqual(conflict);
      // Who has seen what holds now is taken, and so is who does not say what they have seen.
      const seen = { ...opened, ...other, version: await version(subjects[name]) };
      await revertEdit(register.operations, await make(name, seen, second), second);
      await revertEdit(register.operations, await make(name, { ...seen, version: null }, second), second);
    },
  );

  test('an import raises what it changes, and nothing else', async () => {
    const subjects = [`organisation:${organisation}`, `person:${person}`, `page:${page}`] as const;
    const before = await Promise.all(subjects.map(version));
    const opened = { person, name: 'Петрова Анна', phone: '24-55-66', version: before[1] };
    await register.import(csv('+7 000 000-00-01'));
    expect(await Promise.all(subjects.map(version))).toEqual(before);
    await register.import(csv('+7 000 000-00-09'));
    expect(await Promise.all(subjects.map(version))).toEqual([
      (before[0] ?? 0) + 1,
      (before[1] ?? 0) + 1,
      before[2],
    ]);
    expect(await problem(make('contacts', opened))).toEqual({
      ...conflict,
      found: 'test',
      detail: importTime.toISOString(),
    });
  });

  test('the mirror has to follow edits that it has something of, and no others', async () => {
    const { operations } = register;
    const about = { stream: 'register', kind: 'rebuild' } as const;
    const isBehindAfter = async (name: EditName, given: object): Promise<boolean> => {
      await addRevision(operations, testActor.now, about);
      expect(await isMirrorBehind(operations)).toBe(false);
      await make(name, given);
      return await isMirrorBehind(operations);
    };
    const reminder = { person, page: [page], channel: 'phone' };
    expect(await isBehindAfter('remind', reminder)).toBe(false);
    expect(await isBehindAfter('contacts', { person, name: 'А', phone: '24-55-01' })).toBe(false);
    expect(await isBehindAfter('target', { subscribers: '9', by: '2026-12-31' })).toBe(false);
    const pause = { organisation, from: '2026-10-01', to: '2026-10-10', reason: 'отпуск' };
    expect(await isBehindAfter('pause', pause)).toBe(true);
    expect(await isBehindAfter('close', { page })).toBe(true);
  });
});
