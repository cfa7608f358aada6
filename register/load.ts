import { listMembers } from '#schema/operations/members.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages } from '#schema/operations/pages.ts';
import { listFormerPeople, listPeople, listRoles } from '#schema/operations/people.ts';
import { isCountMirrored } from '#schema/register-mirror.ts';
import type { RegisterState } from './state.ts';

/**
 * Reads the register whole. Removed pages are in it, marked, because their addresses stay taken; counts of members that the
 * statistics do not take are not.
 */
export async function loadRegister(operations: Operations): Promise<RegisterState> {
  const organisations = await listOrganisations(operations);
  const pages = await listPages(operations, { removed: true });
  const people = new Map((await listPeople(operations)).map((person) => [person.id, person]));
  const roles = await listRoles(operations);
  const members = Map.groupBy(
    (await listMembers(operations)).filter(isCountMirrored),
    (count) => count.organisationId,
  );
  return {
    organisations,
    pages: pages.map((page) => ({ ...page, url: page.link, removed: page.removedAt !== null })),
    people: roles.flatMap(({ personId, organisationId, role }) => {
      const person = people.get(personId);
      return person ? [{ ...person, organisationId, role }] : [];
    }),
    formerPeople: (await listFormerPeople(operations)).map(({ endedAt: _, ...person }) => person),
    members,
  };
}
