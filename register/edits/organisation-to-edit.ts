import type { Operations } from '#schema/operations/connect.ts';
import { getOrganisation, type Organisation } from '#schema/operations/organisations.ts';
import { problemsOf } from './problems.ts';

const { refusal } = problemsOf();

/** The organisation, when it is in the register; else throws `EditRefused`. */
export async function organisationToEdit(operations: Operations, id: number): Promise<Organisation> {
  const organisation = await getOrganisation(operations, id);
  if (!organisation || organisation.removedAt !== null) throw refusal('not_there');
  return organisation;
}
