/** The questions of `analytics/` that the screens and the HTTP API ask: one door between the rooms. */
export { coverageOf } from '../../../../analytics/coverage.ts';
export { lineAt } from '../../../../analytics/growth-target.ts';
export { leaderboard } from '../../../../analytics/leaderboard.ts';
export { leaderboardCells, leaderboardColumns } from '../../../../analytics/leaderboard-table.ts';
export { isNamed } from '../../../../analytics/name-search.ts';
export { overview } from '../../../../analytics/overview.ts';
export { organisationReport, OrganisationUnknown } from '../../../../analytics/organisation.ts';
export { listOrganisations } from '../../../../analytics/organisations.ts';
export { listPages } from '../../../../analytics/pages.ts';
export { listPosts } from '../../../../analytics/posts.ts';
export { listRuns } from '../../../../analytics/runs.ts';
export { listSubscribers } from '../../../../analytics/subscribers.ts';
export { aftermathOf, pageDetails, standingsNow } from '../../../../analytics/silent.ts';
