import type { Operations } from '#schema/operations/connect.ts';
import { removePerson, removeRole, savePerson, saveRole, type Person } from '#schema/operations/people.ts';
import type { PersonChange } from './changes.ts';
import type { KnownPerson } from './state.ts';

/**
 * Writes people into their roles. One who answers for several organisations is one person as long as name and contacts
 * agree; a change for one organisation never changes what another one's row says.
 */
export class PeopleWriter {
  /** Who was in the register with other contacts before. */
  readonly changed: { before: Person; after: Person }[] = [];
  readonly #operations: Operations;
  #people: KnownPerson[];

  constructor(operations: Operations, people: readonly KnownPerson[]) {
    this.#operations = operations;
    this.#people = [...people];
  }

  /** Puts the person of a change into the role of the organisation, in place of the one before. */
  async write(organisationId: number, { role, before, after }: PersonChange): Promise<void> {
    const same = this.#people.find(
      (person) => person.name === after.name && person.email === after.email && person.phone === after.phone,
    );
    const isShared = before && this.#people.filter((person) => person.id === before.id).length > 1;
    if (!same && before && !isShared && (before.name === after.name || before.name === '')) {
      const { id, name, email, phone } = before;
      const saved = await savePerson(this.#operations, { id, ...after });
      this.changed.push({ before: { id, name, email, phone }, after: saved });
      this.#people = this.#people.map((person) =>
        person.id === before.id ? { ...person, ...after } : person,
      );
      return;
    }
    const id = same?.id ?? (await savePerson(this.#operations, after)).id;
    if (before && before.id !== id) await this.#leave(organisationId, before);
    await saveRole(this.#operations, { organisationId, personId: id, role });
    this.#people.push({ id, organisationId, role, ...after });
  }

  async #leave(organisationId: number, before: KnownPerson): Promise<void> {
    this.#people = this.#people.filter(
      (person) =>
        !(person.id === before.id && person.organisationId === organisationId && person.role === before.role),
    );
    if (this.#people.some((person) => person.id === before.id)) {
      await removeRole(this.#operations, { organisationId, personId: before.id, role: before.role });
    } else {
      await removePerson(this.#operations, before.id);
    }
  }
}
