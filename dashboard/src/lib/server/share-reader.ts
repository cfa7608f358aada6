import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { sharePermissions } from '#accounts/permissions.ts';
import { useShareLink, type WorkingShareLink } from '#accounts/share-links.ts';
import { unnamedActor } from '#register/edits/actor.ts';
import { readerOf, type Reader } from './reader.ts';
import type { DashboardServices } from './services.ts';

/** The route of links to one view. */
const shareRoute = '/share/[token]';

/** Whether a request asks for a view by a link, whoever they are otherwise. */
export const isShareRequest = ({ route }: Pick<RequestEvent, 'route'>): boolean => route.id === shareRoute;

/** Whoever follows a link to a view: they may what that view takes, and nothing else. */
export function shareReaderOf({ view, organisationId, query }: WorkingShareLink): Reader {
  const allowed = sharePermissions(view);
  return {
    ...readerOf([], { key: `share: ${view} ${organisationId ?? ''} ${query}`, who: unnamedActor }),
    may: (permission) => allowed.includes(permission),
  };
}

/**
 * The reader of a request by a link, and the link itself for who makes the view; nobody by one that does not work. That somebody
 * is signed in adds nothing to it.
 */
export async function readShareReader(event: RequestEvent, services: DashboardServices): Promise<Reader> {
  const link = await useShareLink(services.accounts, event.params['token'] ?? '');
  event.locals.share = link;
  return link ? shareReaderOf(link) : readerOf([], { key: 'no share', who: unnamedActor });
}

/** A source expression of a policy that no page may be framed by. */
const unframed = "frame-ancestors 'none'";

/**
 * The headers of an answer by a link: its address, which is the key to it, is told to nobody, no search engine keeps it, and
 * the sites that were named may show it in a frame.
 */
export const shareHeaders: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  if (!isShareRequest(event)) return response;
  const { headers } = response;
  headers.set('referrer-policy', 'no-referrer');
  headers.set('x-robots-tag', 'noindex, nofollow');
  const framedBy = event.locals.share?.framedBy ?? [];
  // Browsers that know no policy frame nothing: where it may be framed, the policy alone says by whom.
  if (framedBy.length === 0) headers.set('x-frame-options', 'DENY');
  const policy = headers.get('content-security-policy');
  if (policy !== null && framedBy.length > 0)
    headers.set('content-security-policy', policy.replace(unframed, `frame-ancestors ${framedBy.join(' ')}`));
  return response;
};
