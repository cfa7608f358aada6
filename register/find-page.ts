import type { PageLink } from '#domain/page-link.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listPages, type Page } from '#schema/operations/pages.ts';
import { isSameLink } from './links.ts';

/** The page of the register that a link leads to, as far as can be told without the network; `null` when there is none. */
export async function findPage(operations: Operations, link: PageLink): Promise<Page | null> {
  const pages = await listPages(operations, { network: link.network });
  return pages.find((page) => isSameLink({ ...page, url: page.link }, link)) ?? null;
}
