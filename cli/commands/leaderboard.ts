import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { leaderboard } from '#analytics/ranking/leaderboard.ts';
import { leaderboardCells, leaderboardColumns } from '#analytics/ranking/leaderboard-table.ts';
import type { Leaderboard, Period } from '#analytics/types.ts';
import { defusedCell } from '#domain/csv-cell.ts';
import type { MeasuredNetwork } from '#domain/networks.ts';
import { networksWithoutKey } from '#domain/networks/without-key.ts';
import { WrongArguments } from '../failures.ts';
import type { Locale } from '../messages.ts';
import type { Command } from './command.ts';
import { dayOption } from './day-option.ts';
import { russianColumns, russianRow } from './leaderboard-labels.ts';

const input = z.object({ from: z.string(), to: z.string(), format: z.enum(['json', 'csv']) });

/**
 * `leaderboard --from --to --format json|csv`: the ranking of a period of local days, both inclusive; the table in
 * the language of `LOCALE`, JSON in the names of the HTTP API.
 */
export const leaderboardCommand: Command<z.infer<typeof input>> = {
  input,
  check: (days) => void periodOption(days),
  run: async ({ services, out }, { format, ...days }) => {
    const ranking = await leaderboard(services.analytics, { period: periodOption(days) });
    out(
      format === 'json'
        ? asJson(ranking)
        : asCsv(ranking, services.settings.LOCALE, networksWithoutKey(services.sources)),
    );
    return 0;
  },
};

function periodOption(days: { from: string; to: string }): Period {
  const period = { from: dayOption('--from', days.from), to: dayOption('--to', days.to) };
  if (period.from <= period.to) return period;
  throw new WrongArguments({
    ru: `Период кончается раньше, чем начинается: --from ${period.from}, --to ${period.to}.`,
    en: `--from ${period.from} is after --to ${period.to}.`,
  });
}

function asJson(ranking: Leaderboard): string {
  const { rows, period, zone, formulaVersion, window, leagues } = ranking;
  return JSON.stringify({ data: rows, meta: { period, zone, formulaVersion, window, leagues } }, null, 2);
}

function asCsv(ranking: Leaderboard, locale: Locale, withoutKey: readonly MeasuredNetwork[]): string {
  const rows = ranking.rows.map((row) =>
    locale === 'ru' ? russianRow(row, withoutKey) : leaderboardCells(row),
  );
  return stringify(rows, {
    columns: leaderboardColumns.map((key) => ({ key, header: locale === 'ru' ? russianColumns[key] : key })),
    header: true,
    quoted_match: /\r/,
    cast: { string: defusedCell },
  }).trimEnd();
}
