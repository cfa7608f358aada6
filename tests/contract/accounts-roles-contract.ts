import { expect, it } from 'vitest';
import { machine } from '#accounts/actor.ts';
import { hasAdministrator } from '#accounts/claim.ts';
import { acceptInvitation, invite } from '#accounts/invitations.ts';
import { addAccount } from '#accounts/new-account.ts';
import { loginLimits } from '#accounts/login-limits.ts';
import { makeReset, resetPassword } from '#accounts/password-reset.ts';
import { endRole, grantRole, removeAccount } from '#accounts/roles.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { listSessions } from '#schema/operations/sessions.ts';
import { listUsers } from '#schema/operations/users.ts';

import {
  accountsFixture,
  administrator,
  department,
  origin,
  password,
  refusedFor,
  sendingBack,
} from './accounts-fixture.ts';

/** What is done with accounts that are there: roles, passwords, their end. Goes on from the tests of logins. */
export function describeRoles(operationsOf: () => Operations): void {
  const { open, signIn, idOf, now, setAhead } = accountsFixture(operationsOf);

  it('ends a role at its instant, and at once when it is taken', async () => {
    const accounts = open();
    await addAccount(
      accounts,
      { name: 'Вера', email: 'vera@example.ru', password },
      {
        role: 'viewer',
        by: machine.who,
      },
    );
    const userId = await idOf('vera@example.ru');
    const endsAt = new Date(now().getTime() + 60_000);
    await grantRole(accounts, { userId, role: 'department', endsAt }, administrator);
    const cookies = sendingBack((await accounts.signIn('vera@example.ru', password, origin)).cookies);
    expect((await accounts.signedIn(cookies))?.roles).toEqual(['department', 'viewer']);
    setAhead(60_000);
    expect((await accounts.signedIn(cookies))?.roles).toEqual(['viewer']);
    setAhead(0);
    const granted = await listRoleGrants(operationsOf(), { userId, at: now() });
    for (const { id } of granted) await endRole(accounts, id, administrator);
    expect((await accounts.signedIn(cookies))?.roles).toEqual([]);
    await expect(endRole(accounts, granted[0]?.id ?? 0, administrator)).rejects.toMatchObject(
      refusedFor('no_such_account'),
    );
  });

  it('keeps the last administrator, also when the last two go at once', async () => {
    const accounts = open();
    const [first] = await listUsers(operationsOf());
    const firstId = first?.id ?? '';
    const refusal = refusedFor('last_administrator');
    await expect(removeAccount(accounts, firstId, administrator)).rejects.toMatchObject(refusal);
    const grants = await listRoleGrants(operationsOf(), { userId: firstId });
    await expect(endRole(accounts, grants[0]?.id ?? 0, administrator)).rejects.toMatchObject(refusal);
    await grantRole(
      accounts,
      { userId: await idOf('boris@example.ru'), role: 'administrator', endsAt: null },
      administrator,
    );
    const ends = await Promise.allSettled(
      (await listRoleGrants(operationsOf(), { at: now() }))
        .filter(({ role }) => role === 'administrator')
        .map(({ id }) => endRole(accounts, id, administrator)),
    );
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await hasAdministrator(accounts)).toBe(true);
  });

  it('keeps an administrator without an end: one for a day is not enough', async () => {
    const accounts = open();
    const now1 = now();
    const held = await listRoleGrants(operationsOf(), { at: now1 });
    const permanent = held.filter(({ role }) => role === 'administrator');
    const userId = await idOf('vera@example.ru');
    const endsAt = new Date(now1.getTime() + 24 * 3_600_000);
    await grantRole(accounts, { userId, role: 'administrator', endsAt }, machine);
    await expect(endRole(accounts, permanent[0]?.id ?? 0, machine)).rejects.toMatchObject(
      refusedFor('last_administrator'),
    );
    await expect(
      grantRole(accounts, { userId, role: 'administrator', endsAt: null }, machine),
    ).rejects.toMatchObject(refusedFor('role_held'));
    for (const { id } of await listRoleGrants(operationsOf(), { userId, at: now() }))
      await endRole(accounts, id, machine);
    // The tests go on with Anna as the administrator.
    const anna = await idOf('anna@example.ru');
    if (!permanent.some((grant) => grant.userId === anna))
      await grantRole(accounts, { userId: anna, role: 'administrator', endsAt: null }, machine);
  });

  it('makes no administrator by a link for a password that was made before', async () => {
    const accounts = open();
    const userId = await idOf('vera@example.ru');
    const early = await makeReset(accounts, userId, department);
    await grantRole(accounts, { userId, role: 'administrator', endsAt: null }, administrator);
    await expect(resetPassword(accounts, early, 'сова над рекой 1905')).rejects.toMatchObject(
      refusedFor('link_ended'),
    );
    for (const { id } of await listRoleGrants(operationsOf(), { userId, at: now() }))
      await endRole(accounts, id, administrator);
  });

  it('sets a password anew by a link, which ends all sessions', async () => {
    const accounts = open();
    const userId = await idOf('vera@example.ru');
    const cookies = sendingBack((await accounts.signIn('vera@example.ru', password, origin)).cookies);
    const [old, token] = [
      await makeReset(accounts, userId, administrator),
      await makeReset(accounts, userId, administrator),
    ];
    await expect(resetPassword(accounts, old, 'сова над рекой 1905')).rejects.toMatchObject(
      refusedFor('link_ended'),
    );
    await expect(resetPassword(accounts, token, 'слабый')).rejects.toMatchObject(
      refusedFor('password_short'),
    );
    const limits = loginLimits(operationsOf(), { now });
    for (let tries = 0; tries < 10; tries += 1) await limits.count('vera@example.ru');
    expect(await resetPassword(accounts, token, 'сова над рекой 1905')).toBe('vera@example.ru');
    expect(await accounts.signedIn(cookies)).toBeNull();
    await expect(accounts.signIn('vera@example.ru', password, origin)).rejects.toMatchObject(
      refusedFor('wrong_login'),
    );
    const here = await signIn(accounts, 'vera@example.ru', 'сова над рекой 1905');
    const elsewhere = sendingBack(
      (await accounts.signIn('vera@example.ru', 'сова над рекой 1905', origin)).cookies,
    );
    await expect(accounts.changePassword(here, 'не тот', password)).rejects.toMatchObject(
      refusedFor('wrong_password'),
    );
    const open1 = await makeReset(accounts, userId, administrator);
    await accounts.changePassword(here, 'сова над рекой 1905', password);
    await expect(resetPassword(accounts, open1, password)).rejects.toMatchObject(refusedFor('link_ended'));
    expect(await accounts.signedIn(elsewhere)).toBeNull();
    expect(await listSessions(operationsOf(), now(), userId)).toHaveLength(1);
  });

  it('takes an account away at once, and gives it anew to the same address', async () => {
    const accounts = open();
    const userId = await idOf('vera@example.ru');
    const cookies = sendingBack((await accounts.signIn('vera@example.ru', password, origin)).cookies);
    const reset = await makeReset(accounts, userId, administrator);
    await removeAccount(accounts, userId, administrator);
    expect(await accounts.signedIn(cookies)).toBeNull();
    await expect(accounts.signIn('vera@example.ru', password, origin)).rejects.toMatchObject(
      refusedFor('wrong_login'),
    );
    await expect(resetPassword(accounts, reset, password)).rejects.toMatchObject(refusedFor('link_ended'));
    await expect(removeAccount(accounts, userId, administrator)).rejects.toMatchObject(
      refusedFor('no_such_account'),
    );
    const token = await invite(
      accounts,
      { name: 'Вера', email: 'vera@example.ru', role: 'viewer' },
      administrator,
    );
    await acceptInvitation(accounts, token, { name: 'Вера Новая', password });
    expect(await signIn(accounts, 'vera@example.ru')).toMatchObject({
      user: { id: userId, name: 'Вера Новая', removedAt: null },
      roles: ['viewer'],
    });
  });

  it('writes what was done into the journal, without names and addresses of whom it was done to', async () => {
    const entries = (await listJournal(operationsOf(), { limit: 500 })).filter(({ what }) =>
      what.startsWith('account.'),
    );
    expect(new Set(entries.map(({ what }) => what))).toEqual(
      new Set([
        'account.added',
        'account.invited',
        'account.uninvited',
        'account.reset_made',
        'account.password_reset',
        'account.role_granted',
        'account.role_ended',
        'account.removed',
        'account.signed_out',
      ]),
    );
    expect(JSON.stringify(entries.map(({ subject, before, after }) => [subject, before, after]))).not.toMatch(
      /example|Вера|Борис/,
    );
  });
}
