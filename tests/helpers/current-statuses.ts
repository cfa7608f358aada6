import type { OrganisationStatus, PageStatus, CurrentStatuses } from '#analytics/status/current.ts';
import type { Status } from '#domain/vocabulary.ts';

const now = new Date('2026-11-25T01:40:00Z');

/** A page that stands so; silent days are from its last post. */
export function pageForTests(
  id: number,
  status: Status,
  daysSilent: number | null = null,
  change: Partial<PageStatus> = {},
): PageStatus {
  return {
    id,
    network: 'vk',
    url: `https://vk.com/club${1000 + id}`,
    nativeId: 1000 + id,
    name: '',
    title: `Страница ${id}`,
    state: 'ok',
    status,
    unread: status === 'unknown' ? 'not_lately' : null,
    foundAs: null,
    daysSilent,
    lastPost: daysSilent === null ? null : new Date(now.getTime() - daysSilent * 86_400_000),
    ...change,
  };
}

/** An organisation with these pages; it stands as the first of them does. */
export function organisationForTests(
  id: number,
  pages: PageStatus[],
  change: Partial<OrganisationStatus> = {},
): OrganisationStatus {
  return {
    id,
    name: `Областная организация № ${id}`,
    short: `Организация ${String(id).padStart(4, '0')}`,
    level: 'branch',
    sector: '',
    municipality: '',
    council: '',
    league: null,
    status: pages[0]?.status ?? 'none',
    daysSilent: pages[0]?.daysSilent ?? null,
    pause: null,
    pages,
    otherPages: [],
    ...change,
  };
}

/** How these organisations stand on 25 November 2026. */
export function statusesForTests(organisations: OrganisationStatus[]): CurrentStatuses {
  return { asOf: now, today: '2026-11-25', leagues: [], organisations };
}
