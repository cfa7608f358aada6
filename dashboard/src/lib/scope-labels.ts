import type { RankingFilters } from './filters.ts';
import { m } from '#wording/paraglide/messages.js';
import { networkLabel } from '#wording/vocabulary-labels.ts';

/**
 * Of what place and index are, where filters leave only some organisations or one network: both stay those of the whole
 * group and of all networks. `''` where nothing is left out of a group.
 */
export function scopeText({ network, sector, search }: RankingFilters): string {
  if (network !== null) return m.scope_network({ network: networkLabel(network) });
  return sector === '' && search === '' ? '' : m.scope_places();
}
