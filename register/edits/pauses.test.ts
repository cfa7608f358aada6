import { afterAll, beforeAll, expect, test } from 'vitest';
import { getJournalEntry, listJournal } from '#schema/operations/journal.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { addPause, listPauses } from '#schema/operations/pauses.ts';
import { openTestRegister, testActor as actor, type TestRegister } from '../register-for-tests.ts';
import { agreePause, endPause } from './pauses.ts';
import { problemsOfRefused } from './refused-for-tests.ts';
import { revertEdit, undoneAmong } from './revert-edit.ts';

let register: TestRegister;
const idOf = new Map<string, number>();

beforeAll(async () => {
  register = await openTestRegister();
  await register.import(['organisation,vk', 'А,club5', 'Б,club6', 'В,club7'].join('\n'));
  for (const { id, name } of await listOrganisations(register.operations)) idOf.set(name, id);
});
afterAll(async () => {
  await register.close();
});

const organisation = (name: string): number => idOf.get(name) ?? 0;
const codes = async (edit: Promise<unknown>): Promise<string[]> =>
  (await problemsOfRefused(edit)).map(({ field, code }) => [field, code].filter(Boolean).join(' '));
const undo = (entry: number) => revertEdit(register.operations, entry, actor);

test('a pause is agreed, is in the journal, and is taken back', async () => {
  const pause = {
    organisation: organisation('А'),
    from: '2026-07-02',
    to: '2026-07-31',
    reason: ' отпуск  ',
  };
  const entry = await agreePause.make(register.operations, pause, actor);
  const [agreed] = await listPauses(register.operations, organisation('А'));
  expect(agreed).toMatchObject({ from: '2026-07-02', to: '2026-07-31', reason: 'отпуск' });
  expect(await getJournalEntry(register.operations, entry)).toMatchObject({
    at: actor.now,
    who: actor.who,
    what: 'pause.agreed',
    subject: `organisation:${organisation('А')}`,
    before: null,
    after: agreed,
  });
  // The last day of one and the first of the other are the same.
  expect(
    await problemsOfRefused(
      agreePause.make(register.operations, { ...pause, from: '2026-07-31', to: '2026-08-01' }, actor),
    ),
  ).toEqual([{ field: 'from', code: 'pauses_overlap', found: '2026-07-02 2026-07-31', detail: 'отпуск' }]);
  await agreePause.make(
    register.operations,
    { ...pause, from: '2026-08-01', to: '2026-08-01', reason: 'ремонт' },
    actor,
  );
  await undo(entry);
  expect(await listPauses(register.operations, organisation('А'))).toMatchObject([{ reason: 'ремонт' }]);
  expect(await undoneAmong(register.operations, [entry, entry + 1])).toEqual(new Set([entry]));
  expect(await codes(undo(entry))).toEqual(['undone_already']);
  const [turned] = await listJournal(register.operations, { what: ['pause.agreed.undone'] });
  expect(turned).toMatchObject({ subject: `organisation:${organisation('А')}`, before: agreed, after: null });
});

test.each([
  [{ from: '', to: '2026-02-30', reason: ' ' }, ['reason missing', 'from missing', 'to no_such_day']],
  [{ from: '2026-03-02', to: '2026-03-01', reason: 'а' }, ['to ends_before_start']],
  [{ from: '2026-03-02', to: '2036-03-01', reason: 'а' }, ['to pause_too_long']],
  [{ from: '2026-03-02', to: '2026-03-02', reason: 'а'.repeat(301) }, ['reason too_long']],
])('a pause that cannot be one is refused with everything wrong: %j', async (days, wrong) => {
  const edit = agreePause.make(register.operations, { organisation: organisation('Б'), ...days }, actor);
  expect(await codes(edit)).toEqual(wrong);
  expect(await listPauses(register.operations, organisation('Б'))).toEqual([]);
});

test('a pause is ended before its time, and lasts again when that is undone', async () => {
  const { operations } = register;
  const organisationId = organisation('В');
  const said = {
    organisation: organisationId,
    from: '2026-07-02',
    to: '2026-07-31',
    reason: 'отпуск',
  };
  const days = async () => (await listPauses(operations, organisationId)).map(({ from, to }) => [from, to]);
  const end = async (today: string) => {
    const [pause] = await listPauses(operations, organisationId);
    const given = { organisation: organisationId, pause: pause?.id ?? 0 };
    return await endPause.make(operations, given, { ...actor, today });
  };
  const agreed = await agreePause.make(operations, said, actor);
  expect(await codes(end('2026-08-01'))).toEqual(['nothing_changed']);
  expect(
    await codes(endPause.make(operations, { organisation: organisationId, pause: 99_999 }, actor)),
  ).toEqual(['not_there']);

  const shortened = await end('2026-07-10');
  expect(await days()).toEqual([['2026-07-02', '2026-07-09']]);
  expect(await codes(undo(agreed))).toEqual(['changed_since']);
  await undo(shortened);
  expect(await days()).toEqual([['2026-07-02', '2026-07-31']]);

  const notBegun = await end('2026-07-02');
  expect(await days()).toEqual([]);
  expect(await getJournalEntry(operations, notBegun)).toMatchObject({ what: 'pause.ended', after: null });
  const other = await agreePause.make(operations, { ...said, from: '2026-07-31', to: '2026-08-02' }, actor);
  expect(await codes(undo(notBegun))).toEqual(['changed_since']);
  await undo(other);
  await undo(notBegun);
  expect(await days()).toEqual([['2026-07-02', '2026-07-31']]);
  // It is the pause of before in every way: the agreement itself can be undone now.
  await undo(agreed);
  expect(await days()).toEqual([]);
});

test.each(['0026-11-30', '1900-01-01', '2200-01-01', '2300-01-01', '9999-12-31', '12026-11-30'])(
  'a pause is not agreed for %s',
  async (day) => {
    const agree = (from: string, to: string) =>
      problemsOfRefused(
        agreePause.make(
          register.operations,
          { organisation: organisation('В'), from, to, reason: 'отпуск' },
          actor,
        ),
      );
    expect(await agree(day, day)).toEqual([
      { field: 'from', code: 'day_out_of_range', found: day, detail: '' },
      { field: 'to', code: 'day_out_of_range', found: day, detail: '' },
    ]);
    expect(await agree('2026-07-10', day)).toMatchObject([{ field: 'to', code: 'day_out_of_range' }]);
    expect(await listPauses(register.operations, organisation('В'))).toEqual([]);
  },
);

test('a reason keeps no control characters, which PostgreSQL does not take', async () => {
  const pause = { organisation: organisation('В'), from: '2026-07-10', to: '2026-07-11' };
  const entry = await agreePause.make(register.operations, { ...pause, reason: 'от\u0000пуск\u0007' }, actor);
  expect(await listPauses(register.operations, organisation('В'))).toMatchObject([{ reason: 'от пуск' }]);
  await undo(entry);
});

test.each([
  ['0026-11-30', '0026-12-10'],
  ['0026-11-30', '2026-12-10'],
  ['2300-01-01', '2300-02-01'],
  ['soon', 'soon'],
])(
  'a pause from %s to %s, which an earlier version took, is ended and does not come back',
  async (from, to) => {
    const { operations } = register;
    const kept = await addPause(operations, {
      organisationId: organisation('В'),
      from,
      to,
      reason: 'отпуск',
    });
    const end = { organisation: organisation('В'), pause: kept.id };
    const entry = await endPause.make(operations, end, actor);
    expect(await listPauses(operations, organisation('В'))).toEqual([]);
    expect(await getJournalEntry(operations, entry)).toMatchObject({ before: kept, after: null });
    expect(await problemsOfRefused(undo(entry))).toMatchObject([
      { field: null, code: 'day_out_of_range', found: from },
    ]);
  },
);
