import { daysIn, isDay, overlap } from '../domain/period.ts';
import type { Operations } from '../schema/operations/connect.ts';
import { addPause, listPauses, removePause, type Pause } from '../schema/operations/pauses.ts';
import {
  EditRefused,
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

/** The journal's word for an agreed pause; its `after` is the pause. */
export const pauseAgreed = 'pause.agreed';

/**
 * Agrees a pause with an organisation: its clocks stop from the first to the last day, both inclusive. Returns the id of
 * its journal entry. Throws `EditRefused` when a day or the reason is missing, the days are in the wrong order, more than
 * a year apart, or in another pause of the organisation (which is named).
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
    if (day === '') problems.push(problemOf('missing', field));
    else if (!isDay(day)) problems.push(problemOf('not_a_day', field, day));
  }
  const areDays = isDay(from) && isDay(to);
  if (areDays && from > to) problems.push(problemOf('ends_before_start', 'to', to, from));
  else if (areDays && daysIn({ from, to }) > longestPause) {
    problems.push(problemOf('pause_too_long', 'to', String(daysIn({ from, to })), String(longestPause)));
  }
  refuseOn(problems);
  return await operations.transaction(async (inside) => {
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

/** Takes an agreed pause back. Throws `EditRefused` when it is not there as it was agreed. */
export async function takePauseBack(operations: Operations, pause: Pause): Promise<void> {
  const found = (await listPauses(operations, pause.organisationId)).find(({ id }) => id === pause.id);
  if (found?.from !== pause.from || found.to !== pause.to)
    throw new EditRefused([problemOf('changed_since')]);
  await removePause(operations, pause.id);
}
