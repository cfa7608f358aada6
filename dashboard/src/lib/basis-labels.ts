import type { PersonBasis } from '#domain/personal-data.ts';
import { m } from '#wording/paraglide/messages.js';

/** By what right somebody's contacts are kept, in words. */
export function basisLabel(basis: PersonBasis['basis']): string {
  switch (basis) {
    case 'consent':
      return m.basis_consent();
    case 'charter':
      return m.basis_charter();
    case 'published':
      return m.basis_published();
    case '':
      return m.basis_none();
  }
}
