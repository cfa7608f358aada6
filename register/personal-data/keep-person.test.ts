import { afterEach, beforeEach, expect, test } from 'vitest';
import { eraseLeftValues } from '#schema/operations/journal-erasure.ts';
import { verifyJournal } from '#schema/operations/journal-verification.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { getPerson, listFormerPeople, listPeople, removePerson } from '#schema/operations/people.ts';
import { problemsOfRefused } from '../edits/refused-for-tests.ts';
import { revertEdit } from '../edits/revert-edit.ts';
import { openTestRegister, testActor, type TestRegister } from '../register-for-tests.ts';
import { listPeopleToErase } from './due.ts';
import { keepPerson } from './keep-person.ts';

let register: TestRegister;
let id: number;
beforeEach(async () => {
  register = await openTestRegister();
  await register.import('organisation,responsible\nА,Белова Анна');
  await register.import('organisation,responsible,phone\nА,Новая Яна,24-55-67');
  id = (await listFormerPeople(register.operations))[0]?.id ?? 0;
});
afterEach(async () => {
  await register.close();
});

const actor = { ...testActor, zone: 'Asia/Irkutsk' };
const basis = { basis: 'charter', proof: 'устав, п. 5', basisOn: '2026-07-02' };
const keep = async (said: object) =>
  await keepPerson(register.operations, { person: id, ...basis, ...said }, actor);
const refused = async (said: object) =>
  (await problemsOfRefused(keep(said))).map(({ field, code, detail }) => `${field} ${code} ${detail}`.trim());

test('who has no part any more is kept for a year from a new basis on, which can be undone', async () => {
  const until = { until: '2028-01-01', zone: actor.zone };
  expect(await listPeopleToErase(register.operations, until)).toMatchObject([{ on: '2027-07-01' }]);
  const entry = await keep({});
  expect(await getPerson(register.operations, id)).toMatchObject({ name: 'Белова Анна', ...basis });
  expect(await listPeopleToErase(register.operations, until)).toMatchObject([{ on: '2027-07-02' }]);
  await revertEdit(register.operations, entry, testActor);
  expect(await listPeopleToErase(register.operations, until)).toMatchObject([{ on: '2027-07-01' }]);
});

test('a basis that is none, or is not of after their last part, keeps nobody', async () => {
  expect(await refused({ basis: '', basisOn: ' ' })).toEqual(['basis missing', 'basisOn missing']);
  expect(await refused({ basisOn: '2026-07-01' })).toEqual(['basisOn basis_too_old 2026-07-01']);
  expect(await refused({ basisOn: '2026-07-03' })).toEqual(['basisOn day_ahead']);
  expect(await refused({ basisOn: 'завтра' })).toEqual(['basisOn not_a_day']);
  const [present] = await listPeople(register.operations);
  expect(await refused({ person: present?.id })).toEqual(['null not_there']);
});

test('what the journal says of who has left the register is erased a year later, and of nobody else', async () => {
  const { operations } = register;
  await removePerson(operations, id);
  const values = async () => JSON.stringify(await listJournal(operations));
  const by = { at: new Date('2027-08-01T03:00:00Z'), who: 'schedule' };
  const before = new Date('2026-07-01T03:00:00Z');
  expect(await eraseLeftValues(operations, { before, by })).toBe(0);
  expect(await values()).toContain('Белова Анна');
  const erased = await eraseLeftValues(operations, { before: new Date('2026-07-02T03:00:00Z'), by });
  expect(erased).toBeGreaterThan(0);
  expect(await values()).not.toContain('Белова Анна');
  expect(await values()).toContain('Новая Яна');
  expect((await listJournal(operations, { what: ['journal.erased'] }))[0]).toMatchObject({
    who: 'schedule',
    subject: 'journal',
    after: { values: erased },
  });
  expect(await verifyJournal(operations)).toMatchObject({ isWhole: true });
});
