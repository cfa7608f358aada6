import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { useApiToken } from '#accounts/api-tokens.ts';
import { wasClaimed } from '#accounts/claim.ts';
import { scopeOf } from '#accounts/scope.ts';
import { failure } from './api/failure.ts';
import { bearerOf, refuseToken, takesTokens } from './bearer.ts';
import { readDemoReader } from './demo-readers.ts';
import { opennessOf } from './openness.ts';
import { programOf, signedInReader, strangerOf, type Reader } from './reader.ts';
import { isShareRequest, readShareReader } from './share-reader.ts';
import { withoutStores } from './without-stores.ts';
import { useServices, type DashboardServices } from './services.ts';

/** Probes are asked by machines, and have to answer when the store cannot. */
const unread = new Set<string | null>(['/healthz', '/readyz', null]);

/**
 * Finds out who asks, for all that follows, and sets the cookies of logins that were begun, prolonged or ended. A token of the
 * API that opens nothing is refused, also where everybody may read: whoever sends one takes the answer for theirs.
 */
export const readReader: Handle = async ({ event, resolve }) => {
  event.locals.cookies = [];
  const reader = await (takesTokens(event.route.id) ? programFor(event) : visitorFor(event));
  if (reader instanceof Response) return reader;
  event.locals.reader = reader;
  const response = await resolve(event);
  for (const cookie of event.locals.cookies) response.headers.append('set-cookie', cookie);
  if (takesTokens(event.route.id)) response.headers.append('vary', 'authorization');
  return response;
};

/** Who asks the API: by a token, or as a person does; or why they are not even listened to. */
async function programFor(event: RequestEvent): Promise<Reader | Response> {
  const services = useServices();
  const bearer = bearerOf(event.request.headers);
  try {
    if (bearer === null) return await personFor(event, services);
    const token = await useApiToken(services.accounts, bearer);
    return token ? programOf(token) : refuseToken();
  } catch (error) {
    return await failure(error, event.url.pathname);
  }
}

/** Who asks for a page; or why nobody can be told from anybody: the store of accounts cannot be asked. */
async function visitorFor(event: RequestEvent): Promise<Reader | Response> {
  const services = useServices();
  try {
    return await personFor(event, services);
  } catch (error) {
    const trouble = await services.storeTrouble(error);
    if (!trouble) throw error;
    services.log.error({ err: error, route: event.route.id }, 'Who asks could not be told');
    return withoutStores(event, trouble);
  }
}

async function personFor(event: RequestEvent, services: DashboardServices): Promise<Reader> {
  const { accounts, operations, settings } = services;
  if (unread.has(event.route.id)) return strangerOf({ ...settings, showsSilent: false });
  if (isShareRequest(event)) return await readShareReader(event, services);
  const signedIn = await accounts.signedIn(event.request.headers);
  if (signedIn) {
    event.locals.cookies.push(...signedIn.cookies);
    const scope = await scopeOf(operations, signedIn.held);
    return signedInReader(signedIn, scope, await opennessOf(services));
  }
  if (settings.demo) return await readDemoReader(event, services);
  return strangerOf(await opennessOf(services));
}

const claimed = new WeakSet<object>();

/** Whether the instance has, or once had, an administrator: asked until it has. */
export async function isClaimed({ accounts }: Pick<DashboardServices, 'accounts'>): Promise<boolean> {
  if (claimed.has(accounts)) return true;
  const isSo = await wasClaimed(accounts);
  if (isSo) claimed.add(accounts);
  return isSo;
}
