import { applyAction } from '$app/forms';
import type { ActiveForm, EditForm } from '#lib/edit-address.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import { problemText } from '#lib/problem-labels.ts';
import type { Refusal } from '#lib/server/edit-actions.ts';
import { formStateOf, type FormState, type Refused, type Send } from './form-state.ts';
import { findOpener } from './opened-form.ts';
import { unsentResult } from './unsent-result.ts';

/** The forms of a screen that were sent and are on their way. One for as long as the screen is there. */
export class SentForms {
  #underWay = 0;

  readonly isSending = (): boolean => this.#underWay > 0;

  /**
   * Sends a form without leaving the page. What somebody else has edited meanwhile is shown beside what was entered; and so is
   * that it could not be sent.
   */
  readonly send: Send = ({ formData }) => {
    this.#underWay += 1;
    return async ({ result, update }) => {
      try {
        const unsent = unsentResult(result, formData);
        if (unsent) {
          await applyAction(unsent);
          return;
        }
        const isConflict = result.type === 'failure' && result.status === 409;
        // What is refused is shown where it was sent from, whatever the address says was done before.
        await update({ reset: false, navigate: false, refreshAll: isConflict });
      } finally {
        this.#underWay -= 1;
      }
    };
  };
}

/** What a screen's forms are sent to, and what has come back. */
export interface FormScreen {
  /** What came back of the last form, if anything. */
  answer: Refusal | null | undefined;
  open: ActiveForm | null;
  /** The path of the screen, and its parameters without what was just done. */
  path: string;
  /** The parameters with which the open form is there again, and without it: `''` or `?…`. */
  here: string;
  closed: string;
  /** The level of the form's heading. */
  level: FormState['level'];
  /** The anchor of the place where the open form stands; '' for none. */
  at: string;
}

/** Where a screen opens a form, or closes it when it is open. */
export type FormLinks = (action: EditForm, id: number) => { href: string; isOpen: boolean };

/** An action of a screen, whose address is sent beside it: the list and the open form are there again when it is refused. */
export const actionAddress = (name: string, query: string, at = ''): string =>
  `?/${name}${query && `&${query.slice(1)}`}${at && `#${at}`}`;

/** How the open form of a screen is sent, and what is shown in it. */
export function activeFormState(screen: FormScreen, sent: SentForms, format: Formatter): FormState {
  const { path, here, closed, at, open, level } = screen;
  return formStateOf(refusedForm(screen.answer), format, {
    level,
    action: (name) => actionAddress(name, here, at),
    close: `${path}${closed}${at && `#${at}`}`,
    opener: () => open && findOpener(open),
    send: sent.send,
    isSending: sent.isSending,
  });
}

const isUndo = (refused: Refused): boolean => refused.values['entry'] !== undefined;

/** What came back of a form that is filled in; `null` when nothing did, or it was an undoing. */
function refusedForm(answer: Refusal | null | undefined): Refused | null {
  return answer && !answer.isForbidden && !isUndo(answer) ? answer : null;
}

/** Why nothing was done, where no open form says so. */
export function noticeProblems(
  answer: Refusal | null | undefined,
  isFormShown: boolean,
  format: Formatter,
): string[] {
  if (!answer) return [];
  if (answer.isForbidden) return [m.edit_refused()];
  if (isFormShown && !isUndo(answer)) return [];
  return answer.problems.map((problem) => problemText(problem, format));
}
