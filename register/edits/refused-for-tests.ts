import { EditRefused, type EditProblem } from './problems.ts';

/** What an edit was refused for; fails when it was made, or failed otherwise. */
export async function problemsOfRefused(edit: Promise<unknown>): Promise<EditProblem[]> {
  const error = await edit.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof EditRefused)) throw new Error(`The edit was not refused: ${String(error)}`);
  return [...error.problems];
}
