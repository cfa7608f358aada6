import type { enhance } from '$app/forms';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import { problemText, type FormProblem } from '#lib/problem-labels.ts';

/** What came back of a form that was refused. */
export interface Refused {
  problems: readonly FormProblem[];
  values: Record<string, string[]>;
}

/** What is done when a form is sent without leaving the page. */
export type Send = NonNullable<Parameters<typeof enhance>[1]>;

/** How a screen has its forms sent. */
export interface FormWays {
  /** The level of the open form's heading, below that of what it stands under. */
  level: 2 | 3 | 4;
  /** Where a form is sent: the action and the screen's address, so that the screen stays as it is. */
  action: (name: string) => string;
  /** Where an open form is closed. */
  close: string;
  /** The link that opens it, where that is shown. */
  opener: () => HTMLElement | null;
  /** Sends it without leaving the page. */
  send: Send;
  /** It is on its way: what was entered is not lost. */
  isSending: () => boolean;
}

/** What a form shows in its fields and beside them. */
export interface FormState extends FormWays {
  /** Why it came back: what was entered is in it, and nowhere else. `null` when it did not. */
  refusal: Refused | null;
  /** Somebody else has edited the same since it was opened: what holds now is to be told beside what was entered. */
  isConflict: boolean;
  /** What was entered before it was refused, else what is given. */
  value: (field: string, given: string) => string;
  /** What was ticked, else `null`. */
  ticked: (field: string) => readonly string[] | null;
  problem: (field: string) => string | undefined;
  /** Problems of none of these fields. */
  general: (fields: readonly string[]) => string[];
}

/** The state of a form that is sent so, filled again when it was refused. */
export function formStateOf(refused: Refused | null, format: Formatter, ways: FormWays): FormState {
  const problems = refused?.problems ?? [];
  return {
    ...ways,
    refusal: refused,
    isConflict: problems.some(({ code }) => code === 'edited_meanwhile'),
    value: (field, given) => (refused ? (refused.values[field]?.[0] ?? '') : given),
    ticked: (field) => (refused ? (refused.values[field] ?? []) : null),
    problem: (field) => {
      const found = problems.find((each) => each.field === field);
      if (!found) return undefined;
      // Which dates are taken is said once, however many are not.
      const first = problems.find(({ code }) => code === found.code);
      return found.code === 'day_out_of_range' && first !== found
        ? m.day_out_of_range_too({ found: found.found })
        : problemText(found, format);
    },
    general: (fields) =>
      problems
        .filter(({ field }) => field === null || !fields.includes(field))
        .map((each) => problemText(each, format)),
  };
}

/** Fields that nobody fills in: they say what a form is about. */
const hiddenFields = ['version', 'organisation', 'person', 'page', 'known', 'entry', 'channel'];

/** The texts that were entered in a form that was refused. */
export function enteredTexts({ values }: Refused): string[] {
  return Object.entries(values).flatMap(([field, texts]) =>
    hiddenFields.includes(field) ? [] : texts.filter((text) => text.trim() !== ''),
  );
}
