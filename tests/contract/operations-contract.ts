import { AsyncResource } from 'node:async_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operations } from '#schema/operations/connect.ts';
import { appendJournal, getJournalEntry, listJournal } from '#schema/operations/journal.ts';
import {
  acquireLease,
  dropLeases,
  heldLeases,
  keepLease,
  leaseHolder,
  releaseLease,
  renewLease,
} from '#schema/operations/leases.ts';
import { getOrganisation, insertOrganisation, listOrganisations } from '#schema/operations/organisations.ts';
import { addUsage, usageOn, usagesOn } from '#schema/operations/quotas.ts';
import { getSetting, listSettings, setSetting } from '#schema/operations/settings.ts';
import { listTelegramEntities, saveTelegramEntity } from '#schema/operations/telegram-entities.ts';
import { migrationsFolder } from '#schema/operations/migrate.ts';
import { readMigrations } from '#schema/migrations.ts';
import { describeAccounts } from './operations-accounts-contract.ts';
import { describeDataVersion } from './operations-data-version-contract.ts';
import { describeOwedDays } from './operations-owed-contract.ts';
import { describeRevisions } from './operations-revisions-contract.ts';
import { describeReminders } from './operations-reminders-contract.ts';
import { describeRegister } from './operations-register-contract.ts';
import { fields, now } from './sample-organisation.ts';

/** What a backend gives the suite: a store that is empty and not yet migrated, and its end. */
export interface OperationsBackend {
  operations: Operations;
  close(): Promise<void>;
}

/** What every backend of the operations must do alike. There is no difference that is allowed. */
export function describeOperations(name: string, open: () => Promise<OperationsBackend>): void {
  describe(`operations, ${name}`, () => {
    let backend: OperationsBackend;
    let operations: Operations;

    beforeAll(async () => {
      backend = await open();
      operations = backend.operations;
      await operations.migrate();
    });
    afterAll(async () => {
      await backend.close();
    });

    it('migrates once, and nothing the second time', async () => {
      await operations.migrate();
      const journal = await operations.db.selectFrom('migrations').selectAll().orderBy('number').execute();
      expect(journal.map((row) => row.name)).toEqual(
        readMigrations(migrationsFolder).map(({ name }) => name),
      );
    });

    it('keeps what each account of Telegram was told about a channel', async () => {
      const told = {
        account: 'a',
        channelId: 9_100_000_001,
        accessHash: '-9223372036854775808',
        name: 'kanal',
      };
      await saveTelegramEntity(operations, told, now);
      await saveTelegramEntity(operations, { ...told, account: 'b', accessHash: '5' }, now);
      await saveTelegramEntity(operations, { ...told, accessHash: '7', name: null }, now);
      expect(await listTelegramEntities(operations, 'a')).toEqual([{ ...told, accessHash: '7', name: null }]);
      expect(await listTelegramEntities(operations, 'b')).toEqual([
        { ...told, account: 'b', accessHash: '5' },
      ]);
      expect(await listTelegramEntities(operations, 'c')).toEqual([]);
    });

    it('refuses to start on a journal that the files contradict', async () => {
      const change = (checksum: string) =>
        operations.db.updateTable('migrations').set({ checksum }).where('number', '=', 2).execute();
      const { checksum } = await operations.db
        .selectFrom('migrations')
        .select('checksum')
        .where('number', '=', 2)
        .executeTakeFirstOrThrow();
      await change('edited');
      await expect(operations.migrate()).rejects.toThrow(/0002-settings\.sql was edited/);
      await change(checksum);
      await operations.migrate();
    });

    describeRegister(() => operations);
    describeOwedDays(() => operations);
    describeReminders(() => operations);

    it('does a transaction wholly or not at all, also one within another', async () => {
      const before = (await listOrganisations(operations)).length;
      const failing = operations.transaction(async (inside) => {
        await insertOrganisation(inside, fields, now);
        await inside.transaction((deeper) => insertOrganisation(deeper, fields, now));
        expect(await listOrganisations(inside)).toHaveLength(before + 2);
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      expect(await listOrganisations(operations)).toHaveLength(before);
      const made = await operations.transaction((inside) => insertOrganisation(inside, fields, now));
      expect(await getOrganisation(operations, made.id)).toEqual(made);
      await expect(operations.transaction((inside) => inside.close())).rejects.toThrow(
        'neither migrated nor closed',
      );
    });

    it('refuses the outer handle inside a transaction, where it would wait for ever', async () => {
      const before = (await listOrganisations(operations)).length;
      const mixed = operations.transaction(async (inside) => {
        await insertOrganisation(inside, fields, now);
        await listOrganisations(operations);
      });
      await expect(mixed).rejects.toThrow('by the handle that `transaction` gives');
      const nested = operations.transaction(() => operations.transaction(async () => 1));
      await expect(nested).rejects.toThrow('by the handle that `transaction` gives');
      let later: () => Promise<unknown> = async () => undefined;
      await operations.transaction(async () => {
        later = AsyncResource.bind(() => listOrganisations(operations));
      });
      expect(await later()).toHaveLength(before);
    });

    it('keeps transactions that run at once apart', async () => {
      const before = (await listOrganisations(operations)).length;
      const turns = Array.from({ length: 6 }, (_, turn) =>
        operations.transaction(async (inside) => {
          await insertOrganisation(inside, fields, now);
          if (turn % 2 === 1) throw new Error('odd');
        }),
      );
      const results = await Promise.allSettled(turns);
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(3);
      expect(await listOrganisations(operations)).toHaveLength(before + 3);
    });

    it('begins a transaction again that the server has ended for another, a few times', async () => {
      const before = (await listOrganisations(operations)).length;
      // As a server says it: deadlock detected.
      const deadlock = Object.assign(new Error('deadlock detected'), { code: '40P01' });
      let attempts = 0;
      const givingWay = (times: number) =>
        operations.transaction(async (inside) => {
          attempts += 1;
          await insertOrganisation(inside, fields, now);
          if (attempts <= times) throw deadlock;
        });
      await givingWay(2);
      expect(await listOrganisations(operations)).toHaveLength(before + 1);
      attempts = 0;
      await expect(givingWay(9)).rejects.toBe(deadlock);
      expect(attempts).toBe(3);
      expect(await listOrganisations(operations)).toHaveLength(before + 1);
    });

    it('keeps settings as JSON', async () => {
      expect(await getSetting(operations, 'norms')).toBeUndefined();
      await setSetting(operations, 'norms', { flagship: 5, text: 'ё', none: null });
      await setSetting(operations, 'norms', { flagship: 4 });
      await setSetting(operations, 'on', false);
      expect(await getSetting(operations, 'norms')).toEqual({ flagship: 4 });
      expect(await listSettings(operations)).toEqual(
        new Map<string, unknown>([
          ['norms', { flagship: 4 }],
          ['on', false],
        ]),
      );
      await setSetting(operations, 'norms', undefined);
      expect(await getSetting(operations, 'norms')).toBeUndefined();
    });

    it('keeps a journal, newest first', async () => {
      const entry = (subject: string, before: unknown, after: unknown) => ({
        at: now,
        who: 'import register.csv',
        what: 'organisation.changed',
        subject,
        before,
        after,
      });
      const ids = await appendJournal(operations, [
        entry('organisation:1', null, { name: 'а' }),
        entry('organisation:2', null, 0),
        entry('organisation:1', { name: 'а' }, { name: 'б' }),
      ]);
      const all = await listJournal(operations, { what: ['organisation.changed'] });
      expect(all.map(({ subject, before, after }) => [subject, before, after])).toEqual([
        ['organisation:1', { name: 'а' }, { name: 'б' }],
        ['organisation:2', null, 0],
        ['organisation:1', null, { name: 'а' }],
      ]);
      expect(all[0]?.at).toEqual(now);
      const [newest] = await listJournal(operations, { subject: 'organisation:1', limit: 1 });
      expect(newest).toEqual(all[0]);
      const older = { subject: 'organisation:1', beforeId: newest?.id ?? 0 };
      expect(await listJournal(operations, older)).toEqual([all[2]]);
      expect(ids).toEqual(all.map(({ id }) => id).reverse());
      expect(await getJournalEntry(operations, ids[0] ?? 0)).toEqual(all[2]);
      expect(await getJournalEntry(operations, 99_999)).toBeNull();
      await appendJournal(operations, [{ ...entry('page:1', 1, 2), what: 'page.closed' }]);
      expect(await listJournal(operations, { what: ['page.closed', 'page.replaced'] })).toHaveLength(1);
      for (const none of [{ what: [] }, { ids: [] }, { subjects: [] }])
        expect(await listJournal(operations, none)).toEqual([]);
      expect(await listJournal(operations, { ids: [ids[0] ?? 0, 99_999] })).toEqual([all[2]]);
      const subjects = ['organisation:2', 'page:1', 'page:99999'];
      expect((await listJournal(operations, { subjects })).map(({ subject }) => subject)).toEqual([
        'page:1',
        'organisation:2',
      ]);
    });

    it('leases to one holder at a time', async () => {
      const long = 60_000;
      const takers = ['a', 'b', 'c'].map((holder) => acquireLease(operations, 'worker', holder, long, now));
      expect((await Promise.all(takers)).filter(Boolean)).toHaveLength(1);
      const holder = (await leaseHolder(operations, 'worker', now)) ?? '';
      expect(await acquireLease(operations, 'worker', holder, long, now)).toBe(true);
      expect(await acquireLease(operations, 'worker', 'other', long, now)).toBe(false);
      expect(await renewLease(operations, 'worker', 'other', long, now)).toBe(false);
      expect(await renewLease(operations, 'worker', holder, long, now)).toBe(true);
      expect(await leaseHolder(operations, 'worker', now)).toBe(holder);
      // Run out from the beginning.
      expect(await renewLease(operations, 'worker', holder, 0, now)).toBe(true);
      expect(await leaseHolder(operations, 'worker', now)).toBeNull();
      expect(await renewLease(operations, 'worker', holder, long, now)).toBe(false);
      expect(await acquireLease(operations, 'worker', 'other', long, now)).toBe(true);
      await releaseLease(operations, 'worker', holder);
      expect(await leaseHolder(operations, 'worker', now)).toBe('other');
      await releaseLease(operations, 'worker', 'other');
      expect(await leaseHolder(operations, 'worker', now)).toBeNull();
    });

    it('keeps a lease that has run out as long as nobody else takes it', async () => {
      const [mine, other] = ['run:one', 'run:two'];
      const long = 60_000;
      // Run out from the beginning.
      expect(await acquireLease(operations, mine, 'me', 0, now)).toBe(true);
      expect(await acquireLease(operations, other, 'you', long, now)).toBe(true);
      expect(await heldLeases(operations, 'run:', now)).toEqual([other]);
      expect(await keepLease(operations, mine, 'me', long, now)).toBe(true);
      expect(await heldLeases(operations, 'run:', now)).toEqual([mine, other]);
      expect(await keepLease(operations, mine, 'me', 0, now)).toBe(true);
      expect(await acquireLease(operations, mine, 'you', long, now)).toBe(true);
      expect(await keepLease(operations, mine, 'me', long, now)).toBe(false);
      await releaseLease(operations, mine, 'you');
      expect(await keepLease(operations, mine, 'me', long, now)).toBe(false);
      await dropLeases(operations, 'run:');
      expect(await heldLeases(operations, 'run:', now)).toEqual([]);
    });

    it('counts calls by token, method and day', async () => {
      const counted = Array.from({ length: 5 }, () =>
        addUsage(operations, 'abc', 'wall.get', '2026-03-01', 25),
      );
      expect(Math.max(...(await Promise.all(counted)))).toBe(125);
      await addUsage(operations, 'abc', 'wall.get', '2026-03-02');
      await addUsage(operations, 'abd', 'wall.get', '2026-03-01');
      expect(await usageOn(operations, 'abc', 'wall.get', '2026-03-01')).toBe(125);
      expect(await usageOn(operations, 'abc', 'groups.getById', '2026-03-01')).toBe(0);
      expect(await usagesOn(operations, '2026-03-01')).toEqual([
        { tokenFingerprint: 'abc', method: 'wall.get', day: '2026-03-01', used: 125 },
        { tokenFingerprint: 'abd', method: 'wall.get', day: '2026-03-01', used: 1 },
      ]);
    });

    describeDataVersion(() => operations);
    describeRevisions(() => operations);
    describeAccounts(() => operations);
  });
}
