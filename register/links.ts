import { PageLinkError, parsePageLink, type PageLink, type PageLinkReason } from '#domain/page-link.ts';
import type { Network } from '#domain/vocabulary.ts';
import type { ProblemCode } from './problems.ts';

/** The pages named in one cell, or what is wrong with one of its addresses. */
export interface CellLinks {
  links: PageLink[];
  problem: { code: ProblemCode; found: string; detail: string } | null;
}

/** Addresses that are known by their form to lead elsewhere. */
const codes: Partial<Record<PageLinkReason, ProblemCode>> = {
  other_network: 'wrong_network',
  invite: 'page_invite',
  private: 'page_private',
  person: 'page_person',
  playlist: 'page_playlist',
};

/**
 * The pages of a cell of the column `network`: addresses split by spaces, commas or line ends. A name alone
 * (`@name`, `club123`) belongs to the column's network, as does an address without a scheme.
 */
export function linksOf(cell: string, network: Network): CellLinks {
  const links: PageLink[] = [];
  for (const written of cell.split(/[\s,;]+/u).filter(Boolean)) {
    let link: PageLink;
    try {
      link = parsePageLink(written, network);
    } catch (error) {
      if (!(error instanceof PageLinkError)) throw error;
      return {
        links: [],
        problem: {
          code: codes[error.reason] ?? 'not_a_page',
          found: foundIn(cell, written),
          detail: error.message,
        },
      };
    }
    if (links.some((other) => isSameLink(other, link))) {
      return { links: [], problem: { code: 'page_twice', found: written, detail: '' } };
    }
    links.push(link);
  }
  return { links, problem: null };
}

/** What is quoted of a cell: the address that is none; where no word looks like an address the words are one text. */
function foundIn(cell: string, written: string): string {
  const whole = cell.trim().replace(/\s+/gu, ' ');
  return /[./@\d]/u.test(whole) ? written : whole;
}

/** What a page is known by: its network, and its id, its name or its address, whichever are known. */
export interface PageIdentity {
  network: Network;
  nativeId: number | null;
  name: string | null;
  url: string;
}

/** Whether two links lead to one page as far as can be told without asking the network. */
export function isSameLink(one: PageIdentity, other: PageIdentity): boolean {
  if (one.network !== other.network) return false;
  if (one.nativeId !== null && one.nativeId === other.nativeId) return true;
  if (one.name !== null && one.name.toLowerCase() === other.name?.toLowerCase()) return true;
  return one.url.toLowerCase() === other.url.toLowerCase();
}
