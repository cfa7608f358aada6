import type { MeasuredFacts, NetworkDefinition } from './networks/definition.ts';
import { networkTable } from './networks/table.ts';

type Table = typeof networkTable;

/** A network a page can live in. */
export type Network = keyof Table;
/** A network that is read, and therefore measured. */
export type MeasuredNetwork = {
  [Each in Network]: Table[Each]['measured'] extends null ? never : Each;
}[Network];

const rows: Readonly<Record<Network, NetworkDefinition>> = networkTable;

type Some<Each> = readonly [Each, ...Each[]];

/** All networks, in the order in which they are shown. */
export const networks = Object.keys(networkTable) as unknown as Some<Network>;

/** The networks that are read, in the same order. */
export const measuredNetworks = networks.filter(isMeasuredNetwork) as unknown as Some<MeasuredNetwork>;

/** The networks whose reposts show the views and reposts of their source. */
export const sourceShowingNetworks: readonly MeasuredNetwork[] = measuredNetworks.filter(
  (network) => measuredFacts(network).repostsShowSource,
);

/** Something of each network, in their order. */
export function recordOfNetworks<Value>(of: (network: Network) => Value): Record<Network, Value> {
  return Object.fromEntries(networks.map((network) => [network, of(network)])) as Record<Network, Value>;
}

/** Whether the pages of a network are read; those of others are entered by hand and kept. */
export function isMeasuredNetwork(network: string): network is MeasuredNetwork {
  return rows[network as Network]?.measured != null;
}

/** What is known of a network. */
export function networkDefinition(network: Network): NetworkDefinition {
  return rows[network];
}

/** What is true of the counters of a network that is read. */
export function measuredFacts(network: MeasuredNetwork): MeasuredFacts {
  const { measured } = rows[network];
  if (measured === null) throw new TypeError(`${network} is not measured`);
  return measured;
}

/** Whether a post shows the views and reposts of its source, which are not its page's. */
export function showsSource({ network, kind }: { network: MeasuredNetwork; kind: string }): boolean {
  return kind === 'repost' && sourceShowingNetworks.includes(network);
}
