import { describe, expect, it } from 'vitest';
import { erasePerson } from '#register/personal-data/erase-person.ts';
import { savePerson } from '#schema/operations/people.ts';
import { invite, readInvitation } from '#accounts/invitations.ts';
import { addAccount } from '#accounts/new-account.ts';
import { eraseAccount } from '#accounts/erase-account.ts';
import { removeAccount } from '#accounts/roles.ts';
import { findAccounts, readStoredAccount } from '#accounts/stored-account.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { addOneTimeLink } from '#schema/operations/one-time-links.ts';
import { verifyJournal } from '#schema/operations/journal-verification.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { addReminder, listReminders } from '#schema/operations/reminders.ts';
import { eraseUser } from '#schema/operations/users.ts';
import { accountsFixture, origin, password, refusedFor } from './accounts-fixture.ts';

/** The part of the contract about what is kept of accounts, and its erasure, in a store that is migrated. */
export function describeAccountErasure(store: () => Operations): void {
  describe('an account', () => {
    const { open, idOf, now } = accountsFixture(store);
    const add = (
      name: string,
      email: string,
      role: 'administrator' | 'department' | 'viewer',
      by = 'command',
    ) => addAccount(open(), { name, email, password }, { role, by });
    const administrator = async () =>
      ({
        who: 'anna@example.ru',
        address: '192.0.2.7',
        roles: ['administrator'],
        userId: await idOf('anna@example.ru'),
      }) as const;
    const department = async () =>
      ({
        who: 'boris@example.ru',
        address: '192.0.2.8',
        roles: ['department'],
        userId: await idOf('boris@example.ru'),
      }) as const;

    it('is handed out with its roles and sessions, and without what guards it', async () => {
      await add('Анна', 'anna@example.ru', 'administrator');
      await add('Борис', 'boris@example.ru', 'department', 'anna@example.ru');
      await open().signIn('boris@example.ru', password, origin);
      await invite(open(), { name: 'Гость', email: 'gast@example.ru', role: 'viewer' }, await department());
      await addReminder(store(), {
        ...{ at: now(), who: 'boris@example.ru', personId: 1, channel: 'phone', note: '', pageIds: [] },
      });
      const id = await idOf('boris@example.ru');
      const stored = await readStoredAccount(open(), id);
      expect(stored).toMatchObject({
        ...{ id, name: 'Борис', email: 'boris@example.ru', removedAt: null, hasTwoFactor: false },
        roles: [{ role: 'department', organisation: '', grantedBy: 'anna@example.ru', endsAt: null }],
        sessions: [{ address: origin.address, userAgent: origin.userAgent }],
        tokens: [],
      });
      expect(stored?.reminders).toHaveLength(1);
      expect(stored?.journal.map(({ path, value }) => `${path} ${value}`)).toEqual(
        expect.arrayContaining(['who boris@example.ru', 'address 192.0.2.8']),
      );
      expect(JSON.stringify(stored)).not.toMatch(/password|secret|hash|[0-9a-f]{64}/iu);
      expect(await findAccounts(open(), 'БОРИС')).toEqual([{ id, name: 'Борис', isRemoved: false }]);
      expect([await findAccounts(open(), ''), await readStoredAccount(open(), 'nobody')]).toEqual([[], null]);
    });

    it('is erased by who could give its roles, and neither by its owner nor as the last administrator', async () => {
      const [anna, boris] = [await administrator(), await department()];
      const erase = (userId: string, by: typeof anna | typeof boris) => eraseAccount(open(), userId, by);
      await expect(erase(anna.userId, boris)).rejects.toMatchObject(refusedFor('role_forbidden'));
      await expect(erase(anna.userId, anna)).rejects.toMatchObject(refusedFor('own_account'));
      await expect(erase('nobody', anna)).rejects.toMatchObject(refusedFor('no_such_account'));
      await expect(erase(anna.userId, { ...anna, userId: 'other' })).rejects.toMatchObject(
        refusedFor('last_administrator'),
      );
      expect(await readStoredAccount(open(), anna.userId)).toMatchObject({ name: 'Анна', removedAt: null });
      await expect(eraseUser(store(), anna.userId)).rejects.toThrow('There is no user');
    });

    it('leaves its id, and no name, address or login anywhere; the journal stays whole', async () => {
      const anna = await administrator();
      const id = await idOf('boris@example.ru');
      // As versions before left one, when an account was made by another.
      const payload = { name: 'Борис', email: 'boris@example.ru', role: 'viewer' };
      const lasts = { createdAt: now(), expiresAt: new Date(now().getTime() + 1000) };
      await addOneTimeLink(store(), {
        ...{ kind: 'invitation', userId: null, createdBy: 'command', payload },
        ...lasts,
      });
      const { db } = store();
      const instants = { createdAt: now().toISOString(), expiresAt: now().toISOString() };
      await db
        .insertInto('shareLinks')
        .values({
          ...{ name: 'Ссылка Бориса', tokenHash: 'of a share link', view: 'ranking', organisationId: null },
          ...{ query: '', framedBy: '', userId: id, ...instants, lastUsedAt: null, revokedAt: null },
        })
        .execute();
      await eraseAccount(open(), id, anna);
      const rows = [
        ...(await db.selectFrom('users').selectAll().execute()),
        ...(await db.selectFrom('roleGrants').selectAll().execute()),
        ...(await db.selectFrom('oneTimeLinks').selectAll().execute()),
        ...(await db.selectFrom('shareLinks').selectAll().execute()),
        ...(await db.selectFrom('sessions').selectAll().execute()),
        ...(await db.selectFrom('reminders').selectAll().execute()),
        ...(await db.selectFrom('journal').selectAll().execute()),
        ...(await db.selectFrom('journalValues').selectAll().execute()),
        ...(await db.selectFrom('revisions').selectAll().execute()),
        ...(await db.selectFrom('attempts').selectAll().execute()),
      ];
      expect(JSON.stringify(rows)).not.toMatch(/boris|Борис|192\.0\.2\.8/iu);
      expect(await readStoredAccount(open(), id)).toBeNull();
      expect((await listReminders(store())).map(({ who }) => who)).toContain('');
      expect(await listRoleGrants(store(), { userId: id })).toMatchObject([{ grantedBy: 'anna@example.ru' }]);
      const told = await listJournal(store(), { subject: `account:${id}` });
      expect(told.slice(0, 3).map(({ what, who }) => `${what} ${who}`)).toEqual([
        'account.erased anna@example.ru',
        'journal.erased anna@example.ru',
        'account.removed anna@example.ru',
      ]);
      expect(await verifyJournal(store())).toMatchObject({ isWhole: true });
      await expect(eraseAccount(open(), id, anna)).rejects.toMatchObject(refusedFor('no_such_account'));
      await expect(open().signIn('boris@example.ru', password, origin)).rejects.toMatchObject(
        refusedFor('wrong_login'),
      );
      // The address is free: whoever comes anew is somebody else.
      await add('Борис', 'boris@example.ru', 'viewer');
      expect(await idOf('boris@example.ru')).not.toBe(id);
    });

    it('that somebody of the register is invited to is none any more when they are erased', async () => {
      const person = { name: 'Зоя Новая', email: 'zoya@example.ru', phone: '' };
      const { id } = await savePerson(store(), person);
      const payload = { name: 'Зоя', email: 'other@example.ru', role: 'viewer', personId: id };
      const chosen = await addOneTimeLink(store(), {
        ...{ kind: 'invitation', userId: null, createdBy: 'command', payload, createdAt: now() },
        expiresAt: new Date(now().getTime() + 60_000),
      });
      const tokens = [
        chosen.token,
        await invite(
          open(),
          { name: 'Зоя', email: 'zoya@example.ru', role: 'viewer' },
          await administrator(),
        ),
      ];
      await erasePerson(store(), id, { at: now(), who: 'anna@example.ru', reason: 'request' });
      for (const token of tokens)
        await expect(readInvitation(open(), token)).rejects.toMatchObject(refusedFor('link_ended'));
      const links = await store().db.selectFrom('oneTimeLinks').select('payload').execute();
      expect(JSON.stringify(links)).not.toMatch(/Зоя|zoya|other@/iu);
    });

    it('that was taken away before is erased as well', async () => {
      const anna = await administrator();
      const id = await idOf('boris@example.ru');
      await removeAccount(open(), id, anna);
      expect(await findAccounts(open(), 'boris@')).toMatchObject([{ isRemoved: true }]);
      await eraseAccount(open(), id, anna);
      expect(await findAccounts(open(), 'boris@')).toEqual([]);
    });
  });
}
