import { measuredFacts, measuredNetworks, type MeasuredNetwork, type Network } from '../networks.ts';

/** How many pages of the register are not read because the key of their network is not set. */
export interface PagesWithoutKey {
  readonly network: MeasuredNetwork;
  readonly pages: number;
}

/** The networks that are read with a key alone, and the setting that holds it, in the order of networks. */
export const keyedNetworks: readonly { network: MeasuredNetwork; setting: string }[] =
  measuredNetworks.flatMap((network) => {
    const setting = measuredFacts(network).keySetting;
    return setting === null ? [] : { network, setting };
  });

/** The networks whose key is not set: they are read with one alone, and none of what is read (`sources`) is theirs. */
export function networksWithoutKey(sources: readonly { readonly network: Network }[]): MeasuredNetwork[] {
  return keyedNetworks.flatMap(({ network }) =>
    sources.some((source) => source.network === network) ? [] : network,
  );
}

/** Of the networks whose key is not set those that have pages in the register, and how many: none of these is read. */
export function pagesWithoutKey(
  registered: readonly { readonly network: Network; readonly pages: number }[],
  withoutKey: readonly MeasuredNetwork[],
): PagesWithoutKey[] {
  return withoutKey.flatMap((network) => {
    const pages = registered.find((each) => each.network === network)?.pages ?? 0;
    return pages === 0 ? [] : { network, pages };
  });
}
