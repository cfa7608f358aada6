import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { sharePermissions, viewsOfNames } from '#accounts/permissions.ts';
import { scopeOf } from '#accounts/scope.ts';
import { useShareLink, type WorkingShareLink } from '#accounts/share-links.ts';
import { Reach } from '#domain/reach.ts';
import { unnamedActor } from '#register/edits/actor.ts';
import { opennessOf } from './openness.ts';
import { readerOf, type Reader } from './reader.ts';
import type { DashboardServices } from './services.ts';

/** The route of links to one view. */
const shareRoute = '/share/[token]';

/** Whether a request asks for a view by a link, whoever they are otherwise. */
export const isShareRequest = ({ route }: Pick<RequestEvent, 'route'>): boolean => route.id === shareRoute;

/**
 * Whoever follows a link to a view: they may what that view takes, and nothing else. Where organisations see each other without
 * names, so does whoever follows a link: an organisation's own view is of it and those below, a ranking is of places alone.
 */
export function shareReaderOf(link: WorkingShareLink, within: Reach | null): Reader {
  const { view, organisationId, query } = link;
  const allowed = sharePermissions(view);
  const key = `share: ${view} ${organisationId ?? ''} ${query} ${within?.key ?? 'by name'}`;
  return {
    ...readerOf([], { key, who: unnamedActor }),
    may: (permission) => allowed.includes(permission),
    reach: () => within,
    namesOthers: within === null,
  };
}

/** What a link may name; `undefined` where it would show nothing but what it may not. */
async function reachOfLink(
  { view, organisationId }: WorkingShareLink,
  services: DashboardServices,
): Promise<Reach | null | undefined> {
  if ((await opennessOf(services)).namesOthers) return null;
  if (viewsOfNames.includes(view)) return undefined;
  if (organisationId === null) return new Reach('nobody by name', new Set());
  return (await scopeOf(services.operations, [{ role: 'organisation', organisationId }])).reach(
    'numbers.read',
  );
}

/**
 * The reader of a request by a link, and the link itself for who makes the view; nobody by one that does not work, or whose view
 * names whom nobody may name any more. That somebody is signed in adds nothing to it.
 */
export async function readShareReader(event: RequestEvent, services: DashboardServices): Promise<Reader> {
  const link = await useShareLink(services.accounts, event.params['token'] ?? '');
  const within = link && (await reachOfLink(link, services));
  event.locals.share = within === undefined ? null : link;
  return link && within !== undefined
    ? shareReaderOf(link, within)
    : readerOf([], { key: 'no share', who: unnamedActor });
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
