import type { FederationGrowth } from '#analytics/overview/types.ts';

/** Why the sum of subscriptions takes a step that is not growth. */
export interface GrowthChange {
  /** Counted only from the day on, no more counted after the day, or never counted. */
  kind: 'joined' | 'fell' | 'unseen';
  page: Pick<FederationGrowth['pages'][number], 'title' | 'network'>;
  day: string;
}

/** Which pages joined the line after it began, or were left out of its end; nothing before the line begins. */
export function growthChanges({ pages, points }: Pick<FederationGrowth, 'pages' | 'points'>): GrowthChange[] {
  const [begins, ends] = [points[0]?.day, points.at(-1)];
  if (begins === undefined || !ends) return [];
  const counted = pages.filter(({ last }) => last !== null).length;
  return pages.flatMap(({ title, network, first, last }): GrowthChange[] => {
    const page = { title, network };
    if (first === null || last === null) return [{ kind: 'unseen', page, day: ends.day }];
    return [
      ...(first > begins ? [{ kind: 'joined' as const, page, day: first }] : []),
      ...(ends.pages < counted && last < ends.day ? [{ kind: 'fell' as const, page, day: last }] : []),
    ];
  });
}
