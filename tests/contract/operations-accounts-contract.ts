import { describe, expect, it } from 'vitest';
import { openAccounts, type Accounts, type SignedIn } from '#accounts/accounts.ts';
import { machine, type AccountActor } from '#accounts/actor.ts';
import { claimInstance, hasAdministrator, makeClaim } from '#accounts/claim.ts';
import { acceptInvitation, invite, readInvitation, revokeInvitation } from '#accounts/invitations.ts';
import { addAccount } from '#accounts/new-account.ts';
import { makeReset, resetPassword } from '#accounts/password-reset.ts';
import type { AccountProblemCode } from '#accounts/problems.ts';
import { endRole, grantRole, removeAccount, signOutEverywhere } from '#accounts/roles.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listJournal } from '#schema/operations/journal.ts';
import { listOpenLinks } from '#schema/operations/one-time-links.ts';
import { listRoleGrants } from '#schema/operations/role-grants.ts';
import { listSessions } from '#schema/operations/sessions.ts';
import { listUsers } from '#schema/operations/users.ts';

const password = 'выдра на льдине 1848';
const origin = { address: '192.0.2.7', userAgent: 'Firefox' };
const refusedFor = (...codes: AccountProblemCode[]) => ({ name: 'AccountRefused', codes });

/** The cookies of an answer, as a browser sends them back. */
const sendingBack = (cookies: readonly string[]): Headers =>
  new Headers({ cookie: cookies.map((cookie) => cookie.split(';')[0]).join('; ') });

/** Logins and roles do alike in every database. The tests go on one from the other. */
export function describeAccounts(operationsOf: () => Operations): void {
  describe('accounts', () => {
    // The library of logins goes by the machine's clock: ours goes on from it.
    let ahead = 0;
    const clock = { now: () => new Date(Date.now() + ahead) };
    const open = (isSecure = false): Accounts =>
      openAccounts({ operations: operationsOf(), clock, secret: 'secret '.repeat(6), isSecure });
    const signIn = async (accounts: Accounts, email: string, word = password): Promise<SignedIn> => {
      const signedIn = await accounts.signedIn(sendingBack(await accounts.signIn(email, word, origin)));
      if (!signedIn) throw new Error('The session that was begun is none.');
      return signedIn;
    };
    const administrator: AccountActor = { who: 'anna@example.ru', roles: ['administrator'] };
    const department: AccountActor = { who: 'boris@example.ru', roles: ['department'] };
    const idOf = async (email: string) =>
      (await listUsers(operationsOf())).find((user) => user.email === email)?.id ?? '';

    it('is claimed once, by the newest link, and of two at once by one', async () => {
      const accounts = open();
      expect(await hasAdministrator(accounts)).toBe(false);
      const [old, token] = [await makeClaim(accounts), await makeClaim(accounts)];
      const anna = { name: ' Анна  Петрова ', email: 'Anna@Example.ru', password };
      await expect(claimInstance(accounts, old, anna)).rejects.toMatchObject(refusedFor('link_ended'));
      await expect(claimInstance(accounts, 'nothing', anna)).rejects.toMatchObject(refusedFor('link_ended'));
      const claims = await Promise.allSettled([
        claimInstance(accounts, token, anna),
        claimInstance(accounts, token, { ...anna, email: 'other@example.ru' }),
      ]);
      expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await hasAdministrator(accounts)).toBe(true);
      const [made] = await listUsers(operationsOf());
      expect(made).toMatchObject({ name: 'Анна Петрова', removedAt: null });
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
        [{ name: '\n' }, 'name_missing'],
      ];
      for (const [entered, code] of wrong)
        await expect(enter(entered), code).rejects.toMatchObject(refusedFor(code));
      expect(await listUsers(operationsOf())).toHaveLength(1);
    });

    it('signs in by e-mail and password; a wrong one and an unknown one are refused alike', async () => {
      const accounts = open();
      const email = (await listUsers(operationsOf()))[0]?.email ?? '';
      const signedIn = await signIn(accounts, email.toUpperCase());
      expect(signedIn).toMatchObject({ roles: ['administrator'], user: { email } });
      const [session] = await listSessions(operationsOf(), clock.now(), signedIn.user.id);
      expect(session).toMatchObject({ ...origin, id: signedIn.sessionId });
      for (const [who, word] of [
        [email, 'другой пароль 77'],
        ['nobody@example.ru', password],
        ['', ''],
        ['no address', password],
      ] as const)
        await expect(accounts.signIn(who, word, origin)).rejects.toMatchObject(refusedFor('wrong_login'));
      expect(await accounts.signedIn(new Headers())).toBeNull();
      expect(
        await accounts.signedIn(new Headers({ cookie: 'profpulse-session=forged.signature' })),
      ).toBeNull();
    });

    it('ends a session when one signs out, and all of them when one is signed out everywhere', async () => {
      const accounts = open();
      const email = (await listUsers(operationsOf()))[0]?.email ?? '';
      const cookies = await accounts.signIn(email, password, origin);
      await accounts.signOut(sendingBack(cookies));
      expect(await accounts.signedIn(sendingBack(cookies))).toBeNull();
      const others = await Promise.all([1, 2].map(() => accounts.signIn(email, password, origin)));
      await signOutEverywhere(accounts, await idOf(email), administrator);
      for (const each of others) expect(await accounts.signedIn(sendingBack(each))).toBeNull();
    });

    it('binds the cookie of https to this host, and never sends it without', async () => {
      const [email = ''] = (await listUsers(operationsOf())).map((user) => user.email);
      const [secure = ''] = await open(true).signIn(email, password, origin);
      expect(secure).toMatch(/^__Host-profpulse-session=/);
      for (const part of ['Secure', 'HttpOnly', 'Path=/', 'SameSite=Lax'])
        expect(secure).toMatch(new RegExp(part, 'i'));
      expect(secure).not.toMatch(/Domain=/i);
      const [plain = ''] = await open().signIn(email, password, origin);
      expect(plain).toMatch(/^profpulse-session=.*HttpOnly/i);
      expect(plain).not.toMatch(/Secure/i);
    });

    it('invites by a link that works once, until it ends or is taken back', async () => {
      const accounts = open();
      const boris = { name: 'Борис', email: 'Boris@example.ru', role: 'department' };
      const token = await invite(accounts, boris, administrator);
      expect(await readInvitation(accounts, token)).toEqual({ ...boris, email: 'boris@example.ru' });
      expect(await acceptInvitation(accounts, token, { name: 'Борис Ильин', password })).toBe(
        'boris@example.ru',
      );
      expect(await signIn(accounts, 'boris@example.ru')).toMatchObject({ roles: ['department'] });
      await expect(acceptInvitation(accounts, token, { name: 'Б', password })).rejects.toMatchObject(
        refusedFor('link_ended'),
      );
      await expect(invite(accounts, boris, administrator)).rejects.toMatchObject(refusedFor('email_taken'));

      const taken = await invite(accounts, { ...boris, email: 'v@example.ru' }, department);
      const [open1] = await listOpenLinks(operationsOf(), 'invitation', clock.now());
      await revokeInvitation(accounts, open1?.id ?? 0, department);
      await expect(readInvitation(accounts, taken)).rejects.toMatchObject(refusedFor('link_ended'));

      const late = await invite(accounts, { ...boris, email: 'v@example.ru' }, department);
      ahead += 8 * 24 * 3_600_000;
      await expect(readInvitation(accounts, late)).rejects.toMatchObject(refusedFor('link_ended'));
      ahead = 0;
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
      const endsAt = new Date(clock.now().getTime() + 60_000);
      await grantRole(accounts, { userId, role: 'department', endsAt }, administrator);
      const cookies = sendingBack(await accounts.signIn('vera@example.ru', password, origin));
      expect((await accounts.signedIn(cookies))?.roles).toEqual(['department', 'viewer']);
      ahead = 60_000;
      expect((await accounts.signedIn(cookies))?.roles).toEqual(['viewer']);
      ahead = 0;
      const granted = await listRoleGrants(operationsOf(), { userId, at: clock.now() });
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
        (await listRoleGrants(operationsOf(), { at: clock.now() }))
          .filter(({ role }) => role === 'administrator')
          .map(({ id }) => endRole(accounts, id, administrator)),
      );
      expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await hasAdministrator(accounts)).toBe(true);
    });

    it('sets a password anew by a link, which ends all sessions', async () => {
      const accounts = open();
      const userId = await idOf('vera@example.ru');
      const cookies = sendingBack(await accounts.signIn('vera@example.ru', password, origin));
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
      expect(await resetPassword(accounts, token, 'сова над рекой 1905')).toBe('vera@example.ru');
      expect(await accounts.signedIn(cookies)).toBeNull();
      await expect(accounts.signIn('vera@example.ru', password, origin)).rejects.toMatchObject(
        refusedFor('wrong_login'),
      );
      const here = await signIn(accounts, 'vera@example.ru', 'сова над рекой 1905');
      const elsewhere = sendingBack(await accounts.signIn('vera@example.ru', 'сова над рекой 1905', origin));
      await expect(accounts.changePassword(here, 'не тот', password)).rejects.toMatchObject(
        refusedFor('wrong_password'),
      );
      await accounts.changePassword(here, 'сова над рекой 1905', password);
      expect(await accounts.signedIn(elsewhere)).toBeNull();
      expect(await listSessions(operationsOf(), clock.now(), userId)).toHaveLength(1);
    });

    it('takes an account away at once, and gives it anew to the same address', async () => {
      const accounts = open();
      const userId = await idOf('vera@example.ru');
      const cookies = sendingBack(await accounts.signIn('vera@example.ru', password, origin));
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
      expect(
        JSON.stringify(entries.map(({ subject, before, after }) => [subject, before, after])),
      ).not.toMatch(/example|Вера|Борис/);
    });
  });
}
