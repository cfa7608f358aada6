import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Accounts } from '#accounts/accounts.ts';
import { SaidError } from '#domain/said.ts';
import type { Settings } from '#domain/settings.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { authSecretPlace, writeSecret, type Keyring } from '#schema/operations/sealed-values.ts';
import { keepSetting } from '#schema/operations/settings.ts';
import { needsDataDirectory } from './data-kept.ts';
import { openKeyring } from './encryption-keys.ts';
import type { Services } from './services.ts';

/** As `AUTH_SECRET` has to have. */
const leastSecretLength = 32;

/** Beside the data: whoever has it can forge the cookies of sessions. */
const authSecretFile = 'auth-secret';

/** Opens the logins of an instance. Loaded where somebody signs in or is added: most commands need none. */
export async function accountsOf({
  settings,
  operations,
  clock,
  log,
}: Pick<Services, 'settings' | 'operations' | 'clock' | 'log'>): Promise<Accounts> {
  const { openAccounts } = await import('#accounts/accounts.ts');
  const keyring = await openKeyring(settings, operations, log);
  return openAccounts({
    operations,
    clock,
    keyring,
    secret: await authSecret(settings, operations, keyring),
    isSecure: settings.PUBLIC_URL?.startsWith('https:') ?? false,
  });
}

/**
 * What sessions are signed with: `AUTH_SECRET`, else one that is made once and kept beside the data, in a file that its owner
 * alone reads, or sealed with the served store, where every process finds it.
 */
async function authSecret(settings: Settings, operations: Operations, keyring: Keyring): Promise<string> {
  if (settings.AUTH_SECRET !== undefined) return settings.AUTH_SECRET;
  const made = randomBytes(48).toString('base64url');
  if (!needsDataDirectory(settings)) {
    const kept = await writeSecret(operations, async () =>
      keepSetting(operations, authSecretPlace.row, await keyring.seal(authSecretPlace, made)),
    );
    return keyring.unseal(authSecretPlace, kept);
  }
  const file = join(settings.DATA_DIR, authSecretFile);
  let secret: string;
  try {
    if (!existsSync(file)) writeFileSync(file, `${made}\n`, { mode: 0o600, flag: 'wx' });
    secret = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const { message } = error as Error;
    throw new UnusableSecret({
      ru: `Файл ${file}, которым подписываются сеансы, не прочитать: ${message}. Верните его из резервной копии или сделайте доступным этому пользователю; без прежнего файла второй шаг входа у всех перестанет работать.`,
      en: `The file ${file}, by which sessions are signed, cannot be read: ${message}. Bring it back from a backup or let this user read it; without the former one nobody’s second step of the login works.`,
    });
  }
  if (secret.length >= leastSecretLength) return secret;
  throw new UnusableSecret({
    ru: `В файле ${file}, которым подписываются сеансы, меньше ${leastSecretLength} символов: он испорчен. Верните его из резервной копии. Если её нет, удалите файл: будет создан новый, всем придётся войти заново, а второй шаг входа настроить ещё раз.`,
    en: `The file ${file}, by which sessions are signed, has fewer than ${leastSecretLength} characters: it is damaged. Bring it back from a backup. Without one delete the file: another is made, everybody signs in anew and sets their second step up once more.`,
  });
}

/** What sessions are signed with cannot be used. */
class UnusableSecret extends SaidError {
  override readonly name = 'UnusableSecret';
}

/** Where somebody opens a one-time link: its path below the dashboard's address. */
export const linkAddress = (
  origin: string,
  kind: 'claim' | 'invitation' | 'password',
  token: string,
): string => `${origin.replace(/\/$/, '')}/${kind}/${token}`;
