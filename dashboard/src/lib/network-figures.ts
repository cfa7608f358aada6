import type { LeaderboardRow } from '#analytics/types.ts';
import { measuredNetworks, type MeasuredNetwork } from '#domain/vocabulary.ts';

/** One figure of a network; over several networks there is one of each, never a mean. */
export interface NetworkFigure {
  network: MeasuredNetwork;
  value: number;
  /** Made of views that the network abbreviates. */
  rounded: boolean;
}

/** What is per post or a rate of views, so that networks are not mixed in it. */
export type MeasureByNetwork = 'medianViews' | 'erView' | 'reachRate';

/** The figures of a measure by network; those not known are left out. */
export function networkFigures(
  networks: LeaderboardRow['networks'],
  measure: MeasureByNetwork,
): NetworkFigure[] {
  return measuredNetworks.flatMap((network) => {
    const measures = networks[network];
    const value = measures?.[measure] ?? null;
    return value === null ? [] : [{ network, value, rounded: measures?.viewsPrecision === 'rounded' }];
  });
}
