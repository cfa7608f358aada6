import { usable } from '#domain/personal-data.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { listPeople, listRoles, type Person } from '#schema/operations/people.ts';
import type { Reach } from '#domain/reach.ts';
import type { Role } from '#domain/vocabulary.ts';

/** Whom one may call about an organisation's pages. */
export interface OrganisationPeople {
  responsible: readonly Person[];
  chair: readonly Person[];
}

/**
 * Who has a part in the organisations of the register; of who has withdrawn their consent without contacts. Never to be made
 * where the dashboard is public.
 */
export class ContactBook {
  readonly #people: ReadonlyMap<number, Person>;
  readonly #byRole = new Map<string, Person[]>();
  readonly #organisations = new Map<number, Set<number>>();

  constructor(
    people: readonly Person[],
    roles: readonly { organisationId: number; personId: number; role: Role }[],
  ) {
    this.#people = new Map(people.map((person) => [person.id, usable(person)]));
    for (const { organisationId, personId, role } of roles) {
      const person = this.#people.get(personId);
      if (!person) continue;
      const key = `${organisationId} ${role}`;
      this.#byRole.set(key, [...(this.#byRole.get(key) ?? []), person]);
      this.#organisations.set(
        personId,
        new Set([...(this.#organisations.get(personId) ?? []), organisationId]),
      );
    }
  }

  /** The people who have that part in an organisation. */
  inRole(organisationId: number, role: Role): readonly Person[] {
    return this.#byRole.get(`${organisationId} ${role}`) ?? [];
  }

  /** Who is responsible for an organisation's pages, and its chair. */
  peopleOf(organisationId: number): OrganisationPeople {
    return {
      responsible: this.inRole(organisationId, 'responsible'),
      chair: this.inRole(organisationId, 'chair'),
    };
  }

  /** Whom to call about an organisation's pages: who is responsible, and without one the chair. */
  toCall(organisationId: number): readonly Person[] {
    const responsible = this.inRole(organisationId, 'responsible');
    return responsible.length > 0 ? responsible : this.inRole(organisationId, 'chair');
  }

  /** How many people the register has. */
  get size(): number {
    return this.#people.size;
  }

  person(id: number): Person | undefined {
    return this.#people.get(id);
  }

  /** The organisations a person has any part in. */
  organisationsOf(personId: number): ReadonlySet<number> {
    return this.#organisations.get(personId) ?? new Set();
  }

  /** Everybody, by name. */
  everybody(): Person[] {
    return [...this.#people.values()].sort((one, other) => one.name.localeCompare(other.name, 'ru'));
  }
}

/** The people of the register as they are now; with a reach those alone who have a part in an organisation within it. */
export async function openContactBook(operations: Operations, within: Reach | null): Promise<ContactBook> {
  const [people, roles] = [await listPeople(operations), await listRoles(operations)];
  if (!within) return new ContactBook(people, roles);
  const own = roles.filter(({ organisationId }) => within.has(organisationId));
  const ids = new Set(own.map(({ personId }) => personId));
  return new ContactBook(
    people.filter(({ id }) => ids.has(id)),
    own,
  );
}
