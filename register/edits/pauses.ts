import { z } from 'zod';
import { dayProblem } from '#domain/allowed-days.ts';
import { addDays, daysIn, overlap } from '#domain/period.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { addPause, listPauses, removePause, type Pause } from '#schema/operations/pauses.ts';
import { isPauseMirrored } from '#schema/register-mirror.ts';
import { defineEdit, type Names } from './edit-kind.ts';
import { idField, readText, textField } from './fields.ts';
import { organisationToEdit } from './organisation-to-edit.ts';
import { problemsOf, refuseOn, type EditProblem } from './problems.ts';

const { codes, problem, refusal } = problemsOf('ends_before_start', 'pause_too_long', 'pauses_overlap');

/** A longer pause is a slip in the year, or an organisation that should leave the register. */
const longestPause = 366;

const pause = z.object({
  id: z.number(),
  organisationId: z.number(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
});

const subjectOf = (organisation: number) => `organisation:${organisation}` as const;

const factsOf = ({ organisationId, from, to, reason }: Pause, names: Names) => ({
  organisation: names.organisation(organisationId),
  from,
  to,
  reason,
});

/**
 * Agrees a pause with an organisation: its clocks stop from the first to the last day, both inclusive. Refused when a day or
 * the reason is missing, the days are none that are taken, in the wrong order, more than a year apart, or in another pause
 * of the organisation (which is named).
 */
export const agreePause = defineEdit({
  name: 'pause',
  what: 'pause.agreed',
  fields: z.object({ organisation: idField, from: textField, to: textField, reason: textField }),
  problems: codes,
  touchesMirror: true,
  prepare: ({ organisation: organisationId, from, to, ...said }) => {
    const problems: EditProblem[] = [];
    const reason = readText('reason', said.reason, problems, { wanted: true });
    for (const [field, day] of [['from', from] as const, ['to', to] as const]) {
      const wrong = day === '' ? 'missing' : dayProblem(day);
      if (wrong) problems.push(problem(wrong, field, day));
    }
    const areDays = dayProblem(from) === null && dayProblem(to) === null;
    if (areDays && from > to) problems.push(problem('ends_before_start', 'to', to, from));
    else if (areDays && daysIn({ from, to }) > longestPause) {
      problems.push(problem('pause_too_long', 'to', String(daysIn({ from, to })), String(longestPause)));
    }
    refuseOn(problems);
    return { organisationId, from, to, reason };
  },
  overwrites: ({ organisation }) => subjectOf(organisation),
  apply: async (inside, agreed) => {
    await organisationToEdit(inside, agreed.organisationId);
    const others = (await listPauses(inside, agreed.organisationId)).filter(
      (other) => overlap(other, agreed) !== null,
    );
    refuseOn(
      others.map(({ from, to, reason }) => problem('pauses_overlap', 'from', `${from} ${to}`, reason)),
    );
    const after = await addPause(inside, agreed);
    return { subject: subjectOf(agreed.organisationId), before: null, after };
  },
  entry: z.object({ after: pause }).transform(({ after }) => after),
  mentions: ({ organisationId }) => ({ organisations: [organisationId] }),
  facts: factsOf,
  revert: async (inside, agreed) => {
    await removePause(inside, (await pauseToRevert(inside, agreed)).id);
  },
});

/**
 * Ends an agreed pause before its time: from today on days count again, and one that has not begun is taken out, as is one
 * that never counted because its days are none that are taken. Refused when it is not there, or over already.
 */
export const endPause = defineEdit({
  name: 'resume',
  what: 'pause.ended',
  fields: z.object({ organisation: idField, pause: idField }),
  problems: [],
  touchesMirror: true,
  prepare: (input) => input,
  overwrites: ({ organisation }) => subjectOf(organisation),
  apply: async (inside, { organisation, pause: pauseId }, { today }) => {
    await organisationToEdit(inside, organisation);
    const before = (await listPauses(inside, organisation)).find(({ id }) => id === pauseId);
    if (!before) throw refusal('not_there');
    const isCounted = isPauseMirrored(before);
    if (isCounted && before.to < today) throw refusal('nothing_changed', null, before.to);
    await removePause(inside, before.id);
    const { id: _, ...said } = before;
    const after =
      isCounted && before.from < today ? await addPause(inside, { ...said, to: addDays(today, -1) }) : null;
    return { subject: subjectOf(organisation), before, after };
  },
  entry: z.object({ before: pause, after: pause.nullable() }),
  mentions: ({ before }) => ({ organisations: [before.organisationId] }),
  facts: ({ before }, names) => factsOf(before, names),
  revert: async (inside, { before, after }) => {
    await organisationToEdit(inside, before.organisationId);
    if (!isPauseMirrored(before)) {
      throw refusal('day_out_of_range', null, dayProblem(before.from) ? before.from : before.to);
    }
    if (after) await removePause(inside, (await pauseToRevert(inside, after)).id);
    const { id: _, ...said } = before;
    const others = await listPauses(inside, before.organisationId);
    if (others.some((other) => overlap(other, before) !== null)) throw refusal('changed_since');
    await addPause(inside, said);
  },
});

/** The pause as it is kept now. Throws `EditRefused` when it is not there with these days. */
async function pauseToRevert(inside: Operations, kept: Pause): Promise<Pause> {
  // By its days, not its id: ended and brought back it is the same pause. An organisation's pauses never overlap.
  const found = (await listPauses(inside, kept.organisationId)).find(
    ({ from, to }) => from === kept.from && to === kept.to,
  );
  if (!found) throw refusal('changed_since');
  return found;
}
