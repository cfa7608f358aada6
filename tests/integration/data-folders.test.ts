import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { historyDifferences } from '#schema/history.ts';
import { readHistoryMark } from '#schema/observations/tables/instance.ts';
import { getJournalEntry, listJournal } from '#schema/operations/journal.ts';
import { verifyJournal } from '#schema/operations/journal-verification.ts';
import { listPeople } from '#schema/operations/people.ts';
import { editKind } from '#register/edits/registry.ts';
import { revertEdit } from '#register/edits/revert-edit.ts';
import { testActor } from '#register/register-for-tests.ts';
import { keptSaid, listKept, openKept, unpack } from '../data-folders/folders.ts';
import { differingPaths, saidBy } from '../data-folders/said.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it opens kept folders, and counts them anew');

test('there are folders of versions before', () => {
  expect(listKept()).toEqual(expect.arrayContaining(['0007-read-twice', '0008-revisions']));
});

test.each(listKept())(
  'a folder of %s opens, keeps its rankings, outcomes and posts, and counts to the same',
  async (name) => {
    const directory = mkdtempSync(join(tmpdir(), 'profpulse-kept-'));
    try {
      unpack(name, directory);
      const services = await openKept(directory);
      try {
        const kept = keptSaid(name);
        expect(differingPaths(await saidBy(services), kept).join('\n')).toBe('');
        // History begins with all that is stored.
        expect(await readHistoryMark(services.observations)).not.toBeNull();
        expect(await historyDifferences(services.observations)).toEqual([]);
        await services.aggregation.rebuild();
        expect(differingPaths(await saidBy(services), kept).join('\n')).toBe('');
      } finally {
        await services.close();
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
);

const isChained = (name: string): boolean => name >= '0011';

test.each(listKept().filter((name) => !isChained(name)))(
  'the journal of a folder of %s is sealed, tells what it told, and is gone on with',
  async (name) => {
    const directory = mkdtempSync(join(tmpdir(), 'profpulse-kept-'));
    try {
      unpack(name, directory);
      const before = keptEntries(directory);
      const people = /person\d+@example\.org|\+7 000 000-00|Кочетова/u;
      expect(JSON.stringify(before)).toMatch(people);
      const services = await openKept(directory);
      try {
        const { operations } = services;
        const entries = (await listJournal(operations, { limit: before.length + 1 })).reverse();
        expect(entries.map(({ id, who, what, subject }) => ({ id, who, what, subject }))).toEqual(
          before.map(({ id, who, what, subject }) => ({ id, who, what, subject })),
        );
        expect(entries.map(({ after }) => after)).toEqual(before.map(({ after }) => after));
        expect(JSON.stringify(await operations.db.selectFrom('journal').selectAll().execute())).not.toMatch(
          people,
        );
        const [person] = await listPeople(operations);
        const changed = { person: person?.id ?? 0, name: 'Новая Анна', phone: '24-55-66' };
        const entry = await editKind('contacts').make(operations, changed, testActor);
        expect(await getJournalEntry(operations, entry)).toMatchObject({ before: person, isErased: false });
        await revertEdit(operations, entry, testActor);
        expect((await listPeople(operations))[0]).toEqual(person);
        const whole = { isWhole: true, entries: before.length + 3 };
        expect(await verifyJournal(operations)).toMatchObject(whole);
      } finally {
        await services.close();
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
);

test.each(listKept().filter(isChained))(
  'the journal of a folder of %s is whole, and gone on with',
  async (name) => {
    const directory = mkdtempSync(join(tmpdir(), 'profpulse-kept-'));
    try {
      unpack(name, directory);
      const before = keptEntries(directory);
      const services = await openKept(directory);
      try {
        const { operations } = services;
        expect(await verifyJournal(operations)).toMatchObject({ isWhole: true, entries: before.length });
        const told = await listJournal(operations, { limit: before.length + 1 });
        expect(JSON.stringify(told)).toMatch(/person\d+@example\.org|\+7 000 000-00|Кочетова/u);
        expect(told.some(({ isErased }) => isErased)).toBe(false);
        const [person] = await listPeople(operations);
        const changed = { person: person?.id ?? 0, name: 'Новая Анна', phone: '24-55-66' };
        await editKind('contacts').make(operations, changed, testActor);
        expect(await verifyJournal(operations)).toMatchObject({ isWhole: true, entries: before.length + 1 });
      } finally {
        await services.close();
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
);

/** The entries of a folder as the program of then has kept them, the oldest first. */
function keptEntries(directory: string) {
  const database = new DatabaseSync(join(directory, 'operations.sqlite'), { readOnly: true });
  const rows = database.prepare('SELECT id, who, what, subject, after FROM journal ORDER BY id').all();
  database.close();
  return rows.map(({ after, ...row }) => ({ ...row, after: JSON.parse(String(after)) as unknown })) as {
    id: number;
    who: string;
    what: string;
    subject: string;
    after: unknown;
  }[];
}
