import { describe, expect, it } from 'vitest';
import { acceptInvitation, invite } from '#accounts/invitations.ts';
import { addAccount } from '#accounts/new-account.ts';
import { eraseAccount } from '#accounts/erase-account.ts';
import { grantableRoles } from '#accounts/permissions.ts';
import { removeAccount } from '#accounts/roles.ts';
import { tieAccount } from '#accounts/whose.ts';
import { machine } from '#accounts/actor.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { saveOrganisation } from '#schema/operations/organisations.ts';
import {
  endRole,
  getPerson,
  listFormerPeople,
  listPeople,
  savePerson,
  saveRole,
} from '#schema/operations/people.ts';
import { getUser } from '#schema/operations/users.ts';
import { fields as sampleOrganisation } from './sample-organisation.ts';
import { accountsFixture, administrator, department, password, refusedFor } from './accounts-fixture.ts';

/** The part of the contract about whose account it is, in a store that is migrated. */
export function describeAccountPersons(store: () => Operations): void {
  describe('the person whom an account belongs to', () => {
    const { open, idOf, now } = accountsFixture(store);
    const join = async (email: string, entered: { role?: string; registered?: string } = {}) => {
      const { role = 'viewer', registered = '' } = entered;
      const invitation = { name: 'Как в приглашении', email, role, registered };
      const token = await invite(open(), invitation, administrator);
      await acceptInvitation(open(), token, { name: 'Гость', password });
      return await idOf(email);
    };
    const personOf = async (userId: string) => {
      const { personId = null } = (await getUser(store(), userId)) ?? {};
      return personId === null ? null : await getPerson(store(), personId);
    };
    const enter = async (name: string, email = '') => await savePerson(store(), { name, email, phone: '' });
    const isFormer = async (id: number) => (await listFormerPeople(store())).some((each) => each.id === id);

    it('is entered without an organisation, when the register has nobody of that address', async () => {
      const before = (await listPeople(store())).length;
      const juror = await join('juror@example.ru', { role: 'juror' });
      expect(await personOf(juror)).toMatchObject({ name: 'Гость', email: 'juror@example.ru', basis: '' });
      expect(await listPeople(store())).toHaveLength(before + 1);
    });

    it('can have any role of the contest', async () => {
      expect(grantableRoles).toEqual(expect.arrayContaining(['secretary', 'commission_chair', 'juror']));
      expect(await personOf(await join('s@example.ru', { role: 'secretary' }))).not.toBeNull();
      expect(await personOf(await join('c@example.ru', { role: 'commission_chair' }))).not.toBeNull();
    });

    it('is the one of that address, or who was chosen by name, address or number', async () => {
      const known = await enter('Глеб', 'Gleb@Example.ru');
      expect((await personOf(await join('gleb@example.ru')))?.id).toBe(known.id);
      const [first, second] = [await enter('Двойник'), await enter('Двойник')];
      await expect(join('d@example.ru', { registered: 'двойник' })).rejects.toMatchObject(
        refusedFor('person_ambiguous'),
      );
      await expect(join('d@example.ru', { registered: 'Никто' })).rejects.toMatchObject(
        refusedFor('person_unknown'),
      );
      await expect(join('d@example.ru', { registered: '№ 999999999' })).rejects.toMatchObject(
        refusedFor('person_unknown'),
      );
      const chosen = await join('d@example.ru', { registered: `Двойник (№ ${second.id})` });
      expect((await personOf(chosen))?.id).toBe(second.id);
      await expect(join('e@example.ru', { registered: `№ ${second.id}` })).rejects.toMatchObject(
        refusedFor('person_taken'),
      );
      expect(
        (await personOf(await join('e@example.ru', { registered: 'ДВОЙНИК' }).catch(() => '')))?.id,
      ).toBe(undefined);
      expect((await personOf(await join('e@example.ru', { registered: `№ ${first.id}` })))?.id).toBe(
        first.id,
      );
    });

    it('who was chosen by two invitations is of the first; who accepts later is entered anew', async () => {
      const wanted = await enter('Желанный');
      const tokenFor = async (email: string) =>
        await invite(open(), { name: 'Г', email, role: 'viewer', registered: 'Желанный' }, administrator);
      const [one, two] = [await tokenFor('one@example.ru'), await tokenFor('two@example.ru')];
      await acceptInvitation(open(), one, { name: 'Первый', password });
      await acceptInvitation(open(), two, { name: 'Вторая', password });
      expect((await personOf(await idOf('one@example.ru')))?.id).toBe(wanted.id);
      expect(await personOf(await idOf('two@example.ru'))).toMatchObject({ name: 'Вторая' });
    });

    it('is set otherwise by who manages accounts; who was there for the account alone leaves the register', async () => {
      const userId = await join('tied@example.ru');
      const before = await personOf(userId);
      const wanted = await enter('Настоящая Тая');
      const tie = (registered: string, by = department) => tieAccount(open(), { userId, registered }, by);
      await expect(tie('')).rejects.toMatchObject(refusedFor('person_unknown'));
      await expect(tie('Двойник')).rejects.toMatchObject(refusedFor('person_ambiguous'));
      await expect(tie('juror@example.ru')).rejects.toMatchObject(refusedFor('person_taken'));
      expect((await personOf(userId))?.id).toBe(before?.id);
      await tie('настоящая  тая');
      expect((await personOf(userId))?.id).toBe(wanted.id);
      expect(await isFormer(before?.id ?? 0)).toBe(true);
      const [entry] = await listJournal(store(), { subject: `account:${userId}`, limit: 1 });
      expect(entry).toMatchObject({
        what: 'account.tied',
        who: department.who,
        after: { personId: wanted.id },
      });
      await addAccount(
        open(),
        { name: 'А', email: 'admin@example.ru', password },
        { role: 'administrator', by: 'command' },
      );
      const other = { userId: await idOf('admin@example.ru'), registered: 'Настоящая Тая' };
      await expect(tieAccount(open(), other, department)).rejects.toMatchObject(refusedFor('role_forbidden'));
    });

    it('stays in the register as long as they have a part or an account, and comes back with it', async () => {
      const person = await enter('Держатель', 'holder@example.ru');
      const at = now();
      const organisation = await saveOrganisation(store(), sampleOrganisation, at);
      const part = { organisationId: organisation.id, personId: person.id, role: 'responsible' } as const;
      await saveRole(store(), part);
      const userId = await join('holder@example.ru');
      await endRole(store(), part, at);
      expect(await isFormer(person.id)).toBe(false);
      await removeAccount(open(), userId, administrator);
      expect(await isFormer(person.id)).toBe(true);
      await join('holder@example.ru');
      expect(await isFormer(person.id)).toBe(false);
    });

    it('who is there for the account alone is erased with it; who has had a part is not', async () => {
      const by = { ...machine, userId: 'nobody' };
      const alone = await join('alone@example.ru');
      const person = await personOf(alone);
      await eraseAccount(open(), alone, by);
      expect(await getPerson(store(), person?.id ?? 0)).toBeNull();
      const holder = await idOf('holder@example.ru');
      const other = await personOf(holder);
      await eraseAccount(open(), holder, by);
      expect(await getPerson(store(), other?.id ?? 0)).toMatchObject({ name: 'Держатель' });
    });
  });
}
