import * as z from 'zod';
import { allowedDays } from '#domain/allowed-days.ts';
import { units } from '#domain/period.ts';
import { levels, measuredNetworks } from '#domain/vocabulary.ts';
import { choice, day, flag, wholeNumber, type Codec } from '../../search-parameters.ts';
import { ParametersError } from './problem.ts';

/** A parameter of a list as its codec takes it; `description`: what it means there. */
function said<Value extends string | number | boolean>(codec: Codec<Value>, description: string) {
  return z
    .string()
    .transform((text, { addIssue }) => {
      const value = codec.read(text);
      if (value !== null) return value;
      addIssue({ code: 'custom', message: codec.refusal(text) });
      return z.NEVER;
    })
    .meta({ override: { ...codec.schema } })
    .optional()
    .meta({ description });
}

const paging = {
  limit: said(wholeNumber(1, 1000), 'Rows at once, 1 to 1000; 100 when not said.'),
  cursor: z.string().optional().meta({ description: '`meta.nextCursor` of the answer before.' }),
};
const span = `From ${allowedDays.from} to ${allowedDays.to}.`;
const days = {
  from: said(day, `First local day, inclusive. ${span}`),
  to: said(day, `Last local day, inclusive. ${span}`),
};
const owner = {
  page: z
    .string()
    .optional()
    .meta({ description: 'A link to the page in any usual form: `vk.com/club123`, `@name`, `t.me/s/name`.' }),
  organisation: said(
    wholeNumber(1, undefined, 'the id of an organisation, a whole number'),
    'An organisation’s id.',
  ),
};
const format = {
  format: said(choice(['json', 'csv']), 'JSON, or a table: RFC 4180, commas, UTF-8 with a byte order mark.'),
};

/** The parameters of each list, with their meaning: checked here, described by `/api/v1/openapi.json`. */
export const parameterSchemas = {
  leaderboard: z.object({
    ...days,
    period: said(
      choice(units),
      'Instead of `from` and `to`: the last full week, month or quarter, or the year that runs.',
    ),
    network: said(choice(measuredNetworks), 'Measures of this network only; places stay.'),
    level: said(choice(levels), 'Organisations of this level only; places stay.'),
    sector: z.string().optional().meta({ description: 'Organisations of this sector only.' }),
    league: z.string().optional().meta({ description: 'The id of a league.' }),
    search: z.string().max(200).optional().meta({ description: 'Words of the name.' }),
    explain: said(flag, 'With what stands behind each index (`explanation`).'),
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
    deleted: said(flag, 'Deleted posts too.'),
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
