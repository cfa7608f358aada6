import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { leaderboard } from '../../analytics/leaderboard.ts';
import type { Leaderboard, LeaderboardRow, Period } from '../../analytics/types.ts';
import { dayFrom } from '../../register/values.ts';
import { WrongArguments } from '../failures.ts';
import type { Command } from './command.ts';

const input = z.object({ from: z.string(), to: z.string(), format: z.enum(['json', 'csv']) });

/** `leaderboard --from --to --format json|csv`: the ranking of a period of local days, both inclusive. */
export const leaderboardCommand: Command<z.infer<typeof input>> = {
  input,
  check: periodOption,
  run: async ({ services, out }, { format, ...days }) => {
    const board = await leaderboard(services.analytics, { period: periodOption(days) });
    out(format === 'json' ? asJson(board) : asCsv(board));
    return 0;
  },
};

function periodOption(days: { from: string; to: string }): Period {
  const period = { from: dayOption('--from', days.from), to: dayOption('--to', days.to) };
  if (period.from <= period.to) return period;
  throw new WrongArguments(`--from ${period.from} is after --to ${period.to}.`);
}

function dayOption(option: string, text: string): string {
  const day = dayFrom(text);
  if (day === null) throw new WrongArguments(`${option} wants a day like 2026-01-31, and got "${text}".`);
  return day;
}

function asJson(board: Leaderboard): string {
  const { rows, period, zone, formulaVersion, window, leagues } = board;
  return JSON.stringify({ data: rows, meta: { period, zone, formulaVersion, window, leagues } }, null, 2);
}

const columns: readonly (readonly [name: string, value: (row: LeaderboardRow) => unknown])[] = [
  ['league', (row) => row.league?.name],
  ['place', (row) => row.place],
  ['placeOf', (row) => row.placeOf],
  ['movement', (row) => row.movement],
  ['organisation', (row) => row.organisation.name],
  ['status', (row) => row.status],
  ['index', (row) => row.index],
  ['frequency', (row) => row.components.frequency],
  ['regularity', (row) => row.components.regularity],
  ['reach', (row) => row.components.reach],
  ['engagement', (row) => row.components.engagement],
  ['growth', (row) => row.components.growth],
  ['posts', (row) => row.posts],
  ['originals', (row) => row.originals],
  ['postsPerWeek', (row) => row.postsPerWeek],
  ['views', (row) => row.views],
  ['medianViews', (row) => row.medianViews],
  ['reactions', (row) => row.reactions],
  ['erView', (row) => row.erView],
  ['erPost', (row) => row.erPost],
  ['subscribers', (row) => row.subscribers],
  ['subscribersGrowth', (row) => row.growth],
  ['growthPercent', (row) => row.growthPercent],
  ['daysSilent', (row) => row.daysSilent],
  ['pages', (row) => row.pages.map((page) => page.url).join(' ')],
];

function asCsv(board: Leaderboard): string {
  const rows = board.rows.map((row) => columns.map(([, value]) => value(row) ?? ''));
  return stringify([columns.map(([name]) => name), ...rows], { escape_formulas: true }).trimEnd();
}
