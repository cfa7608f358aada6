import { keyForTests, keyringForTests } from '../helpers/accounts-for-tests.ts';
import { generate } from 'otplib';
import { expect, it, onTestFinished, vi } from 'vitest';
import { openAccounts } from '#accounts/accounts.ts';
import { systemClock } from '#domain/clock.ts';
import { makeReset, resetPassword } from '#accounts/password-reset.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { encryptionKey, sealedWith } from '#schema/operations/sealed.ts';
import { countUnsealed, sealEverything } from '#schema/operations/sealed-values.ts';
import { addAccount } from '#accounts/new-account.ts';
import {
  accountsFixture,
  administrator,
  origin,
  password,
  refusedFor,
  sendingBack,
} from './accounts-fixture.ts';

const email = 'galina@example.ru';

/** The second factor of logins. Goes on from the tests of accounts. */
export function describeTwoFactor(operationsOf: () => Operations): void {
  const { open, signIn, idOf, now } = accountsFixture(operationsOf);
  let secret = '';
  let recoveryCodes: readonly string[] = [];
  /** The code that an app shows now, by another library. */
  const code = () => generate({ secret });
  const other = async () => ((await code()) === '000000' ? '111111' : '000000');
  const begin = async () => {
    const accounts = open();
    const { cookies, needsCode } = await accounts.signIn(email, password, origin);
    expect(needsCode).toBe(true);
    return { accounts, headers: sendingBack(cookies) };
  };

  it('is set up with the password, and holds once a code was entered', async () => {
    await sealEverything(operationsOf(), keyForTests, [keyForTests]);
    const accounts = open();
    await addAccount(accounts, { name: 'Галина', email, password }, { role: 'viewer', by: 'test' });
    const { cookies } = await accounts.signIn(email, password, origin);
    const headers = sendingBack(cookies);
    await expect(accounts.twoFactor.begin(headers, 'не тот')).rejects.toMatchObject(
      refusedFor('wrong_password'),
    );
    const made = await accounts.twoFactor.begin(headers, password);
    expect(made.uri).toMatch(/^otpauth:\/\/totp\/ProfPulse:galina/);
    expect(made.recoveryCodes).toHaveLength(10);
    expect((await accounts.signIn(email, password, origin)).needsCode).toBe(false);
    ({ secret, recoveryCodes } = made);
    await expect(accounts.twoFactor.confirm(headers, await other())).rejects.toMatchObject(
      refusedFor('code_wrong'),
    );
    const spaced = (await code()).replace(/^(...)/, '$1 ');
    const confirmed = sendingBack(await accounts.twoFactor.confirm(headers, spaced));
    expect((await accounts.signedIn(confirmed))?.user.hasTwoFactor).toBe(true);
    await expect(accounts.twoFactor.begin(confirmed, password)).rejects.toMatchObject(
      refusedFor('factor_there'),
    );
  });

  it('lies sealed in the store', async () => {
    const [row, ...more] = await operationsOf().db.selectFrom('twoFactors').selectAll().execute();
    expect(more).toEqual([]);
    for (const stored of [row?.secret ?? '', row?.backupCodes ?? ''])
      expect(sealedWith(stored)).toBe(keyForTests.id);
  });

  it('is sealed with another key while somebody signs in', async () => {
    const operations = operationsOf();
    const next = encryptionKey(Buffer.alloc(32, 8));
    const { headers } = await begin();
    expect(await sealEverything(operations, next, [keyForTests])).toEqual({ changed: 2, left: 0 });
    const refused = refusedFor('factor_unreadable');
    await expect(open().twoFactor.finishLogin(headers, await code())).rejects.toMatchObject(refused);
    expect(await countUnsealed(operations, [keyForTests])).toEqual({ open: 0, lost: 2, former: 0 });
    // Without its key nothing is opened, and nothing is changed.
    expect(await sealEverything(operations, keyForTests, [keyForTests])).toEqual({ changed: 0, left: 2 });
    expect(await sealEverything(operations, keyForTests, [keyForTests, next])).toEqual({
      changed: 2,
      left: 0,
    });
  });

  it('is asked for before a session begins', async () => {
    const { accounts, headers } = await begin();
    expect(await accounts.signedIn(headers)).toBeNull();
    await expect(accounts.twoFactor.finishLogin(headers, await other())).rejects.toMatchObject(
      refusedFor('code_wrong'),
    );
    const used = await code();
    const cookies = await accounts.twoFactor.finishLogin(headers, used);
    expect(await accounts.signedIn(sendingBack(cookies))).toMatchObject({
      user: { email },
      roles: ['viewer'],
    });
    await expect(accounts.twoFactor.finishLogin(headers, await code())).rejects.toMatchObject(
      refusedFor('login_again'),
    );
    // Whoever saw it typed does not come in after them.
    const after = await begin();
    await expect(after.accounts.twoFactor.finishLogin(after.headers, used)).rejects.toMatchObject(
      refusedFor('code_wrong'),
    );
    await expect(accounts.twoFactor.finishLogin(new Headers(), await code())).rejects.toMatchObject(
      refusedFor('login_again'),
    );
  });

  it('takes each recovery code once in place of the app', async () => {
    const [first = ''] = recoveryCodes;
    const { accounts, headers } = await begin();
    expect(first).toMatch(/^[2-9a-z]{5}-[2-9a-z]{5}$/);
    // As it is read from paper: in capitals, without the dash.
    const typed = ` ${first.toUpperCase().replace('-', ' ')} `;
    const cookies = await accounts.twoFactor.finishLogin(headers, typed);
    expect(await accounts.signedIn(sendingBack(cookies))).not.toBeNull();
    const again = await begin();
    await expect(accounts.twoFactor.finishLogin(again.headers, first)).rejects.toMatchObject(
      refusedFor('code_wrong'),
    );
  });

  it('says so when the secret is another than it was set up with', async () => {
    const accounts = openAccounts({
      operations: operationsOf(),
      keyring: keyringForTests(operationsOf()),
      clock: { now },
      secret: 'another secret of at least 32 characters',
      isSecure: false,
    });
    const { cookies } = await accounts.signIn(email, password, origin);
    await expect(accounts.twoFactor.finishLogin(sendingBack(cookies), await code())).rejects.toMatchObject(
      refusedFor('factor_unreadable'),
    );
    await expect(
      accounts.twoFactor.finishLogin(sendingBack(cookies), recoveryCodes[1] ?? ''),
    ).rejects.toMatchObject(refusedFor('factor_unreadable'));
    expect(() =>
      openAccounts({
        operations: operationsOf(),
        clock: { now },
        keyring: keyringForTests(operationsOf()),
        secret: 'short',
        isSecure: false,
      }),
    ).toThrow('too short');
  });

  it('takes no code while the clock of the machine is wrong, and takes them when it is right again', async () => {
    const right = systemClock.now().getTime();
    onTestFinished(() => void vi.useRealTimers());
    for (const ahead of [-3_600_000, 300_000]) {
      const { accounts, headers } = await begin();
      vi.useFakeTimers({ toFake: ['Date'], now: right + ahead });
      const shown = await generate({ secret, epoch: Math.floor(right / 1000) });
      await expect(accounts.twoFactor.finishLogin(headers, shown)).rejects.toMatchObject(
        refusedFor('code_wrong'),
      );
      vi.useRealTimers();
    }
    const { accounts, headers } = await begin();
    // What was begun ten minutes ago, by the clock, is begun anew.
    vi.useFakeTimers({ toFake: ['Date'], now: right + 86_400_000 });
    await expect(accounts.twoFactor.finishLogin(headers, await code())).rejects.toMatchObject(
      refusedFor('login_again'),
    );
    vi.useRealTimers();
    const again = await begin();
    // That of the next half minute: those of this one have let somebody in.
    const next = await generate({ secret, epoch: Math.floor(systemClock.now().getTime() / 1000) + 30 });
    await expect(again.accounts.twoFactor.finishLogin(again.headers, next)).resolves.not.toEqual([]);
  });

  it('lets nobody guess codes on and on', async () => {
    const codes: unknown[] = [];
    for (let login = 0; login < 4; login += 1) {
      const { accounts, headers } = await begin();
      for (let tries = 0; tries < 6; tries += 1) {
        const refused = await accounts.twoFactor
          .finishLogin(headers, await other())
          .catch((error: unknown) => error);
        codes.push(...(refused as { codes: string[] }).codes);
      }
    }
    expect(codes).toContain('too_many_codes');
    const { accounts, headers } = await begin();
    await expect(accounts.twoFactor.finishLogin(headers, await code())).rejects.toMatchObject(
      refusedFor('too_many_codes'),
    );
  });

  it('ends with a link for another password: whoever has lost the telephone gets one', async () => {
    const accounts = open();
    const token = await makeReset(accounts, await idOf(email), administrator);
    await resetPassword(accounts, token, 'сова над рекой 1905');
    expect(await signIn(accounts, email, 'сова над рекой 1905')).toMatchObject({
      user: { hasTwoFactor: false },
    });
  });

  it('is turned off by the password', async () => {
    const accounts = open();
    const word = 'сова над рекой 1905';
    const { cookies } = await accounts.signIn(email, word, origin);
    ({ secret } = await accounts.twoFactor.begin(sendingBack(cookies), word));
    const headers = sendingBack(await accounts.twoFactor.confirm(sendingBack(cookies), await code()));
    await expect(accounts.twoFactor.end(headers, 'не тот')).rejects.toMatchObject(
      refusedFor('wrong_password'),
    );
    await accounts.twoFactor.end(headers, word);
    expect(await signIn(accounts, email, word)).toMatchObject({ user: { hasTwoFactor: false } });
  });
}
