import { basisFields } from '#domain/personal-data.ts';
import { basisColumn, type RegisterColumn } from './columns.ts';
import type { ProblemCode, RegisterProblem } from './problems.ts';
import type { RegisterRow } from './rows.ts';
import { identityKeys, nameKey, type RegisterIndex } from './state.ts';

/**
 * Holds rows that are well in themselves against each other and against the register: organisations and pages
 * named twice, parents that are nowhere or go round in a circle, a second federation. Rows found wrong are taken
 * out and the rest is looked at again, until what is left is wholly good.
 */
export function checkTogether(
  rows: readonly RegisterRow[],
  index: RegisterIndex,
): { rows: RegisterRow[]; problems: RegisterProblem[] } {
  const problems: RegisterProblem[] = [];
  let left = [...rows];
  for (;;) {
    const found = checks.flatMap((check) => check(left, index));
    if (found.length === 0) return { rows: left, problems };
    problems.push(...found);
    const wrong = new Set(found.map((problem) => problem.line));
    left = left.filter((row) => !wrong.has(row.line));
  }
}

type Check = (rows: readonly RegisterRow[], index: RegisterIndex) => RegisterProblem[];

const checks: readonly Check[] = [checkNames, checkPages, checkParents, checkFederations, checkBases];

function problem(
  row: RegisterRow,
  column: RegisterColumn,
  code: ProblemCode,
  found: string,
  detail = '',
): RegisterProblem {
  return { line: row.line, column, code, found, detail };
}

function checkNames(rows: readonly RegisterRow[], index: RegisterIndex): RegisterProblem[] {
  const first = new Map<string, RegisterRow>();
  const problems: RegisterProblem[] = [];
  for (const row of rows) {
    const key = nameKey(row.name);
    const earlier = first.get(key);
    if (earlier)
      problems.push(problem(row, 'organisation', 'organisation_twice', row.name, String(earlier.line)));
    else if (index.named(row.name).length > 1) {
      problems.push(problem(row, 'organisation', 'name_ambiguous', row.name));
    }
    if (!earlier) first.set(key, row);
  }
  return problems;
}

function checkPages(rows: readonly RegisterRow[], index: RegisterIndex): RegisterProblem[] {
  const owners = new Map<string, RegisterRow>();
  const problems: RegisterProblem[] = [];
  for (const row of rows) {
    for (const link of row.pages) {
      const known = index.page(link);
      const keys = known ? [...identityKeys(link), ...identityKeys(known)] : identityKeys(link);
      const owner = keys.map((key) => owners.get(key)).find((other) => other !== undefined);
      if (owner && owner !== row) {
        problems.push(problem(row, link.network, 'page_of_two', link.url, String(owner.line)));
      } else if (owner) {
        problems.push(problem(row, link.network, 'page_twice', link.url));
      }
      for (const key of keys) if (!owners.has(key)) owners.set(key, row);
    }
  }
  return problems;
}

/** Where a row's parent is: a row of the same file, an organisation of the register, or nowhere. */
export type FoundParent =
  | { kind: 'row'; row: RegisterRow }
  | { kind: 'known'; id: number }
  | { kind: 'none'; code: 'parent_unknown' | 'parent_ambiguous' };

/** Finds parents by full name, then by short name; the file goes before the register. */
export function parentFinder(
  rows: readonly RegisterRow[],
  index: RegisterIndex,
): (parent: string) => FoundParent {
  const byName = new Map(rows.map((row) => [nameKey(row.name), row]));
  const byShort = new Map<string, RegisterRow[]>();
  for (const row of rows) {
    if (row.short) byShort.set(nameKey(row.short), [...(byShort.get(nameKey(row.short)) ?? []), row]);
  }
  return (parent) => {
    const row = byName.get(nameKey(parent));
    if (row) return { kind: 'row', row };
    const known = index.named(parent);
    if (known[0]) return { kind: 'known', id: known[0].id };
    const shortRows = byShort.get(nameKey(parent)) ?? [];
    const inFile = new Set(shortRows.map((other) => nameKey(other.name)));
    const shortKnown = index.shortNamed(parent).filter((other) => !inFile.has(nameKey(other.name)));
    if (shortRows.length + shortKnown.length > 1) return { kind: 'none', code: 'parent_ambiguous' };
    if (shortRows[0]) return { kind: 'row', row: shortRows[0] };
    if (shortKnown[0]) return { kind: 'known', id: shortKnown[0].id };
    return { kind: 'none', code: 'parent_unknown' };
  };
}

function checkParents(rows: readonly RegisterRow[], index: RegisterIndex): RegisterProblem[] {
  const find = parentFinder(rows, index);
  const rowOf = new Map(rows.map((row) => [nameKey(row.name), row]));
  const problems: RegisterProblem[] = [];
  for (const row of rows) {
    if (row.parent === undefined) continue;
    const parent = find(row.parent);
    if (parent.kind === 'none') problems.push(problem(row, 'parent', parent.code, row.parent));
    else {
      const circle = circleFrom(row, find, rowOf, index);
      if (circle) problems.push(problem(row, 'parent', 'parent_cycle', row.parent, circle.join(' → ')));
    }
  }
  return problems;
}

/** The names met when going up from a row until it is met again; `null` when the way up ends. */
function circleFrom(
  start: RegisterRow,
  find: (parent: string) => FoundParent,
  rowOf: ReadonlyMap<string, RegisterRow>,
  index: RegisterIndex,
): string[] | null {
  const startKey = nameKey(start.name);
  const met = new Set<string>();
  const names = [start.name];
  let name: string | null = parentName(start.name, find, rowOf, index);
  while (name !== null) {
    names.push(name);
    const key = nameKey(name);
    if (key === startKey) return names;
    if (met.has(key)) return null;
    met.add(key);
    name = parentName(name, find, rowOf, index);
  }
  return null;
}

/** The parent of an organisation after the import: what its row says, else what the register says. */
function parentName(
  name: string,
  find: (parent: string) => FoundParent,
  rowOf: ReadonlyMap<string, RegisterRow>,
  index: RegisterIndex,
): string | null {
  const row = rowOf.get(nameKey(name));
  if (row?.parent !== undefined) {
    const parent = find(row.parent);
    if (parent.kind === 'row') return parent.row.name;
    return parent.kind === 'known' ? (index.organisation(parent.id)?.name ?? null) : null;
  }
  const parentId = index.named(name)[0]?.parentId ?? null;
  return parentId === null ? null : (index.organisation(parentId)?.name ?? null);
}

function checkFederations(rows: readonly RegisterRow[], index: RegisterIndex): RegisterProblem[] {
  const inFile = new Map(rows.map((row) => [nameKey(row.name), row]));
  const staying = index.state.organisations.find((organisation) => {
    if (organisation.level !== 'federation') return false;
    return (inFile.get(nameKey(organisation.name))?.level ?? 'federation') === 'federation';
  });
  let federation = staying?.name;
  const problems: RegisterProblem[] = [];
  for (const row of rows) {
    if (row.level !== 'federation') continue;
    if (federation === undefined) federation = row.name;
    else if (nameKey(federation) !== nameKey(row.name)) {
      problems.push(problem(row, 'level', 'two_federations', row.name, federation));
    }
  }
  return problems;
}

/** What is said of consents is of somebody. */
function checkBases(rows: readonly RegisterRow[], index: RegisterIndex): RegisterProblem[] {
  return rows.flatMap((row) => {
    const id = index.named(row.name)[0]?.id;
    return (['chair', 'responsible'] as const).flatMap((role) => {
      const said = row[role];
      const [field] = said ? basisFields.filter((each) => said.basis[each] !== undefined) : [];
      if (!said || !field || said.name || said.email || said.phone) return [];
      const isSomebody = id !== undefined && index.person(id, role) !== undefined;
      return isSomebody ? [] : [problem(row, basisColumn(role, field), 'basis_of_nobody', '')];
    });
  });
}
