import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Operations } from '#schema/operations/connect.ts';
import { readHead } from '#schema/operations/journal-chain.ts';
import { eraseFromJournal } from '#schema/operations/journal-erasure.ts';
import { verifyJournal } from '#schema/operations/journal-verification.ts';
import { appendJournal, getJournalEntry, listJournal } from '#schema/operations/journal.ts';
import type { OperationsBackend } from './operations-contract.ts';
import { appointed, by, closed, kim, marks, petrova, rowsOf } from './sample-entries.ts';

/** What the chain of entries and the values beside them do, on any backend. */
export function describeJournalChain(name: string, open: () => Promise<OperationsBackend>): void {
  describe(`the journal's chain, ${name}`, () => {
    let backend: OperationsBackend;
    let operations: Operations;
    beforeAll(async () => {
      backend = await open();
      ({ operations } = backend);
      await operations.migrate();
    });
    afterAll(async () => {
      await backend.close();
    });
    beforeEach(async () => {
      await operations.db.deleteFrom('journalValues').execute();
      await operations.db.deleteFrom('journal').execute();
      await operations.db.updateTable('journalHead').set({ entryId: 0, hash: '' }).execute();
    });

    const append = async (count: number) =>
      await appendJournal(
        operations,
        Array.from({ length: count }, (_, index) => ({ ...closed, after: index })),
      );
    const hashes = async () =>
      (await operations.db.selectFrom('journal').select('hash').orderBy('id').execute()).map(
        ({ hash }) => hash,
      );
    const change = async (id: number | undefined, set: object) =>
      await operations.db
        .updateTable('journal')
        .set(set)
        .where('id', '=', id ?? 0)
        .execute();

    it('is whole from the first entry on, in batches of any size', async () => {
      expect(await verifyJournal(operations)).toEqual({ isWhole: true, entries: 0, head: '' });
      await append(5);
      await appendJournal(operations, [appointed]);
      const head = (await hashes()).at(-1);
      for (const batch of [1, 2, 3, 6, 1000])
        expect(await verifyJournal(operations, { batch })).toEqual({ isWhole: true, entries: 6, head });
      expect(await readHead(operations.db)).toMatchObject({ hash: head });
      for (const each of await hashes())
        expect(await verifyJournal(operations, { head: each })).toMatchObject({ isWhole: true });
    });

    it('keeps personal values beside its rows, and gives them back', async () => {
      const [id] = await appendJournal(operations, [appointed]);
      const entry = await getJournalEntry(operations, id ?? 0);
      expect(entry).toEqual({ ...appointed, id, isErased: false });
      expect((await rowsOf(operations)).join('\n')).not.toMatch(marks);
      const actors = await operations.db.selectFrom('revisions').select(['actor', 'summary']).execute();
      expect(JSON.stringify(actors)).not.toMatch(marks);
      const values = await operations.db.selectFrom('journalValues').selectAll().execute();
      expect(values.map(({ path, personId }) => `${path} ${personId}`).sort()).toEqual([
        'address null',
        'after/0/email 8',
        'after/0/name 8',
        'before/0/email 7',
        'before/0/name 7',
        'before/0/phone 7',
        'who null',
      ]);
      expect(new Set(values.map(({ salt }) => salt)).size).toBe(values.length);
    });

    it('keeps what a form can send: halves of characters, characters of zero, and what looks like a hash', async () => {
      const odd = { ...petrova, name: 'а\u0000\ud83d', note: '\ud83d', personal: 'f'.repeat(64) };
      const entry = { ...closed, what: 'person.changed', subject: 'person:7', before: petrova, after: odd };
      const lookAlike = { ...closed, after: { personal: 'f'.repeat(64) }, before: { personal: 5 } };
      const [id] = await appendJournal(operations, [entry, lookAlike]);
      expect(await getJournalEntry(operations, id ?? 0)).toMatchObject({ before: petrova, after: odd });
      expect(await verifyJournal(operations)).toMatchObject({ isWhole: true, entries: 2 });
    });

    it('takes a damaged entry for the text that it is', async () => {
      await append(3);
      const [newest, second, first] = await listJournal(operations);
      await change(second?.id, { after: '{"a": 1e999}' });
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'entry', entryId: second?.id });
      await change(first?.id, { before: '{"id": 1, "org' });
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'entry', entryId: first?.id });
      expect(await getJournalEntry(operations, first?.id ?? 0)).toMatchObject({ before: '{"id": 1, "org' });
      expect(newest).toBeDefined();
    });

    it.each([
      ['at', '2026-01-01T00:00:00.000Z'],
      ['who', 'somebody else'],
      ['what', 'page.replaced'],
      ['subject', 'page:2'],
      ['before', '{}'],
      ['after', null],
      ['address', '203.0.113.1'],
      ['hash', 'f'.repeat(64)],
    ])('tells of a changed %s, by the number of its entry', async (column, value) => {
      const ids = await append(5);
      await change(ids[2], { [column]: value });
      for (const batch of [1, 2, 1000])
        expect(await verifyJournal(operations, { batch })).toEqual({
          isWhole: false,
          fault: 'entry',
          entryId: ids[2],
        });
    });

    it('tells of a row that was taken out, of rows that were swapped, and of one that was put in', async () => {
      const ids = await append(5);
      const [first, second, third] = ids;
      const contents = await operations.db.selectFrom('journal').selectAll().orderBy('id').execute();
      await operations.db
        .deleteFrom('journal')
        .where('id', '=', second ?? 0)
        .execute();
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'entry', entryId: third });
      await operations.db
        .insertInto('journal')
        .values({ ...(contents[3] ?? contents[0]), id: second } as never)
        .execute();
      await change(ids[3], { after: contents[1]?.after, hash: contents[1]?.hash });
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'entry', entryId: second });
      expect(first).toBeDefined();
    });

    it('tells of a row that was put in at the end, and goes on taking entries all the same', async () => {
      const ids = await append(2);
      const row = { at: '', who: 'x', what: 'x', subject: 'x', before: null, after: null };
      await operations.db
        .insertInto('journal')
        .values({ ...row, id: (ids[1] ?? 0) + 1 })
        .execute();
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'entry', entryId: (ids[1] ?? 0) + 1 });
      await append(1);
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'entry', entryId: (ids[1] ?? 0) + 1 });
    });

    it('tells of a row that was put in at the end with a hash that fits', async () => {
      const [id = 0] = await append(1);
      const kept = await readHead(operations.db);
      await append(1);
      await operations.db
        .updateTable('journalHead')
        .set(kept ?? {})
        .execute();
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'entry', entryId: id + 1 });
    });

    it('tells of a tail that was cut off, also where its traces were wiped, by a head that was written down', async () => {
      const ids = await append(5);
      const all = await hashes();
      await operations.db
        .deleteFrom('journal')
        .where('id', '>', ids[2] ?? 0)
        .execute();
      expect(await verifyJournal(operations)).toEqual({ isWhole: false, fault: 'tail', entryId: ids[4] });
      const head = { entryId: ids[2] ?? 0, hash: all[2] ?? '' };
      await operations.db.updateTable('journalHead').set(head).execute();
      expect(await verifyJournal(operations)).toMatchObject({ isWhole: true, entries: 3 });
      expect(await verifyJournal(operations, { head: all[1] })).toMatchObject({ isWhole: true });
      expect(await verifyJournal(operations, { head: all[4] })).toEqual({
        isWhole: false,
        fault: 'head',
        entryId: ids[2],
      });
      await operations.db.deleteFrom('journal').execute();
      await operations.db.updateTable('journalHead').set({ entryId: 0, hash: '' }).execute();
      expect(await verifyJournal(operations, { head: all[0] })).toMatchObject({ fault: 'head', entryId: 0 });
    });

    it('tells of a chain that was written anew from somewhere on', async () => {
      const ids = await append(3);
      const kept = await readHead(operations.db);
      await operations.db
        .deleteFrom('journal')
        .where('id', '>', ids[1] ?? 0)
        .execute();
      const before = { entryId: ids[1] ?? 0, hash: (await hashes())[1] ?? '' };
      await operations.db.updateTable('journalHead').set(before).execute();
      await appendJournal(operations, [{ ...closed, after: 'another' }]);
      expect(await verifyJournal(operations, { head: kept?.hash })).toMatchObject({ fault: 'head' });
      await operations.db
        .updateTable('journalHead')
        .set(kept ?? {})
        .execute();
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'entry', entryId: ids[2] });
    });

    it('tells of a head that is lost, and takes nothing without one', async () => {
      const ids = await append(2);
      const kept = await operations.db.selectFrom('journalHead').selectAll().executeTakeFirstOrThrow();
      await operations.db.deleteFrom('journalHead').execute();
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'headless', entryId: ids[1] });
      await expect(append(1)).rejects.toThrow('lost its head');
      await operations.db.insertInto('journalHead').values(kept).execute();
      expect(await verifyJournal(operations)).toMatchObject({ isWhole: true });
    });

    it('tells of a value beside it that is another one, or belongs nowhere', async () => {
      const [, id] = await appendJournal(operations, [closed, appointed, closed]);
      const values = operations.db.updateTable('journalValues').where('path', '=', 'after/0/name');
      await values.set({ value: '"Иванов"' }).execute();
      expect(await verifyJournal(operations)).toEqual({ isWhole: false, fault: 'value', entryId: id });
      await values.set({ value: JSON.stringify(kim.name) }).execute();
      expect(await verifyJournal(operations)).toMatchObject({ isWhole: true });
      const stray = { entryId: id ?? 0, path: 'after/5/name', personId: null, salt: '', value: '"Иванов"' };
      await operations.db.insertInto('journalValues').values(stray).execute();
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'value', entryId: id });
      // What is wrong first is named first.
      await change((id ?? 0) + 1, { after: '2' });
      expect(await verifyJournal(operations)).toMatchObject({ fault: 'value', entryId: id });
    });

    it('ends when it is told to, also meanwhile: it lets others have their turn', async () => {
      const aborted = AbortSignal.abort(new Error('enough'));
      await expect(verifyJournal(operations, { signal: aborted })).rejects.toThrow('enough');
      await append(20);
      const meanwhile = new AbortController();
      setImmediate(() => meanwhile.abort(new Error('enough by now')));
      const verifying = verifyJournal(operations, { batch: 1, signal: meanwhile.signal });
      await expect(verifying).rejects.toThrow('enough by now');
    });

    it('stays whole when a person is erased, of whom nothing is left then, nor of what was done under their login', async () => {
      const imported = {
        ...closed,
        what: 'organisation.changed',
        subject: 'organisation:4',
        before: { organisation: 'А', responsible: petrova.name, phone: petrova.phone },
        after: { organisation: 'А', responsible: kim.name, phone: '' },
      };
      const own = { ...closed, who: petrova.email, address: '198.51.100.9' };
      const [id, importId, ownId] = await appendJournal(operations, [appointed, imported, own]);
      const { name: called, email, phone } = petrova;
      const erasure = { personId: petrova.id, texts: [called, email, phone, ''], by };
      expect(await eraseFromJournal(operations, erasure)).toBe(7);
      expect(await getJournalEntry(operations, id ?? 0)).toEqual({
        ...appointed,
        id,
        before: [{ id: 7, name: '', email: '', phone: '' }],
        isErased: true,
      });
      expect(await getJournalEntry(operations, importId ?? 0)).toMatchObject({
        before: { organisation: 'А', responsible: '', phone: '' },
        after: { responsible: kim.name },
        isErased: true,
      });
      // What was done is told as before; who did it is not known any more.
      const done = { who: '', address: '', after: 1, isErased: false };
      expect(await getJournalEntry(operations, ownId ?? 0)).toMatchObject(done);
      const left = await operations.db.selectFrom('journalValues').selectAll().execute();
      expect(JSON.stringify(left)).not.toMatch(/Петрова|petrova|00-01|100\.9/u);
      const [last] = await listJournal(operations, { limit: 1 });
      expect(last).toMatchObject({
        ...by,
        what: 'journal.erased',
        subject: 'person:7',
        after: { values: 7 },
      });
      expect(await verifyJournal(operations)).toMatchObject({ isWhole: true, entries: 4 });
      expect(await eraseFromJournal(operations, { personId: 99, by })).toBe(0);
    });
  });
}
