import { expect, it } from 'vitest';
import { acceptInvitation, invite, openInvitations } from '#accounts/invitations.ts';
import type { Permission } from '#accounts/permissions.ts';
import { grantRole } from '#accounts/roles.ts';
import { scopeOf, type HeldRole } from '#accounts/scope.ts';
import type { Operations } from '#schema/operations/connect.ts';
import {
  insertOrganisation,
  removeOrganisation,
  updateOrganisation,
} from '#schema/operations/organisations.ts';
import { savePerson } from '#schema/operations/people.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { listUsers } from '#schema/operations/users.ts';
import { accountsFixture, administrator, password, refusedFor } from './accounts-fixture.ts';
import { fields as sampleOrganisation } from './sample-organisation.ts';

/** Roles of an organisation, which hold there and below it. Goes on from the tests of roles. */
export function describeScope(operationsOf: () => Operations): void {
  const { open, now, idOf } = accountsFixture(operationsOf);
  const ids = new Map<string, number>();
  const idFor = (name: string): number => ids.get(name) ?? 0;
  const register = async (
    name: string,
    parent: string | null,
    level: 'federation' | 'branch' | 'primary',
  ) => {
    const parentId = parent === null ? null : idFor(parent);
    const fields = { ...sampleOrganisation, name, short: '', level, parentId };
    ids.set(name, (await insertOrganisation(operationsOf(), fields, now())).id);
  };
  const reached = async (held: readonly HeldRole[], permission: Permission): Promise<string[] | null> => {
    const reach = (await scopeOf(operationsOf(), held)).reach(permission);
    return reach && [...ids].filter(([, id]) => reach.has(id)).map(([name]) => name);
  };
  const editorOf = (name: string): HeldRole => ({ role: 'member_editor', organisationId: idFor(name) });

  it('reaches an organisation and all below it, and what another role reaches besides', async () => {
    await register('Дерево', null, 'federation');
    await register('Ветвь', 'Дерево', 'branch');
    await register('Лист', 'Ветвь', 'primary');
    await register('Почка', 'Лист', 'primary');
    await register('Сук', 'Дерево', 'branch');
    const own = ['Ветвь', 'Лист', 'Почка'];
    expect(await reached([editorOf('Ветвь')], 'numbers.read')).toEqual(own);
    expect(await reached([editorOf('Ветвь')], 'register.edit')).toEqual(own);
    expect(await reached([editorOf('Ветвь')], 'target.edit')).toEqual([]);
    const both = [editorOf('Сук'), { role: 'organisation', organisationId: idFor('Лист') } as const];
    expect(await reached(both, 'numbers.read')).toEqual(['Лист', 'Почка', 'Сук']);
    expect(await reached(both, 'contacts.read')).toEqual(['Сук']);
    const viewer: HeldRole = { role: 'viewer', organisationId: null };
    expect(await reached([...both, viewer], 'numbers.read')).toBeNull();
    expect(await reached([...both, viewer], 'register.edit')).toEqual(['Сук']);
    expect(await reached([editorOf('Дерево')], 'register.edit')).toBeNull();
    expect(await reached([], 'numbers.read')).toEqual([]);
  });

  it('asks for the tree each time: what was moved away is beyond reach at once', async () => {
    await updateOrganisation(operationsOf(), idFor('Лист'), { parentId: idFor('Сук') });
    expect(await reached([editorOf('Ветвь')], 'register.edit')).toEqual(['Ветвь']);
    expect(await reached([editorOf('Сук')], 'register.edit')).toEqual(['Лист', 'Почка', 'Сук']);
    // A register with a circle in it ends all the same.
    await updateOrganisation(operationsOf(), idFor('Сук'), { parentId: idFor('Почка') });
    expect(await reached([editorOf('Сук')], 'register.edit')).toEqual(['Лист', 'Почка', 'Сук']);
    await updateOrganisation(operationsOf(), idFor('Сук'), { parentId: idFor('Дерево') });
  });

  it('is one reader for whoever may the same of the same, and another for anybody else', async () => {
    const keyOf = async (...held: HeldRole[]) => (await scopeOf(operationsOf(), held)).key;
    expect(await keyOf(editorOf('Сук'), editorOf('Ветвь'))).toBe(
      await keyOf(editorOf('Ветвь'), editorOf('Сук')),
    );
    expect(await keyOf(editorOf('Сук'))).not.toBe(await keyOf(editorOf('Ветвь')));
  });

  it('gives a role of an organisation by name or number, and none without one', async () => {
    const accounts = open();
    const zhanna = { name: 'Жанна', email: 'zhanna@example.ru', role: 'organisation' };
    const refused = async (organisation: string, code: Parameters<typeof refusedFor>[0]) => {
      await expect(invite(accounts, { ...zhanna, organisation }, administrator)).rejects.toMatchObject(
        refusedFor(code),
      );
    };
    await refused('', 'organisation_missing');
    await refused('Нет такой', 'organisation_unknown');
    await refused('№ 2147483647', 'organisation_unknown');
    await register('Сук', 'Дерево', 'primary');
    await refused('сук', 'organisation_ambiguous');
    const chosen = `Сук (№ ${idFor('Сук')})`;
    await removeOrganisation(operationsOf(), idFor('Сук'), now());
    await refused(chosen, 'organisation_unknown');
    const person = await savePerson(operationsOf(), {
      ...{ name: 'Жанна Орлова', email: 'Zhanna@Example.ru', phone: '' },
    });
    const token = await invite(accounts, { ...zhanna, organisation: 'ВЕТВЬ' }, administrator);
    expect(
      (await openInvitations(accounts)).flatMap(({ invitation }) => invitation.organisationId ?? []),
    ).toEqual([idFor('Ветвь')]);
    await acceptInvitation(accounts, token, { name: 'Жанна', password });
    const userId = await idOf('zhanna@example.ru');
    const users = await listUsers(operationsOf());
    expect(users.find(({ id }) => id === userId)?.personId).toBe(person.id);
    const wanted = { userId, role: 'organisation', endsAt: null };
    const twice = grantRole(accounts, { ...wanted, organisation: `№ ${idFor('Ветвь')}` }, administrator);
    await expect(twice).rejects.toMatchObject(refusedFor('role_held'));
    await grantRole(accounts, { ...wanted, organisation: 'Лист' }, administrator);
    const held = await listRoleGrants(operationsOf(), { userId, at: now() });
    expect(held.map(({ role, organisationId }) => [role, organisationId])).toEqual([
      ['organisation', idFor('Ветвь')],
      ['organisation', idFor('Лист')],
    ]);
  });
}
