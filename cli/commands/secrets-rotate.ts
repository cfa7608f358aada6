import { z } from 'zod';
import { machine } from '#accounts/actor.ts';
import { replaceLostKey, rotateKeys } from '../rotate-keys.ts';
import type { Command } from './command.ts';
import { wordsOf } from './findings.ts';

const input = z.object({ lost: z.boolean().default(false) });

/**
 * `secrets rotate [--lost]`: encrypts the secrets of the store with another key; with `--lost` forgets what was encrypted with
 * one that is gone.
 */
export const secretsRotateCommand: Command<z.output<typeof input>> = {
  input,
  run: async ({ services, out, err }, { lost }) => {
    const { settings, operations, clock, log } = services;
    const by = { at: clock.now(), who: machine.who };
    const words = wordsOf(settings.LOCALE);
    if (lost) {
      const forgotten = await replaceLostKey(settings, operations, by);
      const count = forgotten.secondSteps.length;
      log.warn({ forgotten: count }, 'Began anew with another encryption key: the former one was lost');
      out(
        words(
          `Прежний ключ забыт. Вторых шагов входа удалено: ${count}.`,
          `The former key is forgotten. Second steps of logins removed: ${count}.`,
        ),
      );
      return 0;
    }
    const { changed, left } = await rotateKeys(settings, operations, by);
    log.info({ changed, left }, 'Encrypted secrets in the database with another key');
    out(
      words(
        `Секреты в базе зашифрованы новым ключом: ${changed}.`,
        `Secrets in the database encrypted with the new key: ${changed}.`,
      ),
    );
    if (left > 0)
      err(
        words(
          `Не открываются ни одним из ключей и оставлены как есть: ${left}.`,
          `Opened by none of the keys, and left as they are: ${left}.`,
        ),
      );
    err(
      words(
        'Резервные копии, сделанные до этого, открываются прежним ключом: храните его, пока храните их.',
        'Backups made before this open with the former key: keep it as long as you keep them.',
      ),
    );
    return 0;
  },
};
