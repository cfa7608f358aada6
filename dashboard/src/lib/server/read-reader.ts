import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { hasAdministrator } from '#accounts/claim.ts';
import { signedInReader, strangerOf, type Reader } from './reader.ts';
import { useServices, type DashboardServices } from './services.ts';

/** Probes are asked by machines, and have to answer when the store cannot. */
const unread = new Set<string | null>(['/healthz', '/readyz', null]);

/** Finds out who asks, for all that follows, and sets the cookies of logins that were begun, prolonged or ended. */
export const readReader: Handle = async ({ event, resolve }) => {
  event.locals.cookies = [];
  event.locals.reader = await readerFor(event, useServices());
  const response = await resolve(event);
  for (const cookie of event.locals.cookies) response.headers.append('set-cookie', cookie);
  return response;
};

async function readerFor(event: RequestEvent, services: DashboardServices): Promise<Reader> {
  const { accounts, settings } = services;
  if (unread.has(event.route.id)) return strangerOf({ ...settings, isClaimed: true });
  const signedIn = await accounts.signedIn(event.request.headers);
  if (signedIn) {
    event.locals.cookies.push(...signedIn.cookies);
    return signedInReader(signedIn, settings);
  }
  return strangerOf({ ...settings, isClaimed: await isClaimed(services) });
}

const claimed = new WeakSet<object>();

/** Whether the instance has an administrator. The last one cannot be taken away, so that it is asked until there is one. */
export async function isClaimed({ accounts }: Pick<DashboardServices, 'accounts'>): Promise<boolean> {
  if (claimed.has(accounts)) return true;
  const isSo = await hasAdministrator(accounts);
  if (isSo) claimed.add(accounts);
  return isSo;
}
