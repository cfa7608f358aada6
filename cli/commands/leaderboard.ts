import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { leaderboard } from '../../analytics/leaderboard.ts';
import { leaderboardCells, leaderboardColumns } from '../../analytics/leaderboard-table.ts';
import type { Leaderboard, Period } from '../../analytics/types.ts';
import { dayProblem, dayRefusal } from '../../domain/allowed-days.ts';
import { defusedCell } from '../../domain/csv-cell.ts';
import { dayFrom } from '../../register/values.ts';
import { WrongArguments } from '../failures.ts';
import type { Locale } from '../messages.ts';
import type { Command } from './command.ts';

const input = z.object({ from: z.string(), to: z.string(), format: z.enum(['json', 'csv']) });

/** `leaderboard --from --to --format json|csv`: the ranking of a period of local days, both inclusive. */
export const leaderboardCommand: Command<z.infer<typeof input>> = {
  input,
  check: (days, settings) => void periodOption(days, settings.LOCALE),
  run: async ({ services, out }, { format, ...days }) => {
    const board = await leaderboard(services.analytics, {
      period: periodOption(days, services.settings.LOCALE),
    });
    out(format === 'json' ? asJson(board) : asCsv(board));
    return 0;
  },
};

function periodOption(days: { from: string; to: string }, locale: Locale): Period {
  const period = { from: dayOption('--from', days.from, locale), to: dayOption('--to', days.to, locale) };
  if (period.from <= period.to) return period;
  throw new WrongArguments(`--from ${period.from} is after --to ${period.to}.`);
}

function dayOption(option: string, text: string, locale: Locale): string {
  const day = dayFrom(text) ?? text;
  if (dayProblem(day) === 'day_out_of_range')
    throw new WrongArguments(`${option}: ${dayRefusal(day, locale)}.`);
  if (dayProblem(day)) throw new WrongArguments(`${option} wants a day like 2026-01-31, and got "${text}".`);
  return day;
}

function asJson(board: Leaderboard): string {
  const { rows, period, zone, formulaVersion, window, leagues } = board;
  return JSON.stringify({ data: rows, meta: { period, zone, formulaVersion, window, leagues } }, null, 2);
}

function asCsv(board: Leaderboard): string {
  return stringify(board.rows.map(leaderboardCells), {
    columns: [...leaderboardColumns],
    header: true,
    quoted_match: /\r/,
    cast: { string: defusedCell },
  }).trimEnd();
}
