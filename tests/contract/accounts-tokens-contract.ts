import { expect, it } from 'vitest';
import {
  apiTokens,
  machineMaker,
  makeApiToken,
  revokeApiToken,
  useApiToken,
  type ApiTokenMaker,
  type WantedApiToken,
} from '#accounts/api-tokens.ts';
import { acceptInvitation, invite } from '#accounts/invitations.ts';
import { addAccount } from '#accounts/new-account.ts';
import type { AccountProblemCode } from '#accounts/problems.ts';
import { endRole, grantRole, removeAccount } from '#accounts/roles.ts';
import { findApiToken } from '#schema/operations/api-tokens.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { accountsFixture, administrator, department, password, refusedFor } from './accounts-fixture.ts';

const day = 24 * 3_600_000;
const gleb = { name: 'Глеб', email: 'gleb@example.ru', password };

/** Tokens of the API: made, used, ended and revoked. Goes on from the tests of roles. */
export function describeTokens(operationsOf: () => Operations): void {
  const { open, idOf, now, setAhead } = accountsFixture(operationsOf);
  const accounts = () => open();
  const wanted = (more: Partial<WantedApiToken> = {}): WantedApiToken => ({
    name: ' Витрина  сайта ',
    scopes: ['numbers.read'],
    expiresAt: new Date(now().getTime() + day),
    ...more,
  });
  const make = (maker: ApiTokenMaker, more?: Partial<WantedApiToken>) =>
    makeApiToken(accounts(), wanted(more), maker);
  const works = async (token: string) => (await useApiToken(accounts(), token)) !== null;
  const stateOf = async (id: number) => (await apiTokens(accounts())).find((each) => each.id === id)?.state;
  const idOfToken = async (token: string) => (await findApiToken(operationsOf(), token))?.id ?? 0;
  const glebMaker = async (): Promise<ApiTokenMaker> => ({
    who: gleb.email,
    roles: ['administrator'],
    userId: await idOf(gleb.email),
  });

  it('makes a token that is told once, and works by itself alone', async () => {
    await addAccount(accounts(), gleb, { role: 'administrator', by: administrator.who });
    const [one, other] = [await make(await glebMaker()), await make(machineMaker, { name: 'Вторая' })];
    expect(one).toMatch(/^pp_[\w-]{43}$/);
    expect(other).not.toBe(one);
    expect(await useApiToken(accounts(), one)).toMatchObject({ scopes: ['numbers.read'] });
    expect(await works(other)).toBe(true);
    for (const wrong of ['', 'pp_', one.slice(3), one.slice(0, -1), `${one}x`, one.toUpperCase(), ` ${one}`])
      expect([wrong, await works(wrong)]).toEqual([wrong, false]);
    const rows = await operationsOf().db.selectFrom('apiTokens').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(one.slice(3));
    expect((await apiTokens(accounts())).map(({ name, maker, state }) => [name, maker, state])).toEqual([
      ['Витрина сайта', 'Глеб', 'works'],
      ['Вторая', null, 'works'],
    ]);
  });

  it('makes none without a name, a scope or a day to come, and none for who manages no accounts', async () => {
    const maker = await glebMaker();
    const before = (await apiTokens(accounts())).length;
    const wrong: [Partial<WantedApiToken>, AccountProblemCode][] = [
      [{ name: ' \n ' }, 'token_name_missing'],
      [{ scopes: [] }, 'scope_missing'],
      [{ expiresAt: now() }, 'day_wrong'],
    ];
    for (const [more, code] of wrong)
      await expect(make(maker, more), code).rejects.toMatchObject(refusedFor(code));
    await expect(make({ ...maker, roles: ['viewer'] })).rejects.toMatchObject(refusedFor('role_forbidden'));
    await expect(revokeApiToken(accounts(), 1, { who: 'x', roles: ['viewer'] })).rejects.toMatchObject(
      refusedFor('role_forbidden'),
    );
    expect(await apiTokens(accounts())).toHaveLength(before);
  });

  it('opens nothing from its end on', async () => {
    const token = await make(machineMaker);
    setAhead(day - 1000);
    expect(await works(token)).toBe(true);
    setAhead(day);
    expect(await works(token)).toBe(false);
    expect(await stateOf(await idOfToken(token))).toBe('ended');
    setAhead(0);
  });

  it('opens nothing once it is revoked, which is done once', async () => {
    const [token, other] = [await make(machineMaker), await make(machineMaker)];
    const id = await idOfToken(token);
    await revokeApiToken(accounts(), id, department);
    expect([await works(token), await works(other)]).toEqual([false, true]);
    expect(await stateOf(id)).toBeUndefined();
    for (const gone of [id, 0, 999_999])
      await expect(revokeApiToken(accounts(), gone, department)).rejects.toMatchObject(
        refusedFor('no_such_token'),
      );
  });

  it('notes its use at most once a minute', async () => {
    const token = await make(machineMaker);
    const used = async () => (await findApiToken(operationsOf(), token))?.lastUsedAt ?? null;
    expect(await used()).toBeNull();
    setAhead(1000);
    await works(token);
    const first = await used();
    expect(first).not.toBeNull();
    setAhead(30_000);
    await works(token);
    expect(await used()).toEqual(first);
    setAhead(120_000);
    await works(token);
    expect((await used())?.getTime()).toBeGreaterThan(first?.getTime() ?? 0);
    // Of two processes that note the same use, the second finds it noted.
    const last = await used();
    setAhead(150_000);
    await Promise.all([works(token), works(token)]);
    expect(await used()).toEqual(last);
    setAhead(0);
  });

  it('works while who made it manages accounts, and again when they do', async () => {
    const token = await make(await glebMaker());
    const id = await idOfToken(token);
    const userId = await idOf(gleb.email);
    await grantRole(accounts(), { userId, role: 'viewer', endsAt: null }, administrator);
    for (const grant of await listRoleGrants(operationsOf(), { userId, at: now() }))
      if (grant.role === 'administrator') await endRole(accounts(), grant.id, administrator);
    expect([await works(token), await stateOf(id)]).toEqual([false, 'maker_gone']);
    await grantRole(accounts(), { userId, role: 'department', endsAt: null }, administrator);
    expect([await works(token), await stateOf(id)]).toEqual([true, 'works']);
  });

  it('is revoked with the account of who made it, and does not come back with it', async () => {
    const token = await make(await glebMaker());
    const [id, machines] = [await idOfToken(token), await make(machineMaker)];
    await removeAccount(accounts(), await idOf(gleb.email), administrator);
    expect([await works(token), await works(machines)]).toEqual([false, true]);
    const invitation = await invite(accounts(), { ...gleb, role: 'administrator' }, administrator);
    await acceptInvitation(accounts(), invitation, gleb);
    expect([await works(token), await stateOf(id)]).toEqual([false, undefined]);
    await removeAccount(accounts(), await idOf(gleb.email), administrator);
  });

  it('writes what was done into the journal, without names and values', async () => {
    const entries = (await listJournal(operationsOf(), { limit: 500 })).filter(({ what }) =>
      what.startsWith('token.'),
    );
    expect(new Set(entries.map(({ what }) => what))).toEqual(new Set(['token.created', 'token.revoked']));
    for (const { subject, before, after } of entries) {
      expect(subject).toMatch(/^token:[1-9]\d*$/);
      expect(JSON.stringify([before, after])).not.toMatch(/pp_|Витрина|Вторая|Глеб|example/);
    }
  });
  it('writes from where it was done', async () => {
    const from = { ...machineMaker, address: '198.51.100.3' };
    await revokeApiToken(accounts(), await idOfToken(await make(from)), from);
    const newest = await listJournal(operationsOf(), { limit: 2 });
    expect(newest.map(({ what, who, address }) => [what, who, address])).toEqual([
      ['token.revoked', machineMaker.who, '198.51.100.3'],
      ['token.created', machineMaker.who, '198.51.100.3'],
    ]);
  });
}
