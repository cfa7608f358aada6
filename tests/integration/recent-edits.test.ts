import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readerWhere } from '../helpers/readers.ts';
import { silentScreen } from '#dashboard/src/lib/server/silent-screen.ts';
import { readSilentFilters } from '#dashboard/src/lib/silent-filters.ts';
import { editKind, type EditName } from '#register/edits/registry.ts';
import { revertEdit } from '#register/edits/revert-edit.ts';
import { testActor } from '#register/register-for-tests.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { countQueries } from '../helpers/counted-queries.ts';
import { openPostgresInProcess } from '../helpers/postgres-in-process.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openSilentScreenFixture, type SilentScreenFixture } from '../helpers/silent-screen-fixture.ts';

const stores = [
  { name: 'SQLite', openStore: undefined },
  { name: 'PostgreSQL', openStore: openPostgresInProcess },
];

takesLong('twenty edits of each store are made');

describe.each(stores)('«Не обновляются» on $name', ({ openStore }) => {
  let fixture: SilentScreenFixture;
  beforeAll(async () => {
    fixture = await openSilentScreenFixture(openStore);
  });
  afterAll(async () => {
    await fixture.close();
  });

  /** How often the screen asks each store. */
  async function questions(query: string) {
    const { operations, taken } = countQueries(fixture.operations);
    let observed = 0;
    const rows: Observations['rows'] = async (...question) => {
      observed += 1;
      return await fixture.observations.rows(...question);
    };
    const { analytics } = fixture.openTo(false);
    const observations = { ...fixture.observations, rows };
    const services = fixture.openTo(false, { operations, analytics: { ...analytics, observations } });
    const filters = readSilentFilters(new URLSearchParams(query));
    const { edits } = await silentScreen(services, readerWhere(services.settings), filters);
    return { operations: taken(), observations: observed, recent: edits?.recent.length };
  }

  const make = (name: EditName, given: Readonly<Record<string, unknown>>): Promise<number> =>
    editKind(name).make(fixture.operations, given, testActor);

  /** Four edits, of which one is a reminder of three pages. Gives the entries of the first and the last. */
  async function editSomething(number: number): Promise<{ first: number; last: number }> {
    const reminder = { person: 1, page: [1, 2, 3], channel: 'phone', note: `${number}` };
    const first = await make('remind', reminder);
    const pause = { organisation: 1, from: '2026-12-01', to: '2026-12-02', reason: 'отпуск' };
    await revertEdit(fixture.operations, await make('pause', pause), testActor);
    await make('add', { organisation: 4, link: `vk.com/club${2000 + number}` });
    const person = { name: `Орлов ${number}`, email: '', phone: '24-55-66' };
    return { first, last: await make('appoint', { organisation: 2, ...person }) };
  }

  test('asks as often for twenty edits as for four, and no more for what was just done', async () => {
    const none = await questions('');
    expect(none).toMatchObject({ operations: 7, recent: 0 });
    const { first } = await editSomething(0);
    const four = await questions('');
    expect(four).toMatchObject({ operations: 10, recent: 4 });
    let last = 0;
    for (const number of [1, 2, 3, 4]) ({ last } = await editSomething(number));
    expect(await questions('')).toEqual({ ...four, recent: 20 });
    // One edit more, so that the first is on the list no more.
    const entry = await make('close', { page: 2 });
    expect(await questions(`done=${entry}&undone=${last}`)).toEqual({ ...four, recent: 20 });
    expect(await questions(`done=${first}&undone=${last}`)).toEqual({ ...four, operations: 11, recent: 20 });
    expect(await questions('form=pause-1')).toMatchObject({ operations: 12 });
  });
});
