import type { Operations } from '#schema/operations/connect.ts';
import { basisOf } from '#domain/personal-data.ts';
import { endRole, savePerson, saveRole, type Person } from '#schema/operations/people.ts';
import type { PersonChange } from './changes.ts';
import { hasBasis } from './edits/basis.ts';
import type { KnownPerson, RegisterState } from './state.ts';

/**
 * Writes people into their roles. One who answers for several organisations is one person as long as name and contacts
 * agree; a change for one organisation never changes what another one's row says.
 */
export class PeopleWriter {
  /** Who was in the register with other contacts before. */
  readonly changed: { before: Person; after: Person }[] = [];
  readonly #operations: Operations;
  readonly #now: Date;
  #people: KnownPerson[];
  #former: readonly Person[];

  constructor(
    operations: Operations,
    { people, formerPeople }: Pick<RegisterState, 'people' | 'formerPeople'>,
    now: Date,
  ) {
    this.#operations = operations;
    this.#now = now;
    this.#people = [...people];
    this.#former = formerPeople;
  }

  /** Puts the person of a change into the role of the organisation, in place of the one before. */
  async write(organisationId: number, { role, before, after, basis }: PersonChange): Promise<void> {
    const isSame = (person: Person): boolean =>
      person.name === after.name && person.email === after.email && person.phone === after.phone;
    const same = this.#people.find(isSame) ?? this.#former.find(isSame);
    const isShared = before && this.#people.filter((person) => person.id === before.id).length > 1;
    if (!same && before && !isShared && (before.name === after.name || before.name === '')) {
      await this.#change(before, { ...after, ...basis });
      return;
    }
    const person = same ?? (await savePerson(this.#operations, { ...after, ...basis }));
    if (before && before.id !== person.id) await this.#leave(organisationId, before);
    await saveRole(this.#operations, { organisationId, personId: person.id, role });
    this.#former = this.#former.filter(({ id }) => id !== person.id);
    const place = { organisationId, role };
    const isThere = ({ id, ...known }: KnownPerson): boolean =>
      id === person.id && known.organisationId === organisationId && known.role === role;
    if (!this.#people.some(isThere)) this.#people.push({ ...person, ...place });
    if (same && !hasBasis(same, basis)) await this.#change(same, basis);
  }

  async #change(before: Person, said: Partial<Person>): Promise<void> {
    const { id, name, email, phone } = before;
    const known = { id, name, email, phone, ...basisOf(before) };
    const saved = await savePerson(this.#operations, { ...known, ...said, id });
    this.changed.push({ before: known, after: saved });
    this.#people = this.#people.map((person) => (person.id === id ? { ...person, ...saved } : person));
  }

  async #leave(organisationId: number, before: KnownPerson): Promise<void> {
    const isThat = (person: KnownPerson): boolean =>
      person.id === before.id && person.organisationId === organisationId && person.role === before.role;
    const left = this.#people.find(isThat);
    this.#people = this.#people.filter((person) => !isThat(person));
    await endRole(this.#operations, { organisationId, personId: before.id, role: before.role }, this.#now);
    if (left && !this.#people.some(({ id }) => id === left.id)) this.#former = [...this.#former, left];
  }
}
