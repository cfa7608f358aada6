import type { RequestHandler } from '@sveltejs/kit';
import type * as z from 'zod';
import type { Reach } from '#domain/reach.ts';
import { shareAnswer } from '../reader-answers.ts';
import type { Reader } from '../reader.ts';
import { useServices } from '../services.ts';
import type { TableCell } from '#analytics/ranking/leaderboard-table.ts';
import { cellsOf, csvOf } from './csv.ts';
import { failure } from './failure.ts';
import { readParameters, type ListName, type parameterSchemas } from './parameters.ts';
import { requestProblem } from './problem.ts';

type Parameters<Name extends ListName> = z.output<(typeof parameterSchemas)[Name]>;

/** A list of the HTTP API: what it asks, and the columns of its table. */
interface List<Name extends ListName, Row extends object> {
  name: Name;
  /** Of the organisations that the reader sees: what differs between readers is in `within` alone. */
  ask(
    parameters: Parameters<Name> & { within: Reach | null },
    reader: Reader,
  ): Promise<{ data: Row[]; meta: object }>;
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
  return async ({ url, locals }) => {
    try {
      const parameters = readParameters(list.name, url.searchParams);
      const { reader } = locals;
      const within = reader.reach('numbers.read');
      const { format: _format, ...asked } = parameters;
      const key = { ...asked, within, namesOthers: reader.namesOthers };
      const answer = await shareAnswer(useServices(), `list ${list.name}`, key, () =>
        list.ask({ ...parameters, within }, reader),
      );
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
      return requestProblem(error) ?? (await failure(error, url.pathname));
    }
  };
}
