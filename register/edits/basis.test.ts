import { afterEach, beforeEach, expect, test } from 'vitest';
import { noBasis } from '#domain/personal-data.ts';
import { getJournalEntry } from '#schema/operations/journal.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages } from '#schema/operations/pages.ts';
import { getPerson, listFormerPeople, listPeople, listRoles } from '#schema/operations/people.ts';
import { exportRegister } from '../export.ts';
import { openTestRegister, testActor as actor, type TestRegister } from '../register-for-tests.ts';
import { appoint } from './appoint.ts';
import { changeContacts } from './change-contacts.ts';
import { problemsOfRefused } from './refused-for-tests.ts';
import { remind } from './remind.ts';
import { revertEdit } from './revert-edit.ts';

const csv = [
  'organisation,vk,responsible,email,phone',
  'А,club5,Петрова Анна,petrova@example.org,+7 000 000-00-01',
  'Б,club6,Сидоров Олег,,+7 000 000-00-02',
].join('\n');

let register: TestRegister;
let petrova: number;
let pageId: number;
beforeEach(async () => {
  register = await openTestRegister();
  await register.import(csv);
  petrova = (await listPeople(register.operations))[0]?.id ?? 0;
  pageId = (await listPages(register.operations))[0]?.id ?? 0;
});
afterEach(async () => {
  await register.close();
});

const said = { name: 'Петрова Анна', email: 'petrova@example.org', phone: '+7 000 000-00-01' };
const change = async (given: object) =>
  await changeContacts.make(register.operations, { person: petrova, ...said, ...given }, actor);
const refused = async (given: object) =>
  (await problemsOfRefused(change(given))).map(({ field, code }) => `${field} ${code}`);
const present = async () => await getPerson(register.operations, petrova);
const organisation = async (name: string) =>
  (await listOrganisations(register.operations)).find((each) => each.name === name)?.id ?? 0;

test('a basis and consents are kept, stand in the journal without where they lie, and are undone', async () => {
  const basis = { basis: 'consent', proof: 'папка «Согласия», лист 2', basisOn: '2026-02-01' } as const;
  const consents = { processingGiven: '2026-02-01', disseminationGiven: '2026-02-03' };
  const id = await change({ ...basis, ...consents });
  expect(await present()).toEqual({ id: petrova, ...said, ...noBasis, ...basis, ...consents });
  const rows = await register.operations.db.selectFrom('journal').selectAll().execute();
  expect(JSON.stringify(rows)).not.toMatch(/папка|Петрова/u);
  expect(await getJournalEntry(register.operations, id)).toMatchObject({ after: { ...basis, ...consents } });
  // What a form does not send stays as it was.
  await change({ phone: '+7 000 000-00-09' });
  expect(await present()).toMatchObject({ ...basis, ...consents });
  expect((await problemsOfRefused(revertEdit(register.operations, id, actor)))[0]?.code).toBe(
    'changed_since',
  );
  await change(said);
  await revertEdit(register.operations, id, actor);
  expect(await present()).toEqual({ id: petrova, ...said, ...noBasis });
  expect(await refused(noBasis)).toEqual(['null nothing_changed']);
});

test('what is no basis or day is refused beside its field', async () => {
  expect(
    await refused({
      basis: 'any',
      basisOn: '2026-02-30',
      processingGiven: '2026-07-03',
      processingWithdrawn: '2026-07-01',
      disseminationGiven: 'вчера',
      disseminationWithdrawn: '1999-01-01',
    }),
  ).toEqual([
    'basis basis_unknown',
    'basisOn no_such_day',
    'processingGiven day_ahead',
    'disseminationGiven not_a_day',
    'disseminationWithdrawn day_out_of_range',
    'processingWithdrawn withdrawn_too_early',
  ]);
  expect(await refused({ proof: 'п'.repeat(301) })).toEqual(['proof too_long']);
  expect(await present()).toMatchObject(noBasis);
});

test('of who has withdrawn the consent nobody is reminded, no contacts are handed out, and it can be undone', async () => {
  const withdrawal = await change({ processingGiven: '2026-02-01', processingWithdrawn: '2026-06-30' });
  const reminder = { person: petrova, page: [pageId], channel: 'phone', note: '' } as const;
  expect(await problemsOfRefused(remind.make(register.operations, reminder, actor))).toEqual([
    { field: null, code: 'consent_withdrawn', found: 'Петрова Анна', detail: '2026-06-30' },
  ]);
  const exported = await exportRegister(register.operations);
  expect(exported).toMatch(/Петрова Анна/u);
  expect(exported).not.toMatch(/petrova@|000-00-01/u);
  expect((await register.import(exported)).changes.flatMap(({ fields }) => fields)).toEqual([]);
  // The form shows no contacts: those that are kept stay.
  await changeContacts.make(
    register.operations,
    { person: petrova, name: 'Петрова Анна Ильинична', email: '', phone: ' ' },
    actor,
  );
  expect(await present()).toMatchObject({ ...said, name: 'Петрова Анна Ильинична' });
  await change({});
  await revertEdit(register.operations, withdrawal, actor);
  await remind.make(register.operations, reminder, actor);
  expect(await exportRegister(register.operations)).toMatch(/petrova@/u);
});

test('an import says what a basis is, for one row’s person and for whoever comes back', async () => {
  const rows = (basis: string) =>
    [
      'Организация;Ответственный;Председатель;Основание;Ответственный: согласие на обработку;Председатель: основание',
      `А;Петрова Анна;;${basis};01.02.2026;`,
      'Б;Сидоров Олег;Ким;;;по уставу',
    ].join('\n');
  const first = await register.import(rows('согласие'));
  expect(first.problems).toEqual([]);
  expect(await present()).toMatchObject({ ...said, basis: 'consent', processingGiven: '2026-02-01' });
  expect((await listPeople(register.operations)).map(({ name, basis }) => [name, basis])).toEqual([
    ['Петрова Анна', 'consent'],
    ['Сидоров Олег', ''],
    ['Ким', 'charter'],
  ]);
  expect((await register.import(rows('согласие'))).changes.map(({ kind }) => kind)).toEqual([
    'unchanged',
    'unchanged',
  ]);
  await register.import(rows('Опубликовано самой организацией'));
  expect(await present()).toMatchObject({ basis: 'published', processingGiven: '2026-02-01' });
  await register.import('organisation,responsible,phone\nА,Новая Яна,24-55-66');
  expect((await listFormerPeople(register.operations)).map(({ id }) => id)).toEqual([petrova]);
  await register.import(
    `organisation,responsible,email,phone,basis\nА,${said.name},${said.email},${said.phone},charter`,
  );
  expect(await present()).toMatchObject({ basis: 'charter', processingGiven: '2026-02-01' });
  expect((await listFormerPeople(register.operations)).map(({ name }) => name)).toEqual(['Новая Яна']);
  expect(await listRoles(register.operations, await organisation('А'))).toMatchObject([
    { personId: petrova },
  ]);
});

test('an import refuses a basis that is none, days out of order, and a basis of nobody', async () => {
  const wanted = [
    'organisation,responsible,basis,processing,processing_withdrawn,dissemination,chair_basis_on',
    'А,Петрова Анна,потому что,2026-02-02,2026-02-01,2027-01-01,',
    'Б,,charter,,,,2026-01-01',
    'В,,charter,,,,',
    'Г,Ким,,,,1999-01-01,завтра',
  ].join('\n');
  const { problems } = await register.plan(wanted);
  expect(problems.map(({ line, column, code }) => `${line} ${column} ${code}`).sort()).toEqual([
    '2 responsible_basis basis_unknown',
    '2 responsible_dissemination date_in_future',
    '2 responsible_processing_withdrawn withdrawn_too_early',
    '3 chair_basis_on basis_of_nobody',
    '4 responsible_basis basis_of_nobody',
    '5 chair_basis_on not_a_date',
    '5 responsible_dissemination day_out_of_range',
  ]);
});

test('who is replaced keeps their place in the register without a part; who was entered by mistake is forgotten', async () => {
  const id = await organisation('А');
  const kim = { name: 'Ким Сергей', email: '', phone: '24-55-66' };
  const entry = await appoint.make(register.operations, { organisation: id, ...kim }, actor);
  expect(await listFormerPeople(register.operations)).toMatchObject([{ id: petrova, endedAt: actor.now }]);
  await revertEdit(register.operations, entry, actor);
  expect(await listFormerPeople(register.operations)).toEqual([]);
  expect((await listPeople(register.operations)).map(({ name }) => name)).toEqual([
    'Петрова Анна',
    'Сидоров Олег',
  ]);
  // Who was there before and is appointed again by an edit that is undone, was there before.
  await appoint.make(register.operations, { organisation: id, ...kim }, actor);
  const back = await appoint.make(register.operations, { organisation: id, ...said }, actor);
  expect(await listRoles(register.operations, id)).toMatchObject([{ personId: petrova }]);
  await revertEdit(register.operations, back, actor);
  expect((await listFormerPeople(register.operations)).map((person) => person.id)).toEqual([petrova]);
});
