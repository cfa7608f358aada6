import { dayProblem } from '../domain/allowed-days.ts';
import { addDays, daysIn, overlap, type Day } from '../domain/period.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { addPause, listPauses, removePause, type Pause } from '../schema/operations/pauses.ts';
import { isPauseMirrored } from '../schema/register-mirror.ts';
import {
  EditRefused,
  editRegister,
  journalEdit,
  organisationToEdit,
  problemOf,
  readText,
  refuseOn,
  type EditBy,
  type EditProblem,
} from './edits.ts';

/** A longer pause is a slip in the year, or an organisation that should leave the register. */
const longestPause = 366;

/**
 * The journal's words: `after` is the pause that was agreed; of one that was ended `before` is the pause, and `after` what
 * is left of it (`null` when it had not begun).
 */
export const pauseAgreed = 'pause.agreed';
export const pauseEnded = 'pause.ended';

/**
 * Agrees a pause with an organisation: its clocks stop from the first to the last day, both inclusive. Returns the id of
 * its journal entry. Throws `EditRefused` when a day or the reason is missing, the days are none that are taken, in the
 * wrong order, more than a year apart, or in another pause of the organisation (which is named).
 */
export async function agreePause(
  operations: Operations,
  pause: Omit<Pause, 'id'>,
  by: EditBy,
): Promise<number> {
  const problems: EditProblem[] = [];
  const { organisationId, from, to } = pause;
  const reason = readText('reason', pause.reason, problems, { wanted: true });
  for (const [field, day] of [['from', from] as const, ['to', to] as const]) {
    const wrong = day === '' ? 'missing' : dayProblem(day);
    if (wrong) problems.push(problemOf(wrong, field, day));
  }
  const areDays = dayProblem(from) === null && dayProblem(to) === null;
  if (areDays && from > to) problems.push(problemOf('ends_before_start', 'to', to, from));
  else if (areDays && daysIn({ from, to }) > longestPause) {
    problems.push(problemOf('pause_too_long', 'to', String(daysIn({ from, to })), String(longestPause)));
  }
  refuseOn(problems);
  return await editRegister(operations, async (inside) => {
    await organisationToEdit(inside, organisationId);
    const others = (await listPauses(inside, organisationId)).filter(
      (other) => overlap(other, { from, to }) !== null,
    );
    refuseOn(
      others.map((other) => problemOf('pauses_overlap', 'from', `${other.from} ${other.to}`, other.reason)),
    );
    const added = await addPause(inside, { organisationId, from, to, reason });
    const subject = `organisation:${organisationId}`;
    return await journalEdit(inside, by, { what: pauseAgreed, subject, before: null, after: added });
  });
}

/**
 * Ends an agreed pause before its time: from `today` on days count again, and one that has not begun is taken out, as is
 * one that never counted because its days are none that are taken. Returns the id of its journal entry. Throws `EditRefused` when it is not there, or over already.
 */
export async function endPause(
  operations: Operations,
  { organisationId, pauseId, today }: { organisationId: number; pauseId: number; today: Day },
  by: EditBy,
): Promise<number> {
  return await editRegister(operations, async (inside) => {
    await organisationToEdit(inside, organisationId);
    const before = (await listPauses(inside, organisationId)).find(({ id }) => id === pauseId);
    if (!before) throw new EditRefused([problemOf('not_there')]);
    const isCounted = isPauseMirrored(before);
    if (isCounted && before.to < today)
      throw new EditRefused([problemOf('nothing_changed', null, before.to)]);
    await removePause(inside, before.id);
    const { id: _, ...said } = before;
    const after =
      isCounted && before.from < today ? await addPause(inside, { ...said, to: addDays(today, -1) }) : null;
    const subject = `organisation:${organisationId}`;
    return await journalEdit(inside, by, { what: pauseEnded, subject, before, after });
  });
}

/** The pause as it is kept now. Throws `EditRefused` when it is not there with these days. */
async function pauseToTakeBack(operations: Operations, pause: Pause): Promise<Pause> {
  // By its days, not its id: ended and brought back it is the same pause. An organisation's pauses never overlap.
  const found = (await listPauses(operations, pause.organisationId)).find(
    ({ from, to }) => from === pause.from && to === pause.to,
  );
  if (!found) throw new EditRefused([problemOf('changed_since')]);
  return found;
}

/** Takes an agreed pause back. Throws `EditRefused` when it is not there as it was agreed. */
export async function takePauseBack(operations: Operations, pause: Pause): Promise<void> {
  await removePause(operations, (await pauseToTakeBack(operations, pause)).id);
}

/**
 * Lets an ended pause last as long as it was agreed. Throws `EditRefused` when other days were agreed meanwhile, or its
 * days are none that are taken.
 */
export async function takePauseEndBack(
  operations: Operations,
  { before, after }: { before: Pause; after: Pause | null },
): Promise<void> {
  await organisationToEdit(operations, before.organisationId);
  if (!isPauseMirrored(before)) {
    throw new EditRefused([
      problemOf('day_out_of_range', null, dayProblem(before.from) ? before.from : before.to),
    ]);
  }
  if (after) await removePause(operations, (await pauseToTakeBack(operations, after)).id);
  const { id: _, ...said } = before;
  const others = await listPauses(operations, before.organisationId);
  if (others.some((other) => overlap(other, before) !== null)) {
    throw new EditRefused([problemOf('changed_since')]);
  }
  await addPause(operations, said);
}
