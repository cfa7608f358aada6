import { answerList } from '#lib/server/api/answer.ts';
import { leaderboardAnswer, leaderboardPeriod } from '#lib/server/api/leaderboard-request.ts';
import { today } from '#lib/server/periods.ts';
import { leaderboard, leaderboardCells, leaderboardColumns } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';
import type { LeaderboardRow } from '#analytics/types.ts';

export const GET = answerList({
  name: 'leaderboard',
  columns: leaderboardColumns,
  cells: (row) => leaderboardCells(row as LeaderboardRow),
  ask: async ({ from, to, period, explain, format: _format, ...filters }) => {
    const wanted = leaderboardPeriod({ from, to, period }, today());
    const ranking = await leaderboard(useServices().analytics, { period: wanted, ...filters });
    return leaderboardAnswer(ranking, explain ?? false);
  },
});
