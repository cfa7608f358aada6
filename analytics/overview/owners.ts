import { toOrganisationRef, toPageRef } from '../refs.ts';
import type { Register } from '../ranking/period-facts.ts';
import type { OwnedPage } from './types.ts';
import { isMeasured } from '../status/inputs.ts';

/** The pages that are read, by their id. */
export type Owners = ReadonlyMap<number, OwnedPage>;

/** The registered pages that are read, each with its organisation. */
export function ownersOf(register: Register): Owners {
  const organisations = new Map(
    register.organisations.map((organisation) => [organisation.id, toOrganisationRef(organisation)] as const),
  );
  return new Map(
    register.pages.filter(isMeasured).flatMap((page) => {
      const organisation = organisations.get(page.organisationId);
      return organisation ? [[page.id, { organisation, ...toPageRef(page) }] as const] : [];
    }),
  );
}
