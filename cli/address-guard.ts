import type { IncomingMessage } from 'node:http';

/** The longest address that is read, in bytes: half more than RFC 9110 (4.1) asks of everybody. */
export const mostAddressBytes = 12_000;

/** Why an address is not passed on to the dashboard. */
export type AddressProblem = 'address_long' | 'name_reserved';

/** Names of parameters that the kit keeps for itself begin so; it refuses other uses in bare English words. */
const reserved = 'x-sveltekit-';
/** What our own scripts say with these when they ask for the data of a page. */
const ofDataRequests: ReadonlySet<string> = new Set([`${reserved}invalidated`, `${reserved}trailing-slash`]);

/**
 * What is wrong with the address of a request, or `null`. A long one is refused because answers that lead on carry it in their
 * own headers.
 */
export function addressProblem({ url = '/' }: Pick<IncomingMessage, 'url'>): AddressProblem | null {
  if (Buffer.byteLength(url) > mostAddressBytes) return 'address_long';
  const [path = '', query] = url.split(/\?(.*)/s, 2);
  if (query === undefined) return null;
  const isOfData = path.endsWith('__data.json');
  const names = [...new URLSearchParams(query.replace(/#.*$/s, '')).keys()];
  const isReserved = names.some(
    (name) => name.startsWith(reserved) && !(isOfData && ofDataRequests.has(name)),
  );
  return isReserved ? 'name_reserved' : null;
}
