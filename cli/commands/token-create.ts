import { z } from 'zod';
import { apiTokenDays, machineMaker, makeApiToken } from '#accounts/api-tokens.ts';
import { apiTokenScopes } from '#accounts/permissions.ts';
import { accountProblemsOf, type AccountProblemCode } from '#accounts/problems.ts';
import { addDays, dayOf, endOfDay } from '#domain/period.ts';
import type { Said } from '#domain/said.ts';
import { accountsOf } from '../accounts.ts';
import { WrongArguments } from '../failures.ts';
import type { Command } from './command.ts';
import { dayOption } from './day-option.ts';

const input = z.object({ name: z.string(), until: z.string().optional() });

const refusals: Partial<Record<AccountProblemCode, Said>> = {
  token_name_missing: { ru: 'Название пусто.', en: 'The name is empty.' },
  day_wrong: { ru: '--until: этот день уже прошёл.', en: '--until: that day has passed.' },
};

/** `token create --name NAME [--until DAY]`: makes a token of the API, and prints it alone on standard output. */
export const tokenCreateCommand: Command<z.infer<typeof input>> = {
  input,
  check: ({ until }) => void (until === undefined || dayOption('--until', until)),
  run: async ({ services, out, err }, { name, until }) => {
    const { settings, clock } = services;
    const zone = settings.TIMEZONE;
    const last =
      until === undefined ? addDays(dayOf(clock.now(), zone), apiTokenDays) : dayOption('--until', until);
    const wanted = { name, scopes: apiTokenScopes, expiresAt: endOfDay(last, zone) };
    const token = await makeApiToken(await accountsOf(services), wanted, machineMaker).catch(
      (error: unknown) => {
        const [code] = accountProblemsOf(error) ?? [];
        const said = code && refusals[code];
        throw said ? new WrongArguments(said) : error;
      },
    );
    out(token);
    err(
      settings.LOCALE === 'ru'
        ? `Сохраните ключ: второй раз его не увидеть. Он действует по ${last} включительно и передаётся в заголовке «Authorization: Bearer». Отозвать: в веб-интерфейсе, «Ключи API».`
        : `Keep the key: it is not shown a second time. It works until ${last}, that day included, and is sent in the header "Authorization: Bearer". It is revoked in the dashboard: "API keys".`,
    );
    return 0;
  },
};
