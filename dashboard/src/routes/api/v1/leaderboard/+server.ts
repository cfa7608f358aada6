import { answerList } from '#lib/server/api/answer.ts';
import { leaderboardAnswer, leaderboardPeriod } from '#lib/server/api/leaderboard-request.ts';
import { today } from '#lib/server/periods.ts';
import { leaderboardCells, leaderboardColumns, otherPlaceCells } from '#lib/server/questions.ts';
import { seenLeaderboard } from '#lib/server/seen-leaderboard.ts';
import { useServices } from '#lib/server/services.ts';
import type { OtherPlace } from '#analytics/ranking/part.ts';
import type { LeaderboardRow } from '#analytics/types.ts';

export const GET = answerList({
  name: 'leaderboard',
  columns: leaderboardColumns,
  cells: (row) =>
    'pages' in row ? leaderboardCells(row as LeaderboardRow) : otherPlaceCells(row as OtherPlace),
  ask: async ({ from, to, period, explain, format: _format, within: _within, ...filters }, reader) => {
    const wanted = leaderboardPeriod({ from, to, period }, today());
    const ranking = await seenLeaderboard(useServices(), reader, { period: wanted, ...filters });
    return leaderboardAnswer(ranking, explain ?? false);
  },
});
