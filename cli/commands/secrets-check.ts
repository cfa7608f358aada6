import { SaidError } from '#domain/said.ts';
import { findOpenSecrets, type OpenSecrets } from '#schema/operations/sealed-values.ts';
import { lookAtKeys } from '../encryption-keys.ts';
import type { Services } from '../services.ts';
import type { Finding, Words } from './findings.ts';

/** Which secrets lie in the store as they are, in brackets; nothing where none does. */
function namesOf({ secondSteps, sessions }: OpenSecrets, words: Words): string {
  const names = [
    ...(sessions ? [words('подпись сеансов', 'what sessions are signed with')] : []),
    ...(secondSteps > 0
      ? [words(`ключи второго шага входа: ${secondSteps}`, `second steps of logins: ${secondSteps}`)]
      : []),
  ];
  return names.length === 0 ? '' : ` (${names.join(', ')})`;
}

/** Whether secrets in the store are encrypted, and their key is here. */
export async function checkSecrets(
  { operations, settings }: Pick<Services, 'operations' | 'settings'>,
  words: Words,
): Promise<Finding[]> {
  const found = await lookAtKeys(settings, operations);
  if (found instanceof SaidError)
    return [
      {
        level: 'bad',
        text: found.said[settings.LOCALE],
        gist: words('ключ шифрования не подходит', 'the encryption key does not fit'),
      },
    ];
  const open = namesOf(await findOpenSecrets(operations), words);
  switch (found) {
    case 'none':
      return [];
    case 'sealed':
      return [
        { level: 'ok', text: words('Секреты в базе зашифрованы', 'Secrets in the database are encrypted') },
      ];
    case 'open':
      return [
        {
          level: 'look',
          gist: words('секреты в базе не зашифрованы', 'secrets in the database are not encrypted'),
          text: words(
            `Секреты в базе не зашифрованы${open}: задайте ENCRYPTION_KEY (openssl rand -hex 32) и запустите ПрофПульс заново. Ключ в той же базе ничего бы не защитил, поэтому сам он не создаётся.`,
            `Secrets in the database are not encrypted${open}: set ENCRYPTION_KEY (openssl rand -hex 32) and start ProfPulse anew. A key in the same database would protect nothing, so none is made.`,
          ),
        },
      ];
    case 'waiting':
      return [
        {
          level: 'look',
          gist: words('секреты в базе ещё не зашифрованы', 'secrets in the database are not encrypted yet'),
          text: words(
            `Секреты в базе ещё не зашифрованы${open}: это сделает следующий запуск ПрофПульса. Запустите его заново.`,
            `Secrets in the database are not encrypted yet${open}: the next start of ProfPulse does it. Start it anew.`,
          ),
        },
      ];
    case 'changing':
      return [
        {
          level: 'look',
          gist: words('смена ключа не закончена', 'the change of keys is not done'),
          text: words(
            `Не все секреты в базе зашифрованы нынешним ключом${open && `, а некоторые не зашифрованы вовсе${open}`}: дайте команду «profpulse secrets rotate», а прежний ключ пока не убирайте.`,
            `Not all secrets in the database are encrypted with the key of now${open && `, and some are not at all${open}`}: give the command "profpulse secrets rotate", and keep the former key until then.`,
          ),
        },
      ];
    case 'lost':
      return [
        {
          level: 'bad',
          gist: words('часть секретов не открыть', 'some secrets do not open'),
          text: words(
            'Часть секретов в базе зашифрована ключом, которого здесь нет: этим людям второй шаг входа не пройти. Верните ключ в ENCRYPTION_KEY_BEFORE и дайте команду «profpulse secrets rotate», или сбросьте им вход: «profpulse user reset».',
            'Some secrets in the database are encrypted with a key that is not here: the second step of those people fails. Give the key as ENCRYPTION_KEY_BEFORE and the command "profpulse secrets rotate", or reset their logins: "profpulse user reset".',
          ),
        },
      ];
  }
}
