import { z } from 'zod';
import type { Operations } from '#schema/operations/connect.ts';
import { getPages } from '#schema/operations/pages.ts';
import { rolesOfPeople, type PersonRole } from '#schema/operations/people.ts';
import type { Actor } from './actor.ts';
import type { Mentions } from './mentions.ts';
import { problemsOf } from './problems.ts';

const { refusal } = problemsOf();

/**
 * Throws `EditRefused` when an edit is about something that its actor may not edit: for them it is not there, whether the
 * register has it or not. A person is edited by who may edit every organisation that they have a part in. What names nothing
 * of the register is no edit for who may edit a part of it.
 */
export async function refuseBeyond(
  inside: Operations,
  mentions: Mentions,
  { within }: Pick<Actor, 'within'>,
): Promise<void> {
  if (!within) return;
  const { organisations = [], pages = [], people = [] } = mentions;
  if (organisations.length + pages.length + people.length === 0) throw refusal('not_there');
  const owners = (await getPages(inside, [...pages])).map(({ organisationId }) => organisationId);
  if (![...organisations, ...owners].every((id) => within.has(id))) throw refusal('not_there');
  const roles = await rolesOfPeople(inside, people);
  const isOwn = ({ organisationId }: PersonRole): boolean => within.has(organisationId);
  for (const id of people) {
    const parts = roles.filter(({ personId }) => personId === id);
    if (!parts.some(isOwn)) throw refusal('not_there');
    // They know of each other by a part in an organisation of theirs: why it is refused can be said.
    if (!parts.every(isOwn)) throw refusal('beyond_reach');
  }
}

const ids = z.union([z.number().transform((id) => [id]), z.array(z.number()).readonly()]).catch([]);
/** The fields by which forms name what is in the register. */
const named = z.object({ organisation: ids, page: ids, person: ids });

/**
 * Throws `EditRefused` when a form names something that its actor cannot see, before anything is told of it. A person is
 * seen by a part in one organisation that is.
 */
export async function refuseUnreachable(
  inside: Operations,
  sent: object,
  { within }: Pick<Actor, 'within'>,
): Promise<void> {
  if (!within) return;
  const { organisation, page, person } = named.parse(sent);
  const owners = (await getPages(inside, page)).map(({ organisationId }) => organisationId);
  const roles = await rolesOfPeople(inside, person);
  // 0 names nothing: the edit itself says what it wants instead.
  const isUnseen =
    [...organisation, ...owners].some((id) => id !== 0 && !within.has(id)) ||
    person.some(
      (id) =>
        id !== 0 &&
        !roles.some(({ personId, organisationId }) => personId === id && within.has(organisationId)),
    );
  if (isUnseen) throw refusal('not_there');
}
