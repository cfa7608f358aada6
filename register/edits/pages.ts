import { z } from 'zod';
import { isMeasuredNetwork, type Network } from '#domain/networks.ts';
import { PageLinkError, parsePageLink, type PageLink } from '#domain/page-link.ts';
import { isWithin } from '#domain/reach.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { getOrganisation } from '#schema/operations/organisations.ts';
import {
  getPage,
  insertPage,
  listPages,
  removePage,
  updatePage,
  type Page,
} from '#schema/operations/pages.ts';
import { isSameLink } from '../links.ts';
import type { Actor } from './actor.ts';
import type { Names } from './edit-kind.ts';
import { readText } from './fields.ts';
import { problemsOf, refuseOn, type EditProblem, type EditRefused } from './problems.ts';

const { refusal } = problemsOf();

/** A page as the journal tells of it. */
export const pageEntry = z.object({ id: z.number(), organisationId: z.number(), link: z.string() });
export type PageEntry = z.infer<typeof pageEntry>;

/**
 * A page that was put in, in place of another or not; `was`: where it was when it was out of the register already, `null`
 * when it was never in it.
 */
export const placedEntry = pageEntry.extend({
  was: z.object({ organisationId: z.number(), removedAt: z.string() }).nullable(),
});
export type PlacedEntry = z.infer<typeof placedEntry>;

/** A page as it is told to the journal. */
export const toEntry = ({ id, organisationId, link }: Page): PageEntry => ({ id, organisationId, link });

/** The page, when it is in the register; else throws `EditRefused`. */
export async function pageToEdit(inside: Operations, id: number): Promise<Page> {
  const page = await getPage(inside, id);
  if (!page || page.removedAt !== null) throw refusal('not_there');
  return page;
}

/** The link that a text gives; a name alone is one of the given network. Throws `EditRefused`. */
export function linkOf(text: string, network: Network | null, hint?: Network): PageLink {
  try {
    return parsePageLink(text, hint);
  } catch (error) {
    if (!(error instanceof PageLinkError)) throw error;
    if (error.reason === 'ambiguous' && network !== null && isMeasuredNetwork(network) && hint === undefined)
      return linkOf(text, network, network);
    throw refusal('not_a_page', 'link', text.slice(0, 120), error.reason);
  }
}

/** The written text of a link, when there is one; else throws `EditRefused`. */
export function writtenLink(text: string): string {
  const problems: EditProblem[] = [];
  const written = readText('link', text, problems, { wanted: true });
  refuseOn(problems);
  return written;
}

/** Whether a link leads to a page, as far as can be told without the network. */
export const isPageOf = (page: Page, link: PageLink): boolean =>
  isSameLink({ ...page, url: page.link }, link);

/**
 * Puts a page into the register, in place of another when said; one that was in it before is the same page again. Throws
 * `EditRefused` when it is in it.
 */
export async function placePage(
  inside: Operations,
  { organisationId, link, inPlaceOf }: { organisationId: number; link: PageLink; inPlaceOf?: number },
  { now, within }: Pick<Actor, 'now' | 'within'>,
): Promise<PlacedEntry> {
  const known = (await listPages(inside, { network: link.network, removed: true })).filter((page) =>
    isPageOf(page, link),
  );
  const present = known.find(({ removedAt }) => removedAt === null);
  if (present) throw await takenBy(inside, present, organisationId, within);
  if (inPlaceOf !== undefined) await removePage(inside, inPlaceOf, now);
  const [removed] = known;
  const added = removed
    ? await updatePage(inside, removed.id, { organisationId, removedAt: null })
    : await insertLinked(inside, organisationId, link, now);
  const was = removed?.removedAt
    ? { organisationId: removed.organisationId, removedAt: removed.removedAt.toISOString() }
    : null;
  return { ...toEntry(added), was };
}

/** Whose a page is already; who cannot see that organisation is not told its name. */
async function takenBy(
  inside: Operations,
  present: Page,
  organisationId: number,
  within: Actor['within'],
): Promise<EditRefused> {
  if (present.organisationId === organisationId) return refusal('page_here', 'link', present.link);
  if (!isWithin(within, present.organisationId)) return refusal('page_elsewhere', 'link', present.link);
  const owner = await getOrganisation(inside, present.organisationId);
  return refusal('page_elsewhere', 'link', present.link, owner?.name ?? '');
}

async function insertLinked(
  inside: Operations,
  organisationId: number,
  { network, nativeId, name, url }: PageLink,
  now: Date,
): Promise<Page> {
  // A page that is not read stays as it is given: there is nothing to find out about it.
  const state = isMeasuredNetwork(network) ? ('unresolved' as const) : ('ok' as const);
  return await insertPage(inside, { organisationId, network, link: url, nativeId, name, state }, now);
}

/** Whether a page that was put in is in the register, where it was put. */
export function isStillPlaced(present: Page | null, placed: PlacedEntry): boolean {
  return present?.removedAt === null && present.organisationId === placed.organisationId;
}

/** A page that was put in goes out of the register, to where it was before when it had been in it. */
export async function revertPlaced(inside: Operations, { id, was }: PlacedEntry, now: Date): Promise<void> {
  await updatePage(
    inside,
    id,
    was ? { organisationId: was.organisationId, removedAt: new Date(was.removedAt) } : { removedAt: now },
  );
}

/** Whether a page is of a network that is read; others are only kept. */
export function isPageRead(names: Names, pageId: number): boolean {
  const network = names.page(pageId)?.network;
  return network !== undefined && isMeasuredNetwork(network);
}
