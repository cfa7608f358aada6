import * as z from 'zod';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import { parameterSchemas, type ListName } from './parameters.ts';
import { rowSchemas } from './rows.ts';

const descriptions: Record<ListName, string> = {
  leaderboard:
    'The ranking of a period. Without `from` and `to`: the last full week. Filters never change index, percentile or place.',
  organisations: 'The registered organisations, in the order of their registration.',
  pages: 'The registered pages, as of now.',
  posts: 'Posts by the communities themselves, newest first.',
  subscribers: 'Observations of subscribers, oldest first; `from` and `to` go by the time of observation.',
  runs: 'Collections, newest first; `from` and `to` go by the slot.',
};

const meta = z
  .object({
    period: z.object({ from: z.iso.date().nullable(), to: z.iso.date().nullable() }),
    zone: z.string().meta({ description: 'The time zone of local days.', example: 'Asia/Irkutsk' }),
    formulaVersion: z.int(),
    nextCursor: z.string().nullable().meta({ description: 'Give it back as `cursor` to read on.' }),
  })
  .loose()
  .meta({ id: 'Meta' });

const problemDetails = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    parameters: z
      .array(z.object({ name: z.string(), detail: z.string() }))
      .optional()
      .meta({ description: 'Every wrong parameter, with what is wanted.' }),
    reference: z.string().optional().meta({ description: 'Finds the cause in the log.' }),
  })
  .meta({ id: 'Problem' });

const health = z.object({
  ok: z.boolean(),
  reasons: z.array(z.object({ code: z.string(), detail: z.string() })),
});

const problemResponse = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: problemDetails } },
});

/** A token, or none: in the browser of who has signed in, and where everybody may read. */
const security: Record<string, string[]>[] = [{ bearer: [] }, {}];

/** How one shows that one may (RFC 6750). */
const bearerChallenge = z.object({
  'www-authenticate': z
    .string()
    .meta({ description: 'Names `invalid_token` for a token that does not work.' }),
});

/** What is refused before it is asked what is wanted. */
const refusals = {
  '401': {
    ...problemResponse(
      'Who asks may not read this without saying who they are, or their token is not known, has ended or was revoked.',
    ),
    headers: bearerChallenge,
  },
  '403': problemResponse('Whose token or login it is may not read this.'),
  '405': problemResponse('Lists are only asked: by GET and HEAD, which the header `allow` names.'),
  '421': problemResponse('The request was sent to a host that is none of this server’s: see `PUBLIC_URL`.'),
};

const listPath = (name: ListName): ZodOpenApiPathsObject => ({
  [`/api/v1/${name}`]: {
    get: {
      operationId: name,
      summary: descriptions[name],
      security,
      requestParams: { query: parameterSchemas[name] },
      responses: {
        '200': {
          description:
            'The rows, and what is said beside them. Unknown is `null`; rates are fractions; times are UTC.',
          content: {
            'application/json': { schema: z.object({ data: z.array(rowSchemas[name]), meta }) },
            'text/csv': { schema: z.string() },
          },
        },
        '400': problemResponse('A wrong parameter, named; or more than 500 parameters.'),
        ...refusals,
        '500': problemResponse('A fault of the program.'),
        '503': problemResponse('The stores cannot be asked: what /readyz says.'),
      },
    },
  },
});

const healthPath = (path: string, summary: string): ZodOpenApiPathsObject => ({
  [path]: {
    get: {
      operationId: path.slice(1),
      summary,
      responses: {
        '200': { description: 'Yes.', content: { 'application/json': { schema: health } } },
        '405': refusals['405'],
        '503': { description: 'No, with the reasons.', content: { 'application/json': { schema: health } } },
      },
    },
  },
});

/** The description of the HTTP API, made from the same schemas that check its requests. */
export function openApiDocument(version: string): object {
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'ProfPulse',
      version,
      description:
        'Activity of trade-union pages. Every list is `{ "data": [...], "meta": {...} }`; errors are RFC 9457 problems.',
    },
    components: {
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          description:
            'A token that the administrator makes under "API keys" in the settings, or by `token create`. It is read in this header alone, never in the address, and opens the API alone.',
        },
      },
    },
    paths: {
      ...Object.assign({}, ...(Object.keys(rowSchemas) as ListName[]).map(listPath)),
      ...healthPath('/healthz', 'Is all well: does collection work.'),
      ...healthPath('/readyz', 'Can it serve.'),
    },
  });
}
