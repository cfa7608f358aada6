import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Accounts } from '#accounts/accounts.ts';
import type { Settings } from '#domain/settings.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { keepSetting } from '#schema/operations/settings.ts';
import { needsDataDirectory } from './data-kept.ts';
import type { Services } from './services.ts';

/** Beside the data: whoever has it can forge the cookies of sessions. */
const authSecretFile = 'auth-secret';

/** Opens the logins of an instance. Loaded where somebody signs in or is added: most commands need none. */
export async function accountsOf({
  settings,
  operations,
  clock,
}: Pick<Services, 'settings' | 'operations' | 'clock'>): Promise<Accounts> {
  const { openAccounts } = await import('#accounts/accounts.ts');
  return openAccounts({
    operations,
    clock,
    secret: await authSecret(settings, operations),
    isSecure: settings.PUBLIC_URL?.startsWith('https:') ?? false,
  });
}

/**
 * What sessions are signed with: `AUTH_SECRET`, else one that is made once and kept beside the data, in a file that its owner
 * alone reads, or with the served store, where every process finds it.
 */
async function authSecret(settings: Settings, operations: Operations): Promise<string> {
  if (settings.AUTH_SECRET !== undefined) return settings.AUTH_SECRET;
  const made = randomBytes(48).toString('base64url');
  if (!needsDataDirectory(settings)) return await keepSetting(operations, 'auth.secret', made);
  const file = join(settings.DATA_DIR, authSecretFile);
  if (!existsSync(file)) writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' });
  return readFileSync(file, 'utf8').trim();
}

/** Where somebody opens a one-time link: its path below the dashboard's address. */
export const linkAddress = (
  origin: string,
  kind: 'claim' | 'invitation' | 'password',
  token: string,
): string => `${origin.replace(/\/$/, '')}/${kind}/${token}`;
