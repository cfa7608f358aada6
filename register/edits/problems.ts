/** What can be wrong with edits of several kinds; what is wrong with one kind alone, its module says. */
export type CommonProblemCode =
  | 'missing'
  | 'too_long'
  | 'not_an_email'
  | 'not_a_phone'
  | 'no_contact'
  | 'not_a_day'
  | 'no_such_day'
  | 'day_out_of_range'
  | 'not_a_page'
  | 'page_here'
  | 'page_elsewhere'
  | 'nothing_changed'
  | 'taken_meanwhile'
  | 'edited_meanwhile'
  | 'not_there'
  | 'beyond_reach'
  | 'changed_since'
  | 'undone_already'
  | 'data_erased';

/** One thing wrong with an edit, in which field, and what was got. */
export interface EditProblem<Code extends string = string> {
  /** The field's name in the edit and its form; `null` when the edit is meant as a whole. */
  field: string | null;
  code: Code;
  /** What was got, or what stands in the way: another pause, another organisation, who was first. */
  found: string;
  /** What belongs to the reason: the greatest length, the reason of the other pause, when it was. */
  detail: string;
}

/** An edit of the register that was not made: everything wrong with it. Nothing was changed. */
export class EditRefused extends Error {
  override readonly name = 'EditRefused';
  readonly problems: readonly EditProblem[];

  constructor(problems: readonly EditProblem[], options?: ErrorOptions) {
    super(
      `The edit was refused: ${problems.map(({ code, found }) => `${code} ${found}`.trim()).join('; ')}.`,
      options,
    );
    this.problems = problems;
  }
}

/** Makes problems of one kind of edit: the common ones, and those that it names. */
export function problemsOf<const Own extends string = never>(...codes: readonly Own[]) {
  type Code = CommonProblemCode | Own;
  const problem = (code: Code, field: string | null = null, found = '', detail = ''): EditProblem<Code> => ({
    field,
    code,
    found,
    detail,
  });
  return {
    codes,
    problem,
    /** The refusal for one problem, to be thrown. */
    refusal: (...about: Parameters<typeof problem>) => new EditRefused([problem(...about)]),
  };
}

/** Throws `EditRefused` when there is anything wrong. */
export function refuseOn(problems: readonly EditProblem[]): void {
  if (problems.length > 0) throw new EditRefused(problems);
}
