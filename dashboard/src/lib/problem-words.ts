import type { EditProblem } from '../../../register/edits.ts';
import { dayWords, spanWords } from './day-words.ts';
import type { Formatter } from '#wording/format.ts';
import { m } from '#wording/paraglide/messages.js';

/** Why a text is no page's address. */
function linkReason(reason: string): string {
  switch (reason) {
    case 'person':
      return m.silent_link_person();
    case 'playlist':
      return m.silent_link_playlist();
    case 'invite':
      return m.silent_link_invite();
    case 'private':
      return m.silent_link_private();
    case 'several':
      return m.silent_link_several();
    case 'ambiguous':
      return m.silent_link_ambiguous();
    default:
      return m.silent_link_other();
  }
}

/** What is wrong with an edit, in a sentence that says what to do. */
export function problemWords({ code, field, found, detail }: EditProblem, format: Formatter): string {
  switch (code) {
    case 'missing':
      if (field === 'channel') return m.silent_problem_channel();
      return field === 'person' ? m.silent_problem_person() : m.silent_problem_missing();
    case 'too_long':
      return m.silent_problem_long({ most: detail });
    case 'not_an_email':
      return m.silent_problem_email({ found });
    case 'not_a_phone':
      return m.silent_problem_phone({ found });
    case 'no_contact':
      return m.silent_problem_contact();
    case 'no_such_day':
      return m.silent_problem_no_day({ found });
    case 'not_a_day':
      return m.silent_problem_day({ found });
    case 'day_out_of_range':
      return dayWords(found, format);
    case 'ends_before_start':
      return m.silent_problem_order({ to: format.day(found), from: format.day(detail) });
    case 'pause_too_long':
      return m.silent_problem_length({ days: found, most: detail });
    case 'pauses_overlap': {
      const [from = '', to = ''] = found.split(' ');
      return m.silent_problem_overlap({ days: spanWords(from, to, format), reason: detail });
    }
    case 'not_a_page':
      return m.silent_problem_link({ found, reason: linkReason(detail) });
    case 'page_same':
      return m.silent_problem_same({ found });
    case 'page_here':
      return m.silent_problem_here({ found });
    case 'page_elsewhere':
      return m.silent_problem_elsewhere({ owner: detail });
    case 'no_pages':
      return m.silent_problem_no_pages();
    case 'nothing_changed':
      return m.silent_problem_unchanged();
    case 'reminded_already':
      return m.silent_problem_reminded();
    case 'taken_meanwhile':
      return m.silent_problem_taken();
    case 'not_there':
      return m.silent_problem_gone();
    case 'changed_since':
      return m.silent_problem_changed();
    case 'undone_already':
      return m.silent_problem_undone();
  }
}
