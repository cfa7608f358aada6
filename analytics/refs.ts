import type { Network } from '../domain/vocabulary.ts';

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
