import { z } from 'zod';
import { machine } from '#accounts/actor.ts';
import { invite } from '#accounts/invitations.ts';
import { grantableRoles } from '#accounts/permissions.ts';
import { accountProblemsOf, type AccountProblemCode } from '#accounts/problems.ts';
import type { Said } from '#domain/said.ts';
import { accountsOf, linkAddress } from '../accounts.ts';
import { WrongArguments } from '../failures.ts';
import type { Command } from './command.ts';

const input = z.object({
  email: z.string(),
  name: z.string(),
  role: z.enum(grantableRoles),
  organisation: z.string().optional(),
  person: z.string().optional(),
});

const refusals: Partial<Record<AccountProblemCode, Said>> = {
  email_missing: { ru: 'Адрес почты пуст.', en: 'The e-mail address is empty.' },
  email_wrong: { ru: 'Это не адрес электронной почты.', en: 'This is no e-mail address.' },
  email_taken: {
    ru: 'Учётная запись с таким адресом уже есть. Роль ей дают в веб-интерфейсе: «Люди и роли».',
    en: 'There is an account of that address. It is given a role in the dashboard: "People and roles".',
  },
  organisation_missing: {
    ru: 'Роли member_editor и organisation даются в организации: впишите её (--organisation "Название" или "№ 12").',
    en: 'The roles member_editor and organisation are of an organisation: say which (--organisation "Name" or "№ 12").',
  },
  organisation_unknown: {
    ru: 'Такой организации нет в реестре.',
    en: 'There is no such organisation in the register.',
  },
  organisation_ambiguous: {
    ru: 'Организаций с таким названием несколько: впишите номер (--organisation "№ 12").',
    en: 'Several organisations have that name: say its number (--organisation "№ 12").',
  },
  person_unknown: {
    ru: 'Такого человека нет в реестре.',
    en: 'There is no such person in the register.',
  },
  person_ambiguous: {
    ru: 'Людей с таким именем несколько: впишите номер (--person "№ 12").',
    en: 'Several people have that name: say the number (--person "№ 12").',
  },
  person_taken: {
    ru: 'У этого человека уже есть учётная запись.',
    en: 'That person has an account already.',
  },
  name_missing: { ru: 'Имя пусто.', en: 'The name is empty.' },
};

/** `user add EMAIL --name NAME --role ROLE [--organisation NAME] [--person NAME]`: invites somebody, and prints the link by which they set a password. */
export const userAddCommand: Command<z.output<typeof input>> = {
  input,
  run: async ({ services, out, err }, entered) => {
    const { settings } = services;
    const { organisation = '', person: registered = '', ...named } = entered;
    const token = await invite(
      await accountsOf(services),
      { ...named, organisation, registered },
      machine,
    ).catch((error: unknown) => {
      const [code] = accountProblemsOf(error) ?? [];
      const said = code && refusals[code];
      throw said ? new WrongArguments(said) : error;
    });
    const origin = settings.PUBLIC_URL ?? `http://localhost:${settings.PORT}`;
    out(linkAddress(origin, 'invitation', token));
    err(
      settings.LOCALE === 'ru'
        ? 'Передайте эту ссылку: она действует неделю и один раз, пока программа работает по этому адресу.'
        : 'Hand this link on: it works for a week, and once, while the program runs at this address.',
    );
    return 0;
  },
};
