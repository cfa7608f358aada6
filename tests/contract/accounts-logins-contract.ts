import { expect, it } from 'vitest';
import { machine, type AccountActor } from '#accounts/actor.ts';
import { claimInstance, hasAdministrator, makeClaim } from '#accounts/claim.ts';
import {
  acceptInvitation,
  invite,
  readInvitation,
  revokeInvitation,
  openInvitations,
} from '#accounts/invitations.ts';
import { loginLimits } from '#accounts/login-limits.ts';
import { addAccount } from '#accounts/new-account.ts';
import { makeReset } from '#accounts/password-reset.ts';
import type { AccountProblemCode } from '#accounts/problems.ts';
import { removeAccount, signOutEverywhere } from '#accounts/roles.ts';
import { grammaticalCases } from '#domain/cased-name.ts';
import { senderNamesKey } from '#register/sender-names.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listOpenLinks } from '#schema/operations/one-time-links.ts';
import { insertOrganisation, removeOrganisation } from '#schema/operations/organisations.ts';
import { listSessions } from '#schema/operations/sessions.ts';
import { setSetting } from '#schema/operations/settings.ts';
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

/** How one gets an account, and signs in and out. */
export function describeLogins(operationsOf: () => Operations): void {
  const { open, signIn, idOf, now, setAhead } = accountsFixture(operationsOf);

  it('is claimed once, by the newest link, and of two at once by one', async () => {
    const accounts = open();
    expect(await hasAdministrator(accounts)).toBe(false);
    const [old, token] = [await makeClaim(accounts), await makeClaim(accounts)];
    const anna = { name: ' Анна  Петрова ', email: 'Anna@Example.ru', password };
    await expect(claimInstance(accounts, old, anna)).rejects.toMatchObject(refusedFor('link_ended'));
    await expect(claimInstance(accounts, 'nothing', anna)).rejects.toMatchObject(refusedFor('link_ended'));
    const claims = await Promise.allSettled([
      claimInstance(accounts, token, anna),
      claimInstance(accounts, token, { ...anna, name: 'Другая' }),
    ]);
    expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await hasAdministrator(accounts)).toBe(true);
    const [made] = await listUsers(operationsOf());
    expect(made).toMatchObject({ email: 'anna@example.ru', removedAt: null });
    expect(await listUsers(operationsOf())).toHaveLength(1);
    const late = await makeClaim(accounts);
    await expect(claimInstance(accounts, late, { ...anna, email: 'x@example.ru' })).rejects.toMatchObject(
      refusedFor('link_ended'),
    );
  });

  it('takes no password that is short, long or easily guessed, no wrong address and no empty name', async () => {
    const accounts = open();
    const enter = (entered: Partial<Parameters<typeof addAccount>[1]>) =>
      addAccount(
        accounts,
        { name: 'Имя', email: 'new@example.ru', password, ...entered },
        {
          role: 'viewer',
          by: machine.who,
        },
      );
    const wrong: [Parameters<typeof enter>[0], AccountProblemCode][] = [
      [{ password: '' }, 'password_missing'],
      [{ password: 'короткий' }, 'password_short'],
      [{ password: 'я'.repeat(129) }, 'password_long'],
      [{ password: 'password12345' }, 'password_weak'],
      [{ password: 'профсоюз2026' }, 'password_weak'],
      [{ password: 'йцукенгшщз' }, 'password_weak'],
      [{ password: 'ghjacj.p2026' }, 'password_weak'],
      [{ password: 'new.example.ru', email: 'new@example.ru' }, 'password_weak'],
      [{ email: ' ' }, 'email_missing'],
      [{ email: 'nobody' }, 'email_wrong'],
      [{ name: '\n\u202e' }, 'name_missing'],
      [{ name: 'я'.repeat(201) }, 'name_long'],
      [{ password: 'Иркутск2026' }, 'password_weak'],
      [{ password: 'Ноябрь2026!' }, 'password_weak'],
    ];
    for (const [entered, code] of wrong)
      await expect(enter(entered), code).rejects.toMatchObject(refusedFor(code));
    expect(await listUsers(operationsOf())).toHaveLength(1);
  });

  it('takes no password of the names that the federation goes by', async () => {
    const operations = operationsOf();
    const accounts = open();
    const name = 'Чулымское объединение профсоюзов';
    const hash = (password: string) => accounts.hashPassword(password, ['Имя']);
    const weak = refusedFor('password_weak');
    await expect(hash('Чулымское объединение')).resolves.toBeTypeOf('string');
    await setSetting(operations, senderNamesKey, {
      federation: { ...Object.fromEntries(grammaticalCases.map((each) => [each, ''])), nominative: name },
      department: null,
    });
    await expect(hash('Чулымское объединение')).rejects.toMatchObject(weak);
    await expect(hash('объединения Чулымского 1961')).rejects.toMatchObject(weak);
    await setSetting(operations, senderNamesKey, undefined);
    await expect(hash('Кедровая палата Чулыма')).resolves.toBeTypeOf('string');
    const palace = {
      ...{ parentId: null, council: '', name: 'Кедровая палата Чулыма', short: 'Кедропалата', sector: '' },
      ...{ municipality: '', started: null, league: '' },
      level: 'federation',
      tier: 'active',
    } as const;
    const { id } = await insertOrganisation(operations, palace, now());
    await expect(hash('Кедровая палата Чулыма')).rejects.toMatchObject(weak);
    await expect(hash('Кедропалата-1961')).rejects.toMatchObject(weak);
    await removeOrganisation(operations, id, now());
  });

  it('signs in by e-mail and password; a wrong one and an unknown one are refused alike', async () => {
    const accounts = open();
    const email = (await listUsers(operationsOf()))[0]?.email ?? '';
    const signedIn = await signIn(accounts, email.toUpperCase());
    expect(signedIn).toMatchObject({ roles: ['administrator'], user: { email } });
    const [session] = await listSessions(operationsOf(), now(), signedIn.user.id);
    expect(session).toMatchObject({ ...origin, id: signedIn.sessionId });
    for (const [who, word] of [
      [email, 'другой пароль 77'],
      ['nobody@example.ru', password],
      ['', ''],
      ['no address', password],
    ] as const)
      await expect(accounts.signIn(who, word, origin)).rejects.toMatchObject(refusedFor('wrong_login'));
    expect(await accounts.signedIn(new Headers())).toBeNull();
    expect(await accounts.signedIn(new Headers({ cookie: 'profpulse-session=forged.signature' }))).toBeNull();
  });

  it('lets nobody guess on: after ten tries an account has to wait, one that is none as well', async () => {
    const accounts = open();
    const [known = ''] = (await listUsers(operationsOf())).map((user) => user.email);
    const elsewhere = { ...origin, address: '192.0.2.8' };
    // A login counts as these do; its hashing would take the test's time.
    const limits = loginLimits(operationsOf(), { now });
    const tryOften = async (email: string) => {
      for (let tries = 0; tries < 9; tries += 1) await limits.count(email, elsewhere.address);
    };
    const attempt = (email: string, word: string) => accounts.signIn(email, word, elsewhere);
    for (const email of [known, 'nobody@example.ru']) {
      setAhead(16 * 60_000);
      await tryOften(email.toUpperCase());
      await expect(attempt(email, 'другой пароль 77')).rejects.toMatchObject(refusedFor('wrong_login'));
      await expect(attempt(email, password)).rejects.toMatchObject(refusedFor('too_many_tries'));
    }
    setAhead(32 * 60_000);
    await tryOften(known);
    expect((await attempt(known, password)).cookies).toHaveLength(1);
    // A right password begins anew.
    await tryOften(known);
    await expect(attempt(known, 'другой пароль 77')).rejects.toMatchObject(refusedFor('wrong_login'));
    setAhead(0);
  });

  it('lets nobody try many accounts from one address', async () => {
    setAhead(64 * 60_000);
    const limits = loginLimits(operationsOf(), { now });
    const attempt = (index: number, address: string) => limits.count(`nobody${index}@example.ru`, address);
    for (let tries = 0; tries < 100; tries += 1) await attempt(tries, '192.0.2.9');
    await expect(attempt(500, '192.0.2.9')).rejects.toMatchObject(refusedFor('too_many_tries'));
    await attempt(500, '192.0.2.10');
    setAhead(0);
  });

  it('ends a session when one signs out, and all of them when one is signed out everywhere', async () => {
    const accounts = open();
    const email = (await listUsers(operationsOf()))[0]?.email ?? '';
    const { cookies } = await accounts.signIn(email, password, origin);
    await accounts.signOut(sendingBack(cookies));
    expect(await accounts.signedIn(sendingBack(cookies))).toBeNull();
    const others = await Promise.all([1, 2].map(() => accounts.signIn(email, password, origin)));
    await signOutEverywhere(accounts, await idOf(email), administrator);
    for (const { cookies: each } of others) expect(await accounts.signedIn(sendingBack(each))).toBeNull();
  });

  it('binds the cookie of https to this host, and never sends it without', async () => {
    const [email = ''] = (await listUsers(operationsOf())).map((user) => user.email);
    const {
      cookies: [secure = ''],
    } = await open(true).signIn(email, password, origin);
    expect(secure).toMatch(/^__Host-profpulse-session=/);
    for (const part of ['Secure', 'HttpOnly', 'Path=/', 'SameSite=Lax'])
      expect(secure).toMatch(new RegExp(part, 'i'));
    expect(secure).not.toMatch(/Domain=/i);
    const {
      cookies: [plain = ''],
    } = await open().signIn(email, password, origin);
    expect(plain).toMatch(/^profpulse-session=.*HttpOnly/i);
    expect(plain).not.toMatch(/Secure/i);
  });

  it('invites by a link that works once, until it ends or is taken back', async () => {
    const accounts = open();
    const boris = { name: 'Борис', email: 'Boris@example.ru', role: 'department' };
    const token = await invite(accounts, boris, administrator);
    expect(await readInvitation(accounts, token)).toEqual({
      ...boris,
      ...{ email: 'boris@example.ru', organisationId: null, personId: null },
    });
    expect(await acceptInvitation(accounts, token, { name: 'Борис Ильин', password })).toBe(
      'boris@example.ru',
    );
    expect(await signIn(accounts, 'boris@example.ru')).toMatchObject({ roles: ['department'] });
    await expect(acceptInvitation(accounts, token, { name: 'Б', password })).rejects.toMatchObject(
      refusedFor('link_ended'),
    );
    await expect(invite(accounts, boris, administrator)).rejects.toMatchObject(refusedFor('email_taken'));

    const taken = await invite(accounts, { ...boris, email: 'v@example.ru' }, department);
    const [open1] = await listOpenLinks(operationsOf(), 'invitation', now());
    await revokeInvitation(accounts, open1?.id ?? 0, department);
    await expect(readInvitation(accounts, taken)).rejects.toMatchObject(refusedFor('link_ended'));

    const late = await invite(accounts, { ...boris, email: 'v@example.ru' }, department);
    setAhead(8 * 24 * 3_600_000);
    await expect(readInvitation(accounts, late)).rejects.toMatchObject(refusedFor('link_ended'));
    setAhead(0);
  });

  it('lets the newest invitation alone work, and nobody who was taken away come back by another', async () => {
    const accounts = open();
    const lev = { name: 'Лев', email: 'lev@example.ru', role: 'department' };
    const ended = refusedFor('link_ended');
    const first = await invite(accounts, lev, administrator);
    // Who may not make administrators takes none of their invitations back.
    const asAdministrator = await invite(accounts, { ...lev, role: 'administrator' }, administrator);
    await expect(readInvitation(accounts, first)).rejects.toMatchObject(ended);
    const second = await invite(accounts, { ...lev, role: 'viewer' }, department);
    await expect(readInvitation(accounts, asAdministrator)).resolves.toMatchObject({ role: 'administrator' });
    await acceptInvitation(accounts, second, { name: 'Лев', password });
    await removeAccount(accounts, await idOf('lev@example.ru'), administrator);
    for (const token of [first, second, asAdministrator])
      await expect(acceptInvitation(accounts, token, { name: 'Лев', password })).rejects.toMatchObject(ended);
    expect((await openInvitations(accounts)).map(({ invitation }) => invitation.email)).not.toContain(
      lev.email,
    );
  });

  it('lets nobody in by an invitation of who may not give its role any more', async () => {
    const accounts = open();
    const about = { name: 'Дарья', password };
    await addAccount(
      accounts,
      { ...about, email: 'darya@example.ru' },
      { role: 'administrator', by: 'test' },
    );
    const darya: AccountActor = { who: 'darya@example.ru', roles: ['administrator'] };
    const token = await invite(
      accounts,
      { ...about, email: 'back@example.ru', role: 'administrator' },
      darya,
    );
    await expect(
      revokeInvitation(accounts, (await openInvitations(accounts)).at(-1)?.link.id ?? 0, department),
    ).rejects.toMatchObject(refusedFor('role_forbidden'));
    await expect(revokeInvitation(accounts, 999_999, administrator)).rejects.toMatchObject(
      refusedFor('no_such_account'),
    );
    await removeAccount(accounts, await idOf('darya@example.ru'), administrator);
    await expect(readInvitation(accounts, token)).rejects.toMatchObject(refusedFor('link_ended'));
    await expect(acceptInvitation(accounts, token, about)).rejects.toMatchObject(refusedFor('link_ended'));
  });

  it('lets the department make anybody but administrators', async () => {
    const accounts = open();
    const wanted = { name: 'Вера', email: 'vera@example.ru', role: 'administrator' };
    await expect(invite(accounts, wanted, department)).rejects.toMatchObject(refusedFor('role_forbidden'));
    await expect(
      invite(accounts, { ...wanted, role: 'viewer' }, { who: 'x', roles: ['viewer'] }),
    ).rejects.toMatchObject(refusedFor('role_forbidden'));
    await expect(invite(accounts, { ...wanted, role: 'king' }, administrator)).rejects.toMatchObject(
      refusedFor('role_missing'),
    );
    const [first] = await listUsers(operationsOf());
    for (const act of [
      () => makeReset(accounts, first?.id ?? '', department),
      () => removeAccount(accounts, first?.id ?? '', department),
      () => signOutEverywhere(accounts, first?.id ?? '', department),
    ])
      await expect(act()).rejects.toMatchObject(refusedFor('role_forbidden'));
  });
}
