/**
 * Cells of tables that people open in a spreadsheet. A text that a spreadsheet would take for a formula is made harmless
 * by an apostrophe before it, and is taken back without it. The marks are those of OWASP's page on CSV injection: `=`,
 * `+`, `-` and `@`, their full-width forms, and a tab, line feed or carriage return at the beginning. White space and
 * invisible characters before a mark do not hide it: spreadsheets pass over them.
 */
const blank = String.raw`[\s\p{Cc}\p{Cf}\u3164]*`;
const formula = String.raw`(?:[\t\n\v\f\r\u0085\u2028\u2029]|${blank}[=+\-@＝＋－＠﹢﹣﹦﹫−])`;

/** A text that begins as a formula does, after any number of apostrophes: so the way back is never in doubt. */
const risky = new RegExp(`^'*${formula}`, 'u');
const defused = new RegExp(`^'+${formula}`, 'u');

/** A text as a cell that no spreadsheet takes for a formula. Other texts stay as they are. */
export function defusedCell(text: string): string {
  return risky.test(text) ? `'${text}` : text;
}

/** The text that `defusedCell` was given: `plainCell(defusedCell(text)) === text` for every text. */
export function plainCell(cell: string): string {
  return defused.test(cell) ? cell.slice(1) : cell;
}
