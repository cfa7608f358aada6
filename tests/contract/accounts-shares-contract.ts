import { expect, it } from 'vitest';
import { acceptInvitation, invite } from '#accounts/invitations.ts';
import { addAccount } from '#accounts/new-account.ts';
import type { AccountProblemCode } from '#accounts/problems.ts';
import { endRole, grantRole, removeAccount } from '#accounts/roles.ts';
import {
  makeShareLink,
  revokeShareLink,
  shareLinks,
  useShareLink,
  type ShareLinkMaker,
  type WantedShareLink,
} from '#accounts/share-links.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { findShareLink } from '#schema/operations/share-links.ts';
import { accountsFixture, administrator, department, password, refusedFor } from './accounts-fixture.ts';

const day = 24 * 3_600_000;
const zoya = { name: 'Зоя', email: 'zoya@example.ru', password };
const ranking = { view: 'ranking', organisationId: null, query: '?period=month' } as const;

/** Links by which others see one view: made, used, ended and revoked. Goes on from the tests of tokens. */
export function describeShares(operationsOf: () => Operations): void {
  const { open, idOf, now, setAhead } = accountsFixture(operationsOf);
  const accounts = () => open();
  const maker = async (): Promise<ShareLinkMaker> => ({
    who: zoya.email,
    roles: ['department'],
    userId: await idOf(zoya.email),
  });
  const make = async (more: Partial<WantedShareLink> = {}, by?: ShareLinkMaker) =>
    await makeShareLink(
      accounts(),
      {
        name: ' Для  президиума ',
        shows: ranking,
        framedBy: '',
        namesOthers: true,
        expiresAt: new Date(now().getTime() + day),
        ...more,
      },
      by ?? (await maker()),
    );
  const works = async (token: string) => (await useShareLink(accounts(), token)) !== null;
  const idOfLink = async (token: string) => (await findShareLink(operationsOf(), token))?.id ?? 0;
  const stateOf = async (id: number) => (await shareLinks(accounts())).find((each) => each.id === id)?.state;

  it('makes a link that is told once, shows what it was made for, and works by its token alone', async () => {
    await addAccount(accounts(), zoya, { role: 'department', by: administrator.who });
    const token = await make({ framedBy: 'prof.example.ru, https://other.example.ru' });
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(await useShareLink(accounts(), token)).toMatchObject({
      ...ranking,
      framedBy: ['https://prof.example.ru', 'https://other.example.ru'],
    });
    for (const wrong of ['', token.slice(0, -1), `${token}x`, token.toUpperCase(), ` ${token}`])
      expect([wrong, await works(wrong)]).toEqual([wrong, false]);
    const rows = await operationsOf().db.selectFrom('shareLinks').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    expect((await shareLinks(accounts())).map(({ name, maker: by, state }) => [name, by, state])).toEqual([
      ['Для президиума', 'Зоя', 'works'],
    ]);
  });

  it('makes none of what cannot be shown, without an end within a year, and none for who may not', async () => {
    const before = (await shareLinks(accounts())).length;
    const wrong: [Partial<WantedShareLink>, AccountProblemCode][] = [
      [{ name: ' \n ' }, 'share_name_missing'],
      [{ shows: null }, 'share_view_wrong'],
      [{ expiresAt: now() }, 'day_wrong'],
      [{ expiresAt: new Date(now().getTime() + 367 * day) }, 'share_day_far'],
      [{ framedBy: '*' }, 'share_frame_wrong'],
    ];
    for (const [more, code] of wrong) await expect(make(more), code).rejects.toMatchObject(refusedFor(code));
    await expect(make({}, { ...(await maker()), roles: ['viewer'] })).rejects.toMatchObject(
      refusedFor('role_forbidden'),
    );
    await expect(revokeShareLink(accounts(), 1, { who: 'x', roles: ['viewer'] })).rejects.toMatchObject(
      refusedFor('role_forbidden'),
    );
    expect(await shareLinks(accounts())).toHaveLength(before);
  });

  it('shows nothing from its end on', async () => {
    const token = await make();
    setAhead(day - 1000);
    expect(await works(token)).toBe(true);
    setAhead(day);
    expect([await works(token), await stateOf(await idOfLink(token))]).toEqual([false, 'ended']);
    setAhead(0);
  });

  it('shows nothing once it is revoked, which is done once', async () => {
    const [token, other] = [await make(), await make()];
    const id = await idOfLink(token);
    await revokeShareLink(accounts(), id, department);
    expect([await works(token), await works(other), await stateOf(id)]).toEqual([false, true, undefined]);
    for (const gone of [id, 0, 999_999])
      await expect(revokeShareLink(accounts(), gone, department)).rejects.toMatchObject(
        refusedFor('no_such_share'),
      );
  });

  it('shows nothing of a view that this version has not', async () => {
    const token = await make();
    await operationsOf()
      .db.updateTable('shareLinks')
      .set({ view: 'wall' })
      .where('id', '=', await idOfLink(token))
      .execute();
    expect(await works(token)).toBe(false);
  });

  it('notes its use at most once a minute', async () => {
    const token = await make();
    const used = async () => (await findShareLink(operationsOf(), token))?.lastUsedAt ?? null;
    expect(await used()).toBeNull();
    await works(token);
    const first = await used();
    expect(first).not.toBeNull();
    setAhead(30_000);
    await Promise.all([works(token), works(token)]);
    expect(await used()).toEqual(first);
    setAhead(120_000);
    await works(token);
    expect((await used())?.getTime()).toBeGreaterThan(first?.getTime() ?? 0);
    setAhead(0);
  });

  it('works while who made it may make links, and is revoked for good with their account', async () => {
    const token = await make();
    const [id, userId] = [await idOfLink(token), await idOf(zoya.email)];
    for (const grant of await listRoleGrants(operationsOf(), { userId, at: now() }))
      await endRole(accounts(), grant.id, administrator);
    expect([await works(token), await stateOf(id)]).toEqual([false, 'maker_gone']);
    await grantRole(accounts(), { userId, role: 'department', endsAt: null }, administrator);
    expect([await works(token), await stateOf(id)]).toEqual([true, 'works']);
    await removeAccount(accounts(), userId, administrator);
    expect([await works(token), await stateOf(id)]).toEqual([false, undefined]);
    const invitation = await invite(accounts(), { ...zoya, role: 'department' }, administrator);
    await acceptInvitation(accounts(), invitation, zoya);
    expect(await works(token)).toBe(false);
    await removeAccount(accounts(), await idOf(zoya.email), administrator);
  });

  it('writes into the journal who made what and who revoked it, without names and what was searched', async () => {
    const entries = (await listJournal(operationsOf(), { limit: 500 })).filter(({ what }) =>
      what.startsWith('share.'),
    );
    expect(new Set(entries.map(({ what }) => what))).toEqual(new Set(['share.created', 'share.revoked']));
    for (const { subject, before, after } of entries) {
      expect(subject).toMatch(/^share:[1-9]\d*$/);
      expect(JSON.stringify([before, after])).not.toMatch(/президиума|Зоя|period=/);
    }
    expect(entries.filter(({ what }) => what === 'share.created').map(({ who }) => who)).toContain(
      zoya.email,
    );
  });
}
