import type { RequestHandler } from '@sveltejs/kit';
import type * as z from 'zod';
import { shareAnswer } from '../reader-answers.ts';
import { useServices } from '../services.ts';
import type { TableCell } from '#analytics/ranking/leaderboard-table.ts';
import { cellsOf, csvOf } from './csv.ts';
import { readParameters, type ListName, type parameterSchemas } from './parameters.ts';
import { problem, requestProblem } from './problem.ts';

type Parameters<Name extends ListName> = z.output<(typeof parameterSchemas)[Name]>;

/** A list of the HTTP API: what it asks, and the columns of its table. */
interface List<Name extends ListName, Row extends object> {
  name: Name;
  ask(parameters: Parameters<Name>): Promise<{ data: Row[]; meta: object }>;
  columns: readonly string[];
  /** A row as cells of the table; its plain values when not said. */
  cells?: (row: Row) => Record<string, TableCell>;
}

const json = (body: unknown): Response =>
  new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json; charset=utf-8' } });

/**
 * Answers a list: `{ data, meta }`, or a table with `format=csv`. A wrong parameter is a problem that names it; any
 * other error is logged with a reference, and the answer says only that, or why the stores cannot be asked (503).
 */
export function answerList<Name extends ListName, Row extends object>(list: List<Name, Row>): RequestHandler {
  return async ({ url }) => {
    try {
      const parameters = readParameters(list.name, url.searchParams);
      const { format: _format, ...asked } = parameters;
      const answer = await shareAnswer(useServices(), `list ${list.name}`, asked, () => list.ask(parameters));
      if (parameters.format !== 'csv') return json(answer);
      const cells = list.cells ?? cellsOf;
      return new Response(
        csvOf(
          answer.data.map((row) => cells(row)),
          list.columns,
        ),
        {
          headers: {
            'content-type': 'text/csv; charset=utf-8; header=present',
            'content-disposition': `attachment; filename="profpulse-${list.name}.csv"`,
          },
        },
      );
    } catch (error) {
      const refused = requestProblem(error);
      if (refused) return refused;
      const reference = crypto.randomUUID().slice(0, 8);
      useServices().log.error({ err: error, reference, path: url.pathname }, 'A list could not be answered');
      const trouble = await useServices().storeTrouble(error);
      if (trouble) return problem(503, 'The stores cannot be asked', trouble.en, { reference });
      return problem(
        500,
        'The list could not be answered',
        `The log has the cause under the reference ${reference}.`,
        {
          reference,
        },
      );
    }
  };
}
