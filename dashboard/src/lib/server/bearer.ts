import { problem } from './api/problem.ts';

/** Whether a route takes tokens of the API: its lists do, and nothing else. Elsewhere they are passed over. */
export function takesTokens(route: string | null): boolean {
  return route?.startsWith('/api/v1/') ?? false;
}

/**
 * The token that a request brings in `authorization: Bearer`, as it is sent; '' for none after that word, and `null` where the
 * header is not there or says something else, such as the password of a proxy in front, which hands it on.
 */
export function bearerOf(headers: Headers): string | null {
  const said = /^bearer(?:\s+(?<token>.*))?$/i.exec(headers.get('authorization')?.trim() ?? '');
  return said && (said.groups?.['token'] ?? '');
}

/** A problem of access, and how one shows that one may (RFC 6750). */
function challenge(answer: Response, said: string): Response {
  answer.headers.set('www-authenticate', `Bearer ${said}`);
  return answer;
}

/** The answer to who may not read without saying who they are. */
export function askForToken(): Response {
  const said =
    'Send a token in the header `authorization: Bearer`, or sign in at /login; the administrator gives either. A token in the address is not read.';
  return challenge(problem(401, 'A login is needed', said), 'realm="ProfPulse"');
}

/** The answer to a token that opens nothing; it does not tell which of all reasons that has. */
export function refuseToken(): Response {
  const said = 'The token is not known, has ended or was revoked. Ask the administrator for another.';
  return challenge(problem(401, 'The token does not work', said), 'error="invalid_token"');
}

/** The answer to a token that opens other things. */
export function refuseScope(): Response {
  const said = 'The token does not open this. Ask the administrator for one that does.';
  return challenge(problem(403, 'Access is not allowed', said), 'error="insufficient_scope"');
}
