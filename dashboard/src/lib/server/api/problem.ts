import { ListRequestError } from '#analytics/api/list-request.ts';
import { PageLinkError } from '#domain/page-link.ts';
import { PeriodError } from '#domain/period.ts';

/** What is wrong with one parameter of a request, and what is wanted instead. */
export interface ParameterProblem {
  name: string;
  detail: string;
}

/** A request whose parameters cannot be understood; every wrong one is named. */
export class ParametersError extends Error {
  override readonly name = 'ParametersError';
  readonly parameters: readonly ParameterProblem[];

  constructor(parameters: readonly ParameterProblem[]) {
    super(parameters.map(({ name, detail }) => `${name}: ${detail}`).join(' '));
    this.parameters = parameters;
  }
}

/** An answer as RFC 9457 wants it: `application/problem+json`. */
export function problem(
  status: number,
  title: string,
  detail: string,
  more: Record<string, unknown> = {},
): Response {
  const body = { type: 'about:blank', title, status, detail, ...more };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}

/** The parameters that an error of the questions is about; `null` when it is no fault of the request. */
function parametersOf(error: unknown): readonly ParameterProblem[] | null {
  if (error instanceof ParametersError) return error.parameters;
  if (error instanceof ListRequestError) return [{ name: error.parameter, detail: error.message }];
  if (error instanceof PeriodError) return [{ name: 'from, to', detail: error.message }];
  if (error instanceof PageLinkError) return [{ name: 'page', detail: error.message }];
  return null;
}

/** A fault of the request as a problem that names each wrong parameter; `null` for any other error. */
export function requestProblem(error: unknown): Response | null {
  const parameters = parametersOf(error);
  if (!parameters) return null;
  const detail = parameters.map(({ name, detail: wanted }) => `${name}: ${wanted}`).join(' ');
  return problem(400, 'The request has a wrong parameter', detail, { parameters });
}
