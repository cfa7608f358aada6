import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Accounts } from '#accounts/accounts.ts';
import { SaidError } from '#domain/said.ts';
import type { Settings } from '#domain/settings.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { SealBroken } from '#schema/operations/sealed.ts';
import { authSecretPlace, writeSecret, type Keyring } from '#schema/operations/sealed-values.ts';
import { getSetting, keepSetting } from '#schema/operations/settings.ts';
import { needsDataDirectory } from './data-kept.ts';
import { openKeyring } from './encryption-keys.ts';
import { readKeptFile, readProblemOf, writeProblemOf } from './key-file.ts';
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
 * alone reads, or sealed with the served store, where every process finds it. Rejects with `UnusableSecret`.
 */
async function authSecret(settings: Settings, operations: Operations, keyring: Keyring): Promise<string> {
  if (settings.AUTH_SECRET !== undefined) return settings.AUTH_SECRET;
  return needsDataDirectory(settings)
    ? secretBeside(join(settings.DATA_DIR, authSecretFile))
    : await secretInStore(operations, keyring);
}

const makeSecret = (): string => randomBytes(48).toString('base64url');

/** Of two processes that begin at once both have the first one's. */
async function secretInStore(operations: Operations, keyring: Keyring): Promise<string> {
  await writeSecret(operations, async () =>
    keepSetting(operations, authSecretPlace.row, await keyring.seal(authSecretPlace, makeSecret())),
  );
  const kept = await getSetting<unknown>(operations, authSecretPlace.row);
  try {
    const secret = typeof kept === 'string' ? keyring.unseal(authSecretPlace, kept) : '';
    if (secret.length >= leastSecretLength) return secret;
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
  }
  throw new UnusableSecret({
    ru: 'Значение в базе, которым подписываются сеансы (auth.secret), не прочитать: оно испорчено или зашифровано ключом, которого здесь нет. Укажите этот ключ в ENCRYPTION_KEY_BEFORE или восстановите базу из резервной копии. Если ни того, ни другого нет, укажите AUTH_SECRET (openssl rand -base64 32) для каждого процесса: всем придётся войти заново, а второй шаг входа настроить ещё раз.',
    en: 'The value in the database by which sessions are signed (auth.secret) cannot be read: it is damaged, or encrypted with a key that is not here. Give that key as ENCRYPTION_KEY_BEFORE, or restore the database from a backup. With neither set AUTH_SECRET (openssl rand -base64 32) for every process: everybody signs in anew and sets their second step up once more.',
  });
}

function secretBeside(file: string): string {
  let secret: string | null;
  try {
    secret = readKeptFile(file);
  } catch (error) {
    const problem = readProblemOf(error);
    throw new UnusableSecret({
      ru: `Файл ${file}, которым подписываются сеансы, не прочитать: ${problem.ru} Без прежнего файла второй шаг входа у всех перестанет работать.`,
      en: `The file ${file}, by which sessions are signed, cannot be read: ${problem.en} Without the former one nobody’s second step of the login works.`,
    });
  }
  secret ??= makeSecretFile(file);
  if (secret.length >= leastSecretLength) return secret;
  throw new UnusableSecret({
    ru: `В файле ${file}, которым подписываются сеансы, меньше ${leastSecretLength} символов: он испорчен. Верните его из резервной копии. Если её нет, удалите файл: будет создан новый, всем придётся войти заново, а второй шаг входа настроить ещё раз.`,
    en: `The file ${file}, by which sessions are signed, has fewer than ${leastSecretLength} characters: it is damaged. Bring it back from a backup. Without one delete the file: another is made, everybody signs in anew and sets their second step up once more.`,
  });
}

function makeSecretFile(file: string): string {
  const secret = makeSecret();
  try {
    writeFileSync(file, `${secret}\n`, { mode: 0o600, flag: 'wx', flush: true });
    return secret;
  } catch (error) {
    const problem = writeProblemOf(error);
    throw new UnusableSecret({
      ru: `Файл ${file}, которым подписываются сеансы, не создать: ${problem.ru}`,
      en: `The file ${file}, by which sessions are signed, cannot be made: ${problem.en}`,
    });
  }
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
