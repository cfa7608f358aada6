import { networkDefinition, type Network } from '#domain/networks.ts';
import type { NetworkForms } from '#domain/networks/definition.ts';
import type { Level } from '#domain/vocabulary.ts';
import { m } from './paraglide/messages.js';
import { getLocale } from './paraglide/runtime.js';

/** The name of a network, as its readers say it. */
export function networkWords(network: Network): string {
  return networkDefinition(network).label[getLocale()];
}

/** Two letters that stand for a network where there is no room for its name. */
export function shortNetworkWords(network: Network): string {
  return networkDefinition(network).shortLabel[getLocale()];
}

/** Networks in a form that a sentence takes, joined by its «и»: «ВКонтакте и Telegram». */
export function listNetworks(networks: readonly Network[], form: keyof NetworkForms): string {
  const locale = getLocale();
  const names = networks.map((network) => networkDefinition(network).forms[form][locale]);
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names);
}

/** Organisations of a level, in the plural: «членские организации». */
export function levelWords(level: Level): string {
  return {
    federation: m.level_federation,
    branch: m.level_branch,
    territorial: m.level_territorial,
    united_primary: m.level_united_primary,
    primary: m.level_primary,
  }[level]();
}
