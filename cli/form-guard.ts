import type { IncomingMessage } from 'node:http';
import type { Origin } from './origin.ts';

const writing: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** What forms of any site may send without asking, and what a script of ours sends forms as. */
const formTypes: ReadonlySet<string> = new Set([
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
  'application/x-sveltekit-formdata',
]);

/**
 * Whether a request would send a form of another site (CSRF): its `Origin` is none or another than that by which the
 * dashboard was reached. The kit refuses the same, in bare English words; here it is refused in the reader's language.
 */
export function isForeignForm(
  { method = 'GET', headers }: IncomingMessage,
  { protocol, host }: Pick<Origin, 'protocol' | 'host'>,
): boolean {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  const isForm = type === '' || formTypes.has(type);
  return writing.has(method) && isForm && headers.origin !== URL.parse(`${protocol}://${host}`)?.origin;
}
