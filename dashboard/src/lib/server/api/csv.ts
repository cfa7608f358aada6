import { stringify } from 'csv-stringify/sync';
import type { TableCell } from '#analytics/ranking/leaderboard-table.ts';
import { defusedCell } from '#domain/csv-cell.ts';

const byteOrderMark = '\ufeff';

/**
 * Rows as a table: RFC 4180 (commas, CRLF, quotes where needed), UTF-8 with a byte order mark so that Excel sees the
 * Cyrillic. Texts that a spreadsheet would take for a formula are made harmless.
 */
export function csvOf(rows: readonly Record<string, TableCell>[], columns: readonly string[]): string {
  const table = stringify(rows as Record<string, TableCell>[], {
    columns: [...columns],
    header: true,
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
    cast: { boolean: (value) => String(value), string: defusedCell },
  });
  return `${byteOrderMark}${table}`;
}

/** A row's plain values as cells: lists joined by spaces, objects flattened as `outer.inner`. */
export function cellsOf(row: object, prefix = ''): Record<string, TableCell> {
  return Object.entries(row).reduce<Record<string, TableCell>>((cells, [name, value]) => {
    const key = `${prefix}${name}`;
    if (Array.isArray(value)) {
      const words = value.map((each) =>
        typeof each === 'object' && each ? (each as { url?: string }).url : each,
      );
      return { ...cells, [key]: words.filter((word) => word !== undefined).join(' ') };
    }
    if (value instanceof Date) return { ...cells, [key]: value.toISOString() };
    if (typeof value === 'object' && value !== null)
      return { ...cells, ...cellsOf(value as object, `${key}.`) };
    return { ...cells, [key]: (value ?? null) as TableCell };
  }, {});
}
