import type { Operations } from '#schema/operations/connect.ts';
import { editInTurn } from '#schema/operations/edits-in-turn.ts';
import { applyChanges } from './apply.ts';
import { changesOf, type OrganisationChange } from './changes.ts';
import { checkTogether } from './check.ts';
import type { Headings } from './columns.ts';
import type { Actor } from './edits/actor.ts';
import { loadRegister } from './load.ts';
import { spoilsFile, type RegisterProblem } from './problems.ts';
import { otherPages, type RegisterWarning } from './warnings.ts';
import { readRegister, type RegisterRow } from './rows.ts';
import { RegisterIndex } from './state.ts';
import type { RegisterFile } from './table.ts';

/** What an import would do, or has done. */
export interface ImportPlan {
  /** The file's name, and what it turned out to be. */
  file: string;
  format: string;
  /** Everything wrong, by line. */
  problems: RegisterProblem[];
  /** What is taken over, and worth a second look. */
  warnings: RegisterWarning[];
  /** Rows that are left out because something is wrong with them. */
  badRows: number;
  ignoredHeadings: string[];
  /** The headings of the file as they stand in it. */
  headings: Headings;
  /** The good rows, as read. */
  rows: RegisterRow[];
  changes: OrganisationChange[];
  /** Whether it may be applied: nothing is wrong, or bad rows may be left out and there are others. */
  acceptable: boolean;
  /** Whether leaving out bad rows would help. */
  skippable: boolean;
  /** The local day on which members were counted where the file names none. */
  today: string;
}

/** Reads a file, holds it against the register and says what would change. Writes nothing. */
export async function planImport(
  operations: Operations,
  file: RegisterFile,
  options: { today: string; skipBad: boolean },
): Promise<ImportPlan> {
  const content = readRegister(file, options.today);
  const index = new RegisterIndex(await loadRegister(operations));
  const checked = checkTogether(content.rows, index);
  const problems = [...content.problems, ...checked.problems].sort((one, other) => one.line - other.line);
  const skippable = !problems.some(spoilsFile) && checked.rows.length > 0;
  const acceptable = problems.length === 0 || (options.skipBad && skippable);
  return {
    file: file.name,
    format: content.format,
    problems,
    warnings: acceptable ? otherPages(checked.rows, index) : [],
    badRows: new Set(problems.map((problem) => problem.line)).size,
    ignoredHeadings: content.ignoredHeadings,
    headings: content.headings,
    rows: checked.rows,
    changes: acceptable ? changesOf(checked.rows, index, options.today) : [],
    acceptable,
    skippable,
    today: options.today,
  };
}

/** The import may not be applied: the file is not good, or the register was changed since it was looked at. */
export class ImportRefused extends Error {
  override readonly name = 'ImportRefused';
}

/**
 * Takes an acceptable plan over: in one transaction, with an entry in the journal for each organisation and page that
 * changes. The register is read again inside it, so that what is written fits what is there; returns the plan as done.
 * Throws `ImportRefused`.
 */
export async function applyImport(
  operations: Operations,
  plan: ImportPlan,
  by: Pick<Actor, 'who' | 'now'>,
): Promise<ImportPlan> {
  if (!plan.acceptable) throw new ImportRefused(`${plan.file} is not good: nothing was taken.`);
  return await editInTurn(operations, async (inside) => {
    const index = new RegisterIndex(await loadRegister(inside));
    if (checkTogether(plan.rows, index).problems.length > 0) {
      throw new ImportRefused(
        'The register was changed meanwhile. Nothing was taken: import the file again.',
      );
    }
    const changes = changesOf(plan.rows, index, plan.today);
    await applyChanges(inside, plan.rows, changes, index, by);
    return { ...plan, changes };
  });
}
