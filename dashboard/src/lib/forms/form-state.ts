import type { enhance } from '$app/forms';
import type { EditProblem } from '../../../../register/edits.ts';
import type { Formatter } from '#lib/format.ts';
import { m } from '#lib/paraglide/messages.js';
import { problemWords } from '#lib/problem-words.ts';

/** What came back of a form that was refused. */
export interface Refused {
  problems: readonly EditProblem[];
  values: Record<string, string[]>;
}

/** What is done when a form is sent without leaving the page. */
export type Send = NonNullable<Parameters<typeof enhance>[1]>;

/** What a form shows in its fields and beside them. */
export interface FormState {
  /** Where it is sent: the action and the list's address, so that the list stays as it is. */
  action: (name: string) => string;
  close: string;
  /** The link that opens it, where that is shown, here or on an organisation's own screen. */
  opener: () => HTMLElement | null;
  /** Sends it without leaving the page. */
  send: Send;
  /** It is on its way: what was entered is not lost. */
  isSending: () => boolean;
  /** Why it came back: what was entered is in it, and nowhere else. `null` when it did not. */
  refusal: Refused | null;
  /** What was entered before it was refused, else what is given. */
  value: (field: string, given: string) => string;
  /** What was ticked, else `null`. */
  ticked: (field: string) => readonly string[] | null;
  problem: (field: string) => string | undefined;
  /** Problems of none of these fields. */
  general: (fields: readonly string[]) => string[];
}

/** The state of a form at these addresses, filled again when it was refused. */
export function formStateOf(
  refused: Refused | null,
  format: Formatter,
  ways: Pick<FormState, 'action' | 'close' | 'opener' | 'send' | 'isSending'>,
): FormState {
  const problems = refused?.problems ?? [];
  return {
    ...ways,
    refusal: refused,
    value: (field, given) => (refused ? (refused.values[field]?.[0] ?? '') : given),
    ticked: (field) => (refused ? (refused.values[field] ?? []) : null),
    problem: (field) => {
      const found = problems.find((each) => each.field === field);
      if (!found) return undefined;
      // Which dates are taken is said once, however many are not.
      const first = problems.find(({ code }) => code === found.code);
      return found.code === 'day_out_of_range' && first !== found
        ? m.day_out_of_range_too({ found: found.found })
        : problemWords(found, format);
    },
    general: (fields) =>
      problems
        .filter(({ field }) => field === null || !fields.includes(field))
        .map((each) => problemWords(each, format)),
  };
}
