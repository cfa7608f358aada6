import { unnamedActor } from '#register/edits/actor.ts';
import type { EditProblem } from '#register/edits/problems.ts';
import type { EditProblemCode } from '#register/edits/registry.ts';
import { dayLabel, spanLabel } from './day-labels.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';
import { usualAddresses } from '#wording/vocabulary-labels.ts';

/** Why a text is no page's address. */
function linkReason(reason: string): string {
  switch (reason) {
    case 'person':
      return m.problem_link_person();
    case 'playlist':
      return m.problem_link_playlist();
    case 'invite':
      return m.problem_link_invite();
    case 'private':
      return m.problem_link_private();
    case 'several':
      return m.problem_link_several();
    case 'ambiguous':
      return m.problem_link_ambiguous();
    default:
      return m.problem_link_other();
  }
}

/** What can be wrong with a form that was sent: with the edit itself, or that it could not be made. */
export type FormProblem = EditProblem<EditProblemCode | 'not_sent' | 'no_answer'>;
type Problem = FormProblem;

/** Who was first, and when, as far as that is known. */
function editedText({ found: who, detail: when }: Problem, format: Formatter): string {
  if (when === '') return m.problem_edited();
  const said = { when: format.instant(when) };
  return who === unnamedActor || who === ''
    ? m.problem_edited_when(said)
    : m.problem_edited_by({ ...said, who });
}

const sentences: Record<Problem['code'], (problem: Problem, format: Formatter) => string> = {
  missing: ({ field }) => {
    if (field === 'channel') return m.problem_channel();
    return field === 'person' ? m.problem_person() : m.problem_missing();
  },
  too_long: ({ detail }) => m.problem_long({ most: detail }),
  not_an_email: ({ found }) => m.problem_email({ found }),
  not_a_phone: ({ found }) => m.problem_phone({ found }),
  no_contact: () => m.problem_contact(),
  no_such_day: ({ found }) => m.problem_no_day({ found }),
  not_a_day: ({ found }) => m.problem_day({ found }),
  day_out_of_range: ({ found }, format) => dayLabel(found, format),
  ends_before_start: ({ found, detail }, format) =>
    m.problem_order({ to: format.day(found), from: format.day(detail) }),
  pause_too_long: ({ found, detail }) => m.problem_length({ days: found, most: detail }),
  pauses_overlap: ({ found, detail }, format) => {
    const [from = '', to = ''] = found.split(' ');
    return m.problem_overlap({ days: spanLabel(from, to, format), reason: detail });
  },
  not_a_page: ({ found, detail }) =>
    m.problem_link({ found, reason: linkReason(detail), addresses: usualAddresses() }),
  page_same: ({ found }) => m.problem_same({ found }),
  page_here: ({ found }) => m.problem_here({ found }),
  page_elsewhere: ({ detail }) =>
    detail === '' ? m.problem_elsewhere_other() : m.problem_elsewhere({ owner: detail }),
  no_pages: () => m.problem_no_pages(),
  nothing_changed: () => m.problem_unchanged(),
  reminded_already: () => m.problem_reminded(),
  consent_withdrawn: ({ found, detail }, format) =>
    m.problem_consent_withdrawn({ name: found, day: format.day(detail) }),
  basis_unknown: () => m.problem_basis(),
  day_ahead: ({ found }, format) => m.problem_day_ahead({ day: format.day(found) }),
  basis_too_old: ({ detail }, format) => m.problem_basis_old({ day: format.day(detail) }),
  withdrawn_too_early: ({ found, detail }, format) =>
    m.problem_withdrawn_early({ day: format.day(found), given: format.day(detail) }),
  not_a_count: ({ found }) => m.problem_count({ got: found }),
  not_ahead: ({ found }) => m.problem_not_ahead({ got: found }),
  taken_meanwhile: () => m.problem_taken(),
  edited_meanwhile: editedText,
  not_there: () => m.problem_gone(),
  beyond_reach: () => m.problem_beyond(),
  still_to_come: ({ found }, format) => m.problem_to_come({ day: format.day(found) }),
  changed_since: () => m.problem_changed(),
  undone_already: () => m.problem_undone(),
  data_erased: () => m.problem_erased(),
  not_sent: ({ found }) => m.problem_not_sent({ trouble: found }),
  no_answer: () => m.problem_no_answer(),
};

/** What is wrong with an edit, in a sentence that says what to do. */
export function problemText(problem: Problem, format: Formatter): string {
  return sentences[problem.code](problem, format);
}
