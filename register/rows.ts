import { isAllowedDay } from '#domain/allowed-days.ts';
import { basisFields, type PersonBasis } from '#domain/personal-data.ts';
import type { PageLink } from '#domain/page-link.ts';
import { networks, type Network } from '#domain/networks.ts';
import type { Level, Tier } from '#domain/vocabulary.ts';
import {
  basisColumn,
  basisFrom,
  columnOf,
  levelOf,
  registerColumns,
  tierOf,
  type Headings,
  type RegisterColumn,
} from './columns.ts';
import { linksOf } from './links.ts';
import type { ProblemCode, RegisterProblem } from './problems.ts';
import { readTable, type RegisterFile, type TableRow } from './table.ts';
import { countOf, dayFrom, emailOf, phoneOf } from './values.ts';

/** A person as a row names one; what is absent stays as it was. */
export interface RowPerson {
  name?: string | undefined;
  email?: string | undefined;
  phone?: string | undefined;
  /** By what right they are kept, as far as the row says. */
  basis: Partial<PersonBasis>;
}

/** What a row of the file says about one organisation; an empty cell says nothing. */
export interface RegisterRow {
  line: number;
  name: string;
  short?: string | undefined;
  parent?: string | undefined;
  level?: Level | undefined;
  sector?: string | undefined;
  municipality?: string | undefined;
  council?: string | undefined;
  tier?: Tier | undefined;
  /** `on` is `null` when the file gives no day: the day of the import. */
  members?: { count: number; on: string | null } | undefined;
  pages: PageLink[];
  chair?: RowPerson | undefined;
  responsible?: RowPerson | undefined;
}

/** Everything a file says, before it is held against the register. */
export interface RegisterContent {
  format: string;
  rows: RegisterRow[];
  problems: RegisterProblem[];
  /** Headings that are no column of the register; their cells are not read. */
  ignoredHeadings: string[];
  /** Headings of those that are, as they stand in the file. */
  headings: Headings;
}

/** Reads a register file row by row; `today` bounds the days members were counted on. */
export function readRegister(file: RegisterFile, today: string): RegisterContent {
  const table = readTable(file);
  const content: RegisterContent = {
    format: table.format,
    rows: [],
    problems: [],
    ignoredHeadings: [],
    headings: new Map(),
  };
  if (table.problem) return { ...content, problems: [table.problem] };
  const headingAt = table.rows
    .slice(0, 10)
    .findIndex((row) => row.cells.some((cell) => columnOf(cell) === 'organisation'));
  const heading = table.rows[headingAt];
  if (!heading) {
    const found = (table.rows[0]?.cells ?? []).filter(Boolean).slice(0, 30).join(', ').slice(0, 300);
    return {
      ...content,
      problems: [problemAt(table.rows[0]?.line ?? 1, null, 'no_organisation_column', found)],
    };
  }
  const columns = heading.cells.map(columnOf);
  content.ignoredHeadings = heading.cells.filter((cell, index) => cell !== '' && columns[index] === null);
  content.headings = new Map(
    columns.flatMap((column, index) =>
      column === null ? [] : [[column, heading.cells[index] ?? column] as const],
    ),
  );
  const headingsOf = (wanted: RegisterColumn): string =>
    heading.cells.filter((_, index) => columns[index] === wanted).join(', ');
  const twice = columns.find((column, index) => column !== null && columns.indexOf(column) !== index);
  if (twice)
    return { ...content, problems: [problemAt(heading.line, twice, 'column_twice', headingsOf(twice))] };
  for (const row of table.rows.slice(headingAt + 1)) {
    const reader = new RowReader(row, columns, heading.cells.length);
    const read = reader.read(today);
    content.problems.push(...reader.problems);
    if (read) content.rows.push(read);
  }
  if (content.rows.length === 0 && content.problems.length === 0) {
    content.problems.push(problemAt(heading.line, null, 'empty_file'));
  }
  return content;
}

function problemAt(
  line: number,
  column: RegisterColumn | null,
  code: ProblemCode,
  found = '',
  detail = '',
): RegisterProblem {
  return { line, column, code, found: found.slice(0, 300), detail };
}

const longestText = 300;

/** Reads one row and collects everything that is wrong with it, not only the first thing. */
class RowReader {
  readonly problems: RegisterProblem[] = [];
  readonly #line: number;
  readonly #cells: ReadonlyMap<RegisterColumn, string>;

  constructor(row: TableRow, columns: readonly (RegisterColumn | null)[], width: number) {
    this.#line = row.line;
    this.#cells = new Map(
      registerColumns.map((column) => {
        const cell = row.cells[columns.indexOf(column)] ?? '';
        return [column, columns.includes(column) && !/^[-–—]$/.test(cell) ? cell : ''];
      }),
    );
    const leftOver = row.cells.slice(width).filter(Boolean);
    if (leftOver.length > 0) this.#report(null, 'too_many_cells', leftOver.join(' '));
  }

  /** The row's content; `null` when anything is wrong with it. */
  read(today: string): RegisterRow | null {
    const name = this.#text('organisation');
    if (!name && !this.problems.some((problem) => problem.column === 'organisation')) {
      this.#report('organisation', 'name_missing');
    }
    const row: RegisterRow = {
      line: this.#line,
      name: name ?? '',
      short: this.#text('short'),
      parent: this.#text('parent'),
      level: this.#value('level', levelOf, 'level_unknown'),
      sector: this.#text('sector'),
      municipality: this.#text('municipality'),
      council: this.#text('council'),
      tier: this.#value('tier', tierOf, 'tier_unknown'),
      members: this.#members(today),
      pages: networks.flatMap((network) => this.#pages(network)),
      chair: this.#person('chair', 'chair_email', 'chair_phone', today),
      responsible: this.#person('responsible', 'email', 'phone', today),
    };
    return this.problems.length === 0 ? row : null;
  }

  #report(column: RegisterColumn | null, code: ProblemCode, found = '', detail = ''): void {
    this.problems.push(problemAt(this.#line, column, code, found, detail));
  }

  #text(column: RegisterColumn): string | undefined {
    const text = (this.#cells.get(column) ?? '').replace(/[\s\p{Cc}]+/gu, ' ').trim();
    if (text.length > longestText) {
      this.#report(column, 'too_long', text.slice(0, 40), String(longestText));
      return undefined;
    }
    return text === '' ? undefined : text;
  }

  #value<Value>(
    column: RegisterColumn,
    understand: (text: string) => Value | null,
    code: ProblemCode,
  ): Value | undefined {
    const text = this.#text(column);
    if (text === undefined) return undefined;
    const value = understand(text);
    if (value === null) this.#report(column, code, text);
    return value ?? undefined;
  }

  #members(today: string): RegisterRow['members'] {
    const count = this.#value('members', countOf, 'not_a_number');
    const on = this.#value('members_on', dayFrom, 'not_a_date');
    if (on !== undefined && !isAllowedDay(on)) this.#report('members_on', 'day_out_of_range', on);
    else if (on !== undefined && on > today) this.#report('members_on', 'date_in_future', on);
    return count === undefined ? undefined : { count, on: on ?? null };
  }

  #pages(network: Network): PageLink[] {
    const cell = this.#cells.get(network) ?? '';
    const { links, problem } = linksOf(cell, network);
    if (problem) this.#report(network, problem.code, problem.found, problem.detail);
    return links;
  }

  #person(
    name: 'chair' | 'responsible',
    email: RegisterColumn,
    phone: RegisterColumn,
    today: string,
  ): RowPerson | undefined {
    const person: RowPerson = {
      name: this.#text(name),
      email: this.#value(email, emailOf, 'not_an_email'),
      phone: this.#value(phone, phoneOf, 'not_a_phone'),
      basis: this.#basis(name, today),
    };
    const isSaid = Object.keys(person.basis).length > 0;
    return person.name || person.email || person.phone || isSaid ? person : undefined;
  }

  #basis(person: 'chair' | 'responsible', today: string): Partial<PersonBasis> {
    const said: Partial<PersonBasis> = {};
    const basis = this.#value(basisColumn(person, 'basis'), basisFrom, 'basis_unknown');
    const proof = this.#text(basisColumn(person, 'proof'));
    if (basis !== undefined) said.basis = basis;
    if (proof !== undefined) said.proof = proof;
    for (const field of basisFields) {
      if (field === 'basis' || field === 'proof') continue;
      const column = basisColumn(person, field);
      const day = this.#value(column, dayFrom, 'not_a_date');
      if (day === undefined) continue;
      if (!isAllowedDay(day)) this.#report(column, 'day_out_of_range', day);
      else if (day > today) this.#report(column, 'date_in_future', day);
      said[field] = day;
    }
    for (const consent of ['processing', 'dissemination'] as const) {
      const [given, withdrawn] = [said[`${consent}Given`], said[`${consent}Withdrawn`]];
      if (given && withdrawn && withdrawn < given)
        this.#report(basisColumn(person, `${consent}Withdrawn`), 'withdrawn_too_early', withdrawn, given);
    }
    return said;
  }
}
