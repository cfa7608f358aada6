import { z } from 'zod';
import { machine } from '#accounts/actor.ts';
import { makeReset } from '#accounts/password-reset.ts';
import { findUser } from '#schema/operations/users.ts';
import { accountsOf, linkAddress } from '../accounts.ts';
import { WrongArguments } from '../failures.ts';
import type { Command } from './command.ts';

const input = z.object({ email: z.string() });

/** `user reset EMAIL`: prints a link by which somebody sets another password; their second step of the login is gone then. */
export const userResetCommand: Command<z.infer<typeof input>> = {
  input,
  run: async ({ services, out, err }, { email }) => {
    const { settings, operations } = services;
    const user = await findUser(operations, email);
    if (!user || user.removedAt) {
      throw new WrongArguments({
        ru: `Учётной записи с адресом ${email} нет.`,
        en: `There is no account of ${email}.`,
      });
    }
    const token = await makeReset(await accountsOf(services), user.id, machine);
    out(linkAddress(settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`, 'password', token));
    err(
      settings.LOCALE === 'ru'
        ? 'Ссылка действует сутки и один раз. Второй шаг входа она убирает.'
        : 'The link works for a day, and once. It takes the second step of the login away.',
    );
    return 0;
  },
};
