import type { PersonBasis } from '#domain/personal-data.ts';
import type { Level, Network, OtherKind, Role, Tier } from '#domain/vocabulary.ts';
import type { Person } from '#schema/operations/people.ts';
import { plainWords } from './columns.ts';
import { isSameLink, type PageIdentity } from './links.ts';

/** An organisation of the register with what an import compares. */
export interface KnownOrganisation {
  id: number;
  parentId: number | null;
  name: string;
  short: string;
  level: Level;
  sector: string;
  municipality: string;
  council: string;
  tier: Tier;
}

/** A page of the register. */
export interface KnownPage extends PageIdentity {
  id: number;
  organisationId: number;
  network: Network;
  /** Taken out of the register; its address stays taken, and an import brings it back. */
  removed: boolean;
  /** What it turned out to be, when it is no page of publications. */
  foundAs: OtherKind | null;
}

/** A person in a role of an organisation. */
export interface KnownPerson extends PersonBasis {
  id: number;
  organisationId: number;
  role: Role;
  name: string;
  email: string;
  phone: string;
}

/** The register as an import finds it, without organisations that were removed. */
export interface RegisterState {
  organisations: readonly KnownOrganisation[];
  pages: readonly KnownPage[];
  people: readonly KnownPerson[];
  /** Who has no part any more, and is the same person when they come back. */
  formerPeople: readonly Person[];
  /** Counts of members by organisation, oldest first. */
  members: ReadonlyMap<number, readonly { on: string; count: number }[]>;
}

/** The key by which organisations are recognised: the words of their name, without case, quotes and «ё». */
export function nameKey(name: string): string {
  return plainWords(name);
}

/** Looks up organisations and pages of a register. */
export class RegisterIndex {
  readonly state: RegisterState;
  readonly #byName = new Map<string, KnownOrganisation[]>();
  readonly #byShort = new Map<string, KnownOrganisation[]>();
  readonly #byId = new Map<number, KnownOrganisation>();
  readonly #pages = new Map<string, KnownPage[]>();
  readonly #people = new Map<string, KnownPerson>();

  constructor(state: RegisterState) {
    this.state = state;
    for (const organisation of state.organisations) {
      push(this.#byName, nameKey(organisation.name), organisation);
      if (organisation.short) push(this.#byShort, nameKey(organisation.short), organisation);
      this.#byId.set(organisation.id, organisation);
    }
    for (const page of state.pages) {
      for (const key of identityKeys(page)) push(this.#pages, key, page);
    }
    for (const person of state.people) {
      const key = `${person.organisationId} ${person.role}`;
      if (!this.#people.has(key)) this.#people.set(key, person);
    }
  }

  /** All of that name. */
  named(name: string): readonly KnownOrganisation[] {
    return this.#byName.get(nameKey(name)) ?? [];
  }

  /** All of that short name. */
  shortNamed(name: string): readonly KnownOrganisation[] {
    return this.#byShort.get(nameKey(name)) ?? [];
  }

  organisation(id: number): KnownOrganisation | undefined {
    return this.#byId.get(id);
  }

  /** The first person in that role. */
  person(organisationId: number, role: Role): KnownPerson | undefined {
    return this.#people.get(`${organisationId} ${role}`);
  }

  /** The page a link leads to, as far as the register knows. */
  page(link: PageIdentity): KnownPage | undefined {
    for (const key of identityKeys(link)) {
      const found = this.#pages.get(key)?.find((page) => isSameLink(page, link));
      if (found) return found;
    }
    return undefined;
  }
}

/** The keys under which a page can be looked up. */
export function identityKeys(page: PageIdentity): string[] {
  const keys = [`${page.network} ${page.url.toLowerCase()}`];
  if (page.nativeId !== null) keys.push(`${page.network} #${page.nativeId}`);
  if (page.name !== null) keys.push(`${page.network} @${page.name.toLowerCase()}`);
  return keys;
}

function push<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
