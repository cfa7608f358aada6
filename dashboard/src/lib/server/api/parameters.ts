import * as z from 'zod';
import { allowedDays, dayProblem, dayRefusal, isAllowedDay } from '#domain/allowed-days.ts';
import { levels, measuredNetworks } from '#domain/vocabulary.ts';
import { ParametersError } from './problem.ts';

const day = (description: string) =>
  z
    .string()
    .refine(isAllowedDay, { error: ({ input }) => dayWanted(String(input)) })
    .meta({
      description: `${description} From ${allowedDays.from} to ${allowedDays.to}.`,
      example: '2026-03-31',
      format: 'date',
    });

const span = `from ${allowedDays.from} to ${allowedDays.to}`;

const dayWanted = (got: string): string =>
  dayProblem(got) === 'day_out_of_range'
    ? `${dayRefusal(got, 'en')}.`
    : dayProblem(got) === 'no_such_day'
      ? `${dayRefusal(got, 'en')}; days ${span} are taken.`
      : `got "${got}", wanted a day of the calendar such as 2026-03-31, ${span}.`;

const wholeNumber = (wanted: string, least: number, greatest = Number.MAX_SAFE_INTEGER) =>
  z
    .string()
    .refine((text) => /^\d{1,16}$/.test(text) && Number(text) >= least && Number(text) <= greatest, {
      error: ({ input }) => `got "${String(input)}", wanted ${wanted}.`,
    })
    .transform(Number);

const choice = <Value extends string>(values: readonly [Value, ...Value[]], description: string) =>
  z
    .enum(values, { error: ({ input }) => `got "${String(input)}", wanted one of ${values.join(', ')}.` })
    .meta({ description });

const paging = {
  limit: wholeNumber('a whole number from 1 to 1000', 1, 1000)
    .optional()
    .meta({
      description: 'Rows at once, 1 to 1000; 100 when not said.',
      override: { type: 'integer', minimum: 1, maximum: 1000 },
    }),
  cursor: z.string().optional().meta({ description: '`meta.nextCursor` of the answer before.' }),
};
const days = {
  from: day('First local day, inclusive.').optional(),
  to: day('Last local day, inclusive.').optional(),
};
const owner = {
  page: z
    .string()
    .optional()
    .meta({ description: 'A link to the page in any usual form: `vk.com/club123`, `@name`, `t.me/s/name`.' }),
  organisation: wholeNumber('the id of an organisation, a whole number', 1)
    .optional()
    .meta({ description: 'An organisation’s id.', override: { type: 'integer', minimum: 1 } }),
};
const format = {
  format: choice(
    ['json', 'csv'],
    'JSON, or a table: RFC 4180, commas, UTF-8 with a byte order mark.',
  ).optional(),
};
const flag = (description: string) =>
  choice(['true', 'false'], description)
    .transform((text) => text === 'true')
    .optional()
    .meta({ description, override: { type: 'boolean' } });

/** The parameters of each list, with their meaning: checked here, described by `/api/v1/openapi.json`. */
export const parameterSchemas = {
  leaderboard: z.object({
    ...days,
    period: choice(
      ['week', 'month', 'quarter', 'year'],
      'Instead of `from` and `to`: the last full week, month or quarter, or the year that runs.',
    ).optional(),
    network: choice(measuredNetworks, 'Measures of this network only; places stay.').optional(),
    level: choice(levels, 'Organisations of this level only; places stay.').optional(),
    sector: z.string().optional().meta({ description: 'Organisations of this sector only.' }),
    league: z.string().optional().meta({ description: 'The id of a league.' }),
    search: z.string().max(200).optional().meta({ description: 'Words of the name.' }),
    explain: flag('With what stands behind each index (`explanation`).'),
    ...format,
  }),
  organisations: z.object({ ...owner, ...paging, ...format }),
  pages: z.object({ ...owner, ...paging, ...format }),
  posts: z.object({
    ...owner,
    ...days,
    q: z
      .string()
      .max(400)
      .optional()
      .meta({ description: 'Words that must all occur, in any of their forms.' }),
    deleted: flag('Deleted posts too.'),
    ...paging,
    ...format,
  }),
  subscribers: z.object({ ...owner, ...days, ...paging, ...format }),
  runs: z.object({ ...days, ...paging, ...format }),
};
export type ListName = keyof typeof parameterSchemas;

const knownNames = new Set(Object.values(parameterSchemas).flatMap((schema) => Object.keys(schema.shape)));

/**
 * The parameters of a request to a list. Throws `ParametersError` that names every wrong one. A name that no list
 * knows is refused too: a mistyped filter must not pass for an unfiltered answer.
 */
export function readParameters<Name extends ListName>(
  list: Name,
  search: URLSearchParams,
): z.output<(typeof parameterSchemas)[Name]> {
  const schema: z.ZodType = parameterSchemas[list];
  const said = new Map<string, string>();
  const problems = [...search].flatMap(([name, value]) => {
    if (!knownNames.has(name)) {
      return [
        {
          name,
          detail: `not a parameter of this list, wanted ${Object.keys(parameterSchemas[list].shape).join(', ')}.`,
        },
      ];
    }
    if (said.has(name)) return [{ name, detail: 'said more than once.' }];
    if (value !== '') said.set(name, value);
    return [];
  });
  const parsed = schema.safeParse(Object.fromEntries(said));
  const wrong = parsed.success
    ? []
    : parsed.error.issues.map((issue) => ({ name: issue.path.join('.'), detail: issue.message }));
  if (problems.length + wrong.length > 0) throw new ParametersError([...problems, ...wrong]);
  return parsed.data as z.output<(typeof parameterSchemas)[Name]>;
}
