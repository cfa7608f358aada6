import type { Network } from '#domain/vocabulary.ts';

/** An organisation as it is named anywhere: `short` is its full name where the register has no short one. */
export interface OrganisationRef {
  id: number;
  name: string;
  short: string;
}

/** A page as it is named anywhere. */
export interface PageRef {
  id: number;
  network: Network;
  /** As the network gives it; else its name in links, else the registered link. */
  title: string;
  /** Its address, of the network's id where that is known, so that it survives a renaming. */
  url: string;
}

/** What names an organisation, of all that is known of it. */
export function toOrganisationRef({ id, name, short }: OrganisationRef): OrganisationRef {
  return { id, name, short };
}

/** What names a page, of all that is known of it. */
export function toPageRef<Of extends Network>(page: PageRef & { network: Of }): PageRef & { network: Of } {
  const { id, network, title, url } = page;
  return { id, network, title, url };
}
