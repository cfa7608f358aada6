/** The questions of `analytics/` that the screens and the HTTP API ask: one door between the rooms. */
export { loadCoverage } from '#analytics/health/coverage.ts';
export { lineAt } from '#analytics/overview/growth-target.ts';
export { leaderboard } from '#analytics/ranking/leaderboard.ts';
export {
  leaderboardCells,
  leaderboardColumns,
  otherPlaceCells,
} from '#analytics/ranking/leaderboard-table.ts';
export { partOfLeaderboard } from '#analytics/ranking/part.ts';
export { isNamed } from '#analytics/api/name-search.ts';
export { overview } from '#analytics/overview/overview.ts';
export { organisationReport, OrganisationUnknown } from '#analytics/organisation/report.ts';
export { listOrganisations } from '#analytics/api/organisations.ts';
export { listPages } from '#analytics/api/pages.ts';
export { listPosts } from '#analytics/api/posts.ts';
export { listRuns } from '#analytics/api/runs.ts';
export { listSubscribers } from '#analytics/api/subscribers.ts';
export { loadPostsSince, pageDetails, currentStatuses } from '#analytics/status/current.ts';
