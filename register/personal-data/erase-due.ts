import { dayOf } from '#domain/period.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { eraseLeftValues } from '#schema/operations/journal-erasure.ts';
import { forgetEndedLinks } from '#schema/operations/one-time-links.ts';
import { overwriteErased } from '#schema/operations/overwrite-erased.ts';
import { deleteEndedSessions } from '#schema/operations/sessions.ts';
import { listPeopleToErase } from './due.ts';
import { erasePerson } from './erase-person.ts';

/** Who erases by the schedule, as the journal says it. */
const schedule = 'schedule';

/** What was erased. */
export interface Erased {
  /** People of the register whose time had come. */
  people: number;
  /** Personal values of the journal: theirs, and those of before a year ago that tell of nobody in the register. */
  values: number;
}

/**
 * Erases what is kept no longer, as of an instant: people without any part whose day has come, what the journal says of people
 * who have left the register for more than a year, whom links were for that have ended, and sessions that have. Each person is
 * erased whole or not at all.
 */
export async function eraseDue(
  operations: Operations,
  { now, zone }: { now: Date; zone: string },
): Promise<Erased> {
  const erased: Erased = { people: 0, values: 0 };
  for (const { person } of await listPeopleToErase(operations, { until: dayOf(now, zone), zone })) {
    const by = { at: now, who: schedule, reason: 'year_passed' } as const;
    const values = await erasePerson(operations, person.id, by);
    if (values === null) continue;
    erased.people += 1;
    erased.values += values;
  }
  const before = new Date(now);
  before.setUTCFullYear(before.getUTCFullYear() - 1);
  erased.values += await eraseLeftValues(operations, { before, by: { at: now, who: schedule } });
  await forgetEndedLinks(operations, now);
  await deleteEndedSessions(operations, now);
  await overwriteErased(operations);
  return erased;
}
