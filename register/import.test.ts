import { parse } from 'csv-parse/sync';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { listJournal } from '#schema/operations/journal.ts';
import { listMembers } from '#schema/operations/members.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages, removePage, updatePage } from '#schema/operations/pages.ts';
import { listPeople, listRoles } from '#schema/operations/people.ts';
import { exportRegister } from './export.ts';
import { findPage } from './find-page.ts';
import { applyImport, ImportRefused } from './import.ts';
import { importTime, openTestRegister, type TestRegister } from './register-for-tests.ts';

let register: TestRegister;
beforeEach(async () => {
  register = await openTestRegister();
});
afterEach(async () => {
  await register.close();
});

const head =
  'organisation,short,parent,level,members,members_on,tier,vk,telegram,site,responsible,email,phone';
const file = [
  head,
  'Иркутское Профобъединение,ИПО,,federation,120000,2026-01-01,flagship,vk.com/profirk,t.me/profirk,profirk.example,Петрова,p@x.ru,112233',
  'Профсоюз «Просвещение»,Просвещение,ИПО,,18 230,01.01.2026,,club7 @edu_irk,,,Сидоров,s@x.ru,445566',
  'Горком «Просвещение»,,Профсоюз «Просвещение»,territorial,500,,card,club8,,,Сидоров,s@x.ru,445566',
].join('\n');

describe('an import', () => {
  test('takes organisations, parents, members, pages and people over', async () => {
    const done = await register.import(file);
    expect(done.changes.map((change) => change.kind)).toEqual(['added', 'added', 'added']);
    const [federation, branch, city] = await listOrganisations(register.operations);
    expect(federation).toMatchObject({ short: 'ИПО', level: 'federation', tier: 'flagship', parentId: null });
    expect(branch).toMatchObject({ level: 'branch', tier: 'active', parentId: federation?.id });
    expect(city).toMatchObject({ level: 'territorial', tier: 'card', parentId: branch?.id });
    expect(await listMembers(register.operations)).toEqual([
      { organisationId: federation?.id, on: '2026-01-01', count: 120000 },
      { organisationId: branch?.id, on: '2026-01-01', count: 18230 },
      { organisationId: city?.id, on: '2026-07-01', count: 500 },
    ]);
    const pages = await listPages(register.operations);
    expect(pages.map((page) => page.link)).toEqual([
      'https://vk.com/profirk',
      'https://t.me/profirk',
      expect.stringContaining('profirk.example'),
      'https://vk.com/club7',
      'https://vk.com/edu_irk',
      'https://vk.com/club8',
    ]);
    expect(pages.map((page) => page.state)).toEqual([
      'unresolved',
      'unresolved',
      'ok',
      'unresolved',
      'unresolved',
      'unresolved',
    ]);
    // Sidorov answers for two organisations and is one person.
    expect((await listPeople(register.operations)).map((person) => person.name)).toEqual([
      'Петрова',
      'Сидоров',
    ]);
    expect(await listRoles(register.operations)).toHaveLength(3);
  });

  test('of the same file again changes nothing, on a later day either', async () => {
    await register.import(file);
    const journal = await listJournal(register.operations);
    const again = await register.import(file, { today: '2026-08-09' });
    expect(again.changes.map((change) => change.kind)).toEqual(['unchanged', 'unchanged', 'unchanged']);
    expect(await listJournal(register.operations)).toEqual(journal);
    expect(await listMembers(register.operations)).toHaveLength(3);
  });

  test('of what was exported changes nothing', async () => {
    await register.import(file);
    const exported = await exportRegister(register.operations);
    expect(exported.split('\n')[0]).toBe(
      'organisation,short,parent,level,sector,municipality,council,members,members_on,tier,vk,telegram,site,' +
        'chair,chair_email,chair_phone,responsible,email,phone,' +
        'chair_basis,chair_proof,chair_basis_on,chair_processing,chair_processing_withdrawn,' +
        'chair_dissemination,chair_dissemination_withdrawn,' +
        'responsible_basis,responsible_proof,responsible_basis_on,responsible_processing,' +
        'responsible_processing_withdrawn,responsible_dissemination,responsible_dissemination_withdrawn',
    );
    const again = await register.import(exported);
    expect(again.changes.flatMap((change) => change.fields)).toEqual([]);
  });

  test('takes back what the export made harmless: no cell of it is a formula, and nothing changes', async () => {
    await register.import(
      'organisation,short,level,sector,municipality,council,members,chair,chair_phone,responsible,phone\n' +
        "=1+1,+Первичка,primary,@отрасль,-город,＝совет,5,=HYPERLINK(1),+7 914 000-00-00,'=уже,+7 (3952) 00-00-00\n" +
        "'Заря',' =в кавычках,primary,,,,7,,,,\n",
    );
    const exported = await exportRegister(register.operations);
    const cells = (parse(exported) as string[][]).flat();
    expect(cells.filter((cell) => /^[\s]*[=+\-@＝＋－＠\t\r]/u.test(cell))).toEqual([]);
    expect(cells).toEqual(expect.arrayContaining(["'=1+1", "'=уже", "'+7 914 000-00-00", "'Заря'"]));
    const again = await register.import(exported);
    expect(again.problems).toEqual([]);
    expect(again.changes.map(({ kind, fields }) => ({ kind, fields }))).toEqual([
      { kind: 'unchanged', fields: [] },
      { kind: 'unchanged', fields: [] },
    ]);
    const people = await listPeople(register.operations);
    expect(people.map(({ name, phone }) => [name, phone])).toEqual([
      ['=HYPERLINK(1)', '+7 914 000-00-00'],
      ['=уже', '+7 (3952) 00-00-00'],
    ]);
  });

  test('looked at only writes nothing', async () => {
    const plan = await register.plan(file);
    expect(plan.acceptable).toBe(true);
    expect(await listOrganisations(register.operations)).toEqual([]);
  });

  test('changes what is said, keeps what is not, and says what was before', async () => {
    await register.import(file);
    const changed = await register.import(
      'organisation,short,members,members_on,tier,vk\nПРОФСОЮЗ "ПРОСВЕЩЕНИЕ",,19000,2026-07-01,флагман,club7 club9\n',
    );
    expect(changed.changes[0]?.fields).toEqual([
      { column: 'organisation', before: 'Профсоюз «Просвещение»', after: 'ПРОФСОЮЗ "ПРОСВЕЩЕНИЕ"' },
      { column: 'tier', before: 'active', after: 'flagship' },
      { column: 'members', before: '18230 (2026-01-01)', after: '19000 (2026-07-01)' },
      { column: 'vk', before: '', after: 'https://vk.com/club9' },
    ]);
    const organisation = (await listOrganisations(register.operations))[1];
    expect(organisation).toMatchObject({ short: 'Просвещение', tier: 'flagship' });
    expect((await listPages(register.operations)).map((page) => page.link)).toContain(
      'https://vk.com/edu_irk',
    );
    expect(await listMembers(register.operations, organisation?.id)).toHaveLength(2);
    const [entry, page] = await listJournal(register.operations, { limit: 2 });
    expect(entry).toMatchObject({
      at: importTime,
      who: 'test',
      what: 'organisation.changed',
      subject: `organisation:${organisation?.id}`,
      before: { tier: 'active', members: '18230 (2026-01-01)' },
      after: { tier: 'flagship', members: '19000 (2026-07-01)' },
    });
    expect(page).toMatchObject({ what: 'page.added', before: null });
  });

  test('moves a page from an organisation that the file does not name', async () => {
    await register.import(file);
    const [page] = await listPages(register.operations);
    await updatePage(register.operations, page?.id ?? 0, { nativeId: 77, name: 'profirk' });
    const moved = await register.import('organisation,vk\nНовая,https://vk.com/public77\n');
    expect(moved.changes[0]?.pages).toMatchObject([
      { kind: 'moved', pageId: page?.id, from: 'Иркутское Профобъединение' },
    ]);
    expect(await listPages(register.operations)).toHaveLength(6);
    expect((await listJournal(register.operations))[1]).toMatchObject({
      what: 'page.moved',
      before: { organisation: 'Иркутское Профобъединение' },
    });
  });

  test('brings a removed page back', async () => {
    await register.import('organisation,vk\nA,club5\n');
    const page = await findPage(register.operations, { network: 'vk', nativeId: 5, name: null, url: '' });
    await removePage(register.operations, page?.id ?? 0, importTime);
    const again = await register.import('organisation,vk\nA,club5\n');
    expect(again.changes[0]?.pages).toMatchObject([{ kind: 'added', pageId: page?.id }]);
    expect((await listPages(register.operations)).map(({ id }) => id)).toEqual([page?.id]);
  });

  test('gives a role to another person, and leaves the other roles of the one before', async () => {
    await register.import(file);
    await register.import('organisation,responsible,email\nГорком «Просвещение»,Новикова,n@x.ru\n');
    expect((await listPeople(register.operations)).map((person) => person.name)).toEqual([
      'Петрова',
      'Сидоров',
      'Новикова',
    ]);
    await register.import('organisation,responsible\nПрофсоюз «Просвещение»,Новикова\n');
    const names = (await listPeople(register.operations)).map((person) => person.name);
    expect(names).toEqual(['Петрова', 'Новикова', 'Новикова']);
  });

  test('changes the contacts of one who answers for two organisations where both rows say so', async () => {
    await register.import(file);
    const text = file.replaceAll('445566', '778899');
    await register.import(text);
    expect((await listPeople(register.operations)).map((person) => person.phone)).toEqual([
      '112233',
      '778899',
    ]);
    expect((await register.plan(text)).changes.flatMap((change) => change.fields)).toEqual([]);
    await register.import('organisation,phone\nИркутское Профобъединение,990011\n');
    expect((await listPeople(register.operations)).map((person) => person.phone)).toEqual([
      '990011',
      '778899',
    ]);
  });
});

describe('rows that do not go together', () => {
  const wrong: [string, string, object][] = [
    [
      'an organisation twice',
      'organisation\nA b\n«а Б»\nA  B\n',
      { line: 4, column: 'organisation', code: 'organisation_twice', detail: '2' },
    ],
    [
      'a page of two',
      'organisation,vk\nA,club5\nB,vk.com/public5\n',
      { line: 3, column: 'vk', code: 'page_of_two', detail: '2' },
    ],
    [
      'an unknown parent',
      'organisation,parent\nA,Nobody\n',
      { line: 2, column: 'parent', code: 'parent_unknown' },
    ],
    [
      'an ambiguous parent',
      'organisation,short,parent\nA,X,\nB,X,\nC,,X\n',
      { line: 4, column: 'parent', code: 'parent_ambiguous' },
    ],
    ['its own parent', 'organisation,parent\nA,A\n', { line: 2, code: 'parent_cycle', detail: 'A → A' }],
    [
      'two federations',
      'organisation,level\nA,federation\nB,федерация\n',
      { line: 3, column: 'level', code: 'two_federations', detail: 'A' },
    ],
  ];
  test.each(wrong)('%s', async (_, text, problem) => {
    const plan = await register.plan(text);
    expect(plan.problems).toMatchObject([problem]);
    expect(plan.acceptable).toBe(false);
    await expect(applyImport(register.operations, plan, { who: 'test', now: importTime })).rejects.toThrow(
      ImportRefused,
    );
    expect(await listOrganisations(register.operations)).toEqual([]);
  });

  test('a circle of parents names every row in it, with what the register says', async () => {
    await register.import('organisation,parent\nA,\nB,A\nC,B\n');
    const plan = await register.plan('organisation,parent\nA,C\n');
    expect(plan.problems).toMatchObject([{ line: 2, code: 'parent_cycle', detail: 'A → C → B → A' }]);
    const circle = await register.plan('organisation,parent\nX,Y\nY,X\nZ,X\n');
    expect(circle.problems.map((problem) => [problem.line, problem.code])).toEqual([
      [2, 'parent_cycle'],
      [3, 'parent_cycle'],
      [4, 'parent_unknown'],
    ]);
  });

  test('one page under an id and a name that the register knows to be one', async () => {
    await register.import('organisation,vk\nA,vk.com/name\n');
    const [page] = await listPages(register.operations);
    await updatePage(register.operations, page?.id ?? 0, { nativeId: 5 });
    const plan = await register.plan('organisation,vk\nA,vk.com/name\nB,club5\n');
    expect(plan.problems).toMatchObject([{ line: 3, code: 'page_of_two', detail: '2' }]);
    const twice = await register.plan('organisation,vk\nA,vk.com/name club5\n');
    expect(twice.problems).toMatchObject([{ line: 2, code: 'page_twice' }]);
  });

  test('a second federation beside the register’s', async () => {
    await register.import('organisation,level\nA,federation\n');
    expect((await register.plan('organisation,level\nB,federation\n')).problems).toMatchObject([
      { line: 2, code: 'two_federations', found: 'B', detail: 'A' },
    ]);
    expect((await register.plan('organisation,level\nA,branch\nB,federation\n')).problems).toEqual([]);
  });

  test('are left out when asked for, with those that hang on them', async () => {
    const text = 'organisation,parent,members\nA,,5\nB,,many\nC,B,\nD,C,\nE,A,\n';
    expect((await register.plan(text)).acceptable).toBe(false);
    const done = await register.import(text, { skipBad: true });
    expect(done.problems.map((problem) => [problem.line, problem.code])).toEqual([
      [3, 'not_a_number'],
      [4, 'parent_unknown'],
      [5, 'parent_unknown'],
    ]);
    expect(done.badRows).toBe(3);
    expect((await listOrganisations(register.operations)).map(({ name }) => name)).toEqual(['A', 'E']);
  });

  test('a spoilt file is not taken even so', async () => {
    const plan = await register.plan('organisation,short\nA,"b\n', { skipBad: true });
    expect([plan.acceptable, plan.skippable]).toEqual([false, false]);
  });

  test('a register that changed meanwhile takes nothing', async () => {
    const plan = await register.plan('organisation,level\nB,federation\n');
    await register.import('organisation,level\nA,federation\n');
    await expect(applyImport(register.operations, plan, { who: 'test', now: importTime })).rejects.toThrow(
      /meanwhile/,
    );
    expect(await listOrganisations(register.operations)).toHaveLength(1);
  });
});
