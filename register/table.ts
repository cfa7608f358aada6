import { CsvError, parse } from 'csv-parse/sync';
import { read, SSF, utils, type WorkSheet } from '@e965/xlsx';
import { plainCell } from '#domain/csv-cell.ts';
import { columnOf } from './columns.ts';
import { decodeText } from './encoding.ts';
import type { ProblemCode, RegisterProblem } from './problems.ts';

/** A file as it was handed over: its name is only for messages, the content decides what it is. */
export interface RegisterFile {
  name: string;
  content: Uint8Array;
}

/** A row of cells with the line it begins at, from 1. */
export interface TableRow {
  line: number;
  cells: string[];
}

/** Rows of a file without the empty ones, or why there are none. */
export interface Table {
  format: string;
  rows: TableRow[];
  problem: RegisterProblem | null;
}

/** A register of 100,000 organisations takes about 15 MB. */
const largestFile = 32 * 1024 * 1024;
const mostRows = 200_000;

/** Reads a CSV or XLSX file into rows of trimmed text; never throws on what is in the file. */
export function readTable(file: RegisterFile): Table {
  if (file.content.length > largestFile) {
    return refused('', 'too_large', `${Math.ceil(file.content.length / 1024 / 1024)} MB`, '32 MB');
  }
  const [first, second] = file.content;
  const isArchive = first === 0x50 && second === 0x4b;
  const isOldExcel = first === 0xd0 && second === 0xcf;
  return isArchive || isOldExcel ? readWorkbook(file.content) : readText(file.content);
}

function refused(format: string, code: ProblemCode, found = '', detail = '', line = 0): Table {
  return { format, rows: [], problem: { line, column: null, code, found, detail } };
}

function accepted(format: string, rows: TableRow[]): Table {
  const filled = rows
    .map((row) => ({ line: row.line, cells: row.cells.map((cell) => plainCell(cell.trim()).trim()) }))
    .filter((row) => row.cells.some((cell) => cell !== ''));
  return filled.length > 0 ? { format, rows: filled, problem: null } : refused(format, 'empty_file');
}

function readText(content: Uint8Array): Table {
  const decoded = decodeText(content);
  if (!decoded) return refused('', 'not_a_table');
  const named = /^sep=(.)\r?\n/.exec(decoded.text);
  const text = named ? decoded.text.slice(named[0].length) : decoded.text;
  const delimiter = named?.[1] ?? delimiterOf(text);
  const format = `CSV, ${decoded.encoding}, ${delimiter === '\t' ? 'tab' : delimiter}`;
  const rows: TableRow[] = [];
  let next = named ? 2 : 1;
  const skippedLines = next - 1;
  try {
    parse(text, {
      delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: false,
      on_record: (record: string[], context: { lines: number }) => {
        rows.push({ line: next, cells: record });
        next = context.lines + skippedLines + 1;
        return null;
      },
    });
  } catch (error) {
    if (error instanceof CsvError) return refused(format, 'broken_quotes', '', '', next);
    throw error;
  }
  return accepted(format, rows);
}

/** The separator by which most of the first lines' cells are headings of ours. */
function delimiterOf(text: string): string {
  const lines = text.split(/\r?\n/, 10);
  let best = { delimiter: ',', headings: 0 };
  for (const delimiter of [',', ';', '\t']) {
    for (const line of lines) {
      const cells = line.split(delimiter);
      const headings = cells.filter((cell) => columnOf(cell) !== null).length;
      if (headings > best.headings) best = { delimiter, headings };
    }
  }
  return best.delimiter;
}

function readWorkbook(content: Uint8Array): Table {
  let sheet: WorkSheet | undefined;
  let since1904: boolean;
  try {
    const book = read(content, { type: 'array', cellNF: true, cellHTML: false, sheetRows: mostRows });
    const visible = book.SheetNames.findIndex((_, index) => !book.Workbook?.Sheets?.[index]?.Hidden);
    sheet = book.Sheets[book.SheetNames[Math.max(visible, 0)] ?? ''];
    since1904 = book.Workbook?.WBProps?.date1904 ?? false;
  } catch {
    return refused('', 'not_a_table');
  }
  const reference = sheet?.['!ref'];
  if (!sheet || !reference) return refused('XLSX', 'empty_file');
  const range = utils.decode_range(reference);
  const rows: TableRow[] = [];
  for (let row = range.s.r; row <= range.e.r; row++) {
    const cells: string[] = [];
    for (let column = range.s.c; column <= Math.min(range.e.c, range.s.c + 200); column++) {
      cells.push(cellText(sheet, utils.encode_cell({ r: row, c: column }), since1904));
    }
    rows.push({ line: row + 1, cells });
  }
  return accepted('XLSX', rows);
}

const spreadsheetDates = SSF as {
  is_date(format: string): boolean;
  parse_date_code(value: number, options: { date1904: boolean }): { y: number; m: number; d: number } | null;
};

/** A cell as text: dates as ISO days whatever the sheet shows, numbers without grouping. */
function cellText(sheet: WorkSheet, address: string, since1904: boolean): string {
  const cell = sheet[address] as { t: string; v?: unknown; z?: string | number } | undefined;
  if (!cell || cell.v === undefined || cell.v === null || cell.t === 'e') return '';
  if (cell.t === 'n' && typeof cell.v === 'number') {
    if (typeof cell.z === 'string' && spreadsheetDates.is_date(cell.z)) {
      const date = spreadsheetDates.parse_date_code(cell.v, { date1904: since1904 });
      if (date) return `${date.y}-${String(date.m).padStart(2, '0')}-${String(date.d).padStart(2, '0')}`;
    }
    return String(cell.v);
  }
  return String(cell.v as string | boolean);
}
