import { erasureDay } from '#domain/personal-data.ts';
import { dayOf, type Day } from '#domain/period.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listFormerPeople, type FormerPerson } from '#schema/operations/people.ts';

/** Somebody without any part, and the day on which their data are erased. */
export interface PersonToErase {
  person: FormerPerson;
  /** The federation's day on which their last part ended. */
  endedOn: Day;
  on: Day;
}

/** Whose data are erased up to a day, those first whose day comes first; `zone` is the federation's. */
export async function listPeopleToErase(
  operations: Operations,
  { until, zone }: { until: Day; zone: string },
): Promise<PersonToErase[]> {
  return (await listFormerPeople(operations))
    .map((person) => {
      const endedOn = dayOf(person.endedAt, zone);
      return { person, endedOn, on: erasureDay(endedOn, person) };
    })
    .filter(({ on }) => on <= until)
    .sort((one, other) =>
      one.on === other.on ? one.person.id - other.person.id : one.on < other.on ? -1 : 1,
    );
}
