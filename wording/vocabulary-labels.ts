import { measuredNetworks, networkDefinition, type Network } from '#domain/networks.ts';
import type { NetworkForms } from '#domain/networks/definition.ts';
import { joinNetworks, likesByNetwork, type Joining } from '#domain/networks/names.ts';
import type { Level } from '#domain/vocabulary.ts';
import { m } from './paraglide/messages.js';
import { getLocale } from './paraglide/runtime.js';

/** The name of a network, as its readers say it. */
export function networkLabel(network: Network): string {
  return networkDefinition(network).label[getLocale()];
}

/** Two letters that stand for a network where there is no room for its name. */
export function shortNetworkLabel(network: Network): string {
  return networkDefinition(network).shortLabel[getLocale()];
}

/** Networks in a form that a sentence takes, joined by its «и» or «или»: «ВКонтакте и в Telegram». */
export function listNetworks(
  networks: readonly Network[],
  form: keyof NetworkForms | 'label',
  joining: Joining = 'conjunction',
): string {
  return joinNetworks(networks, form, getLocale(), joining);
}

/** What is counted as a like: «отметки «нравится» ВКонтакте или реакции в Telegram». */
export function likesOfNetworks(): string {
  return likesByNetwork(getLocale());
}

/** What most people write for the address of a page, of each network that is read: «vk.com/имя, t.me/имя». */
export function usualAddresses({ each = Infinity }: { each?: number } = {}): string {
  return measuredNetworks
    .flatMap((network) => networkDefinition(network).addresses.usual[getLocale()].slice(0, each))
    .join(', ');
}

/** Organisations of a level, in the plural: «членские организации». */
export function levelLabel(level: Level): string {
  return {
    federation: m.level_federation,
    branch: m.level_branch,
    territorial: m.level_territorial,
    united_primary: m.level_united_primary,
    primary: m.level_primary,
  }[level]();
}
