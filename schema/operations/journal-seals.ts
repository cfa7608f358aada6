import { createHash, randomBytes } from 'node:crypto';
import { isPersonalLogin, personalFieldsOf } from './personal-fields.ts';
import { readStoredJson } from './stored-json.ts';

/** The columns of an entry that may hold personal values, as the store keeps them: `before` and `after` are JSON. */
export interface JournalTexts {
  who: string;
  what: string;
  address: string;
  subject: string;
  before: string | null;
  after: string | null;
}

/** A personal value beside its entry. */
export interface SealedValue {
  /** Where in the entry it stands: `who`, `after/0/phone`. */
  path: string;
  /** The person of the register whom it tells of; `null` where the entry names none. */
  personId: number | null;
  /** 16 random bytes in hexadecimal. */
  salt: string;
  /** JSON, as a text may hold what a database takes for no character. */
  value: string;
}

const textSeal = /^personal:([0-9a-f]{64})$/u;
const hashForm = /^[0-9a-f]{64}$/u;

/** What stands in an entry for a personal value: without its salt it says nothing of it. */
export function sealHash({ salt, value }: Pick<SealedValue, 'salt' | 'value'>): string {
  return createHash('sha256').update(`${salt} ${value}`).digest('hex');
}

/** The hash that a value in `before` or `after` stands for; `null` when it is no seal. */
function sealIn(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 1) return null;
  const { personal } = value as { personal?: unknown };
  return typeof personal === 'string' && hashForm.test(personal) ? personal : null;
}

/** Puts salted hashes in the place of an entry's personal values; gives both. An empty text is no value. */
export function sealEntry<Entry extends JournalTexts>(entry: Entry): { entry: Entry; values: SealedValue[] } {
  const values: SealedValue[] = [];
  const fields = personalFieldsOf(entry.what);
  const aboutPerson = personOf(entry.subject);
  const seal = (path: string, value: string, personId: number | null): string => {
    const sealed = { path, personId, salt: randomBytes(16).toString('hex'), value: JSON.stringify(value) };
    values.push(sealed);
    return sealHash(sealed);
  };
  const walk = (value: unknown, path: string, personId: number | null): unknown =>
    mapParts(value, (part, name, object) => {
      const inner = `${path}/${name}`;
      if (typeof part !== 'string' || !fields.has(name)) return walk(part, inner, personId);
      return part === '' ? part : { personal: seal(inner, part, personId ?? idOf(object)) };
    });
  const column = (name: 'before' | 'after'): string | null => {
    const text = entry[name];
    const content = text === null || fields.size === 0 ? undefined : readStoredJson(text);
    // What is damaged cannot be told apart: all of it may be personal.
    if (text !== null && fields.size > 0 && content === undefined)
      return JSON.stringify({ personal: seal(name, text, aboutPerson) });
    return content === undefined ? text : JSON.stringify(walk(content, name, aboutPerson));
  };
  const text = (name: 'who' | 'address', isPersonal: boolean): string =>
    isPersonal ? `personal:${seal(name, entry[name], null)}` : entry[name];
  const sealed = {
    ...entry,
    who: text('who', isPersonalLogin(entry.who)),
    address: text('address', entry.address !== ''),
    before: column('before'),
    after: column('after'),
  };
  return { entry: sealed, values };
}

/** What an entry says, with its personal values; those that were erased are '', and `isErased` tells of `before` and `after`. */
export interface UnsealedEntry {
  who: string;
  address: string;
  before: unknown;
  after: unknown;
  isErased: boolean;
}

/**
 * Puts the values that are kept, JSON by where they stand, back into the place of their hashes. What is damaged stays the
 * text that it is.
 */
export function unsealEntry(entry: JournalTexts, values: ReadonlyMap<string, string>): UnsealedEntry {
  let isErased = false;
  const valueAt = (path: string): unknown => {
    const kept = values.get(path);
    return kept === undefined ? undefined : (readStoredJson(kept) ?? kept);
  };
  const walk = (value: unknown, path: string): unknown => {
    if (sealIn(value) === null) return mapParts(value, (part, name) => walk(part, `${path}/${name}`));
    const kept = valueAt(path);
    isErased ||= kept === undefined;
    return kept ?? '';
  };
  const column = (name: 'before' | 'after'): unknown => {
    const text = entry[name];
    return text === null ? null : walk(readStoredJson(text) ?? text, name);
  };
  const text = (name: 'who' | 'address'): string =>
    textSeal.test(entry[name]) ? String(valueAt(name) ?? '') : entry[name];
  const [before, after] = [column('before'), column('after')];
  return { who: text('who'), address: text('address'), before, after, isErased };
}

/** The hashes that an entry holds in the place of personal values, by where they stand. */
export function sealsIn(entry: JournalTexts): Map<string, string> {
  const seals = new Map<string, string>();
  const walk = (value: unknown, path: string): unknown => {
    const hash = sealIn(value);
    if (hash === null) return mapParts(value, (part, name) => walk(part, `${path}/${name}`));
    seals.set(path, hash);
    return value;
  };
  for (const name of ['before', 'after'] as const) {
    const text = entry[name];
    if (text !== null) walk(readStoredJson(text), name);
  }
  for (const name of ['who', 'address'] as const) {
    const hash = textSeal.exec(entry[name])?.[1];
    if (hash !== undefined) seals.set(name, hash);
  }
  return seals;
}

/** A list or an object with each part mapped; anything else as it is. */
function mapParts(
  value: unknown,
  map: (part: unknown, name: string, object: Readonly<Record<string, unknown>>) => unknown,
): unknown {
  if (Array.isArray(value)) return value.map((part, index) => map(part, String(index), {}));
  if (typeof value !== 'object' || value === null) return value;
  const object = value as Readonly<Record<string, unknown>>;
  return Object.fromEntries(Object.entries(object).map(([name, part]) => [name, map(part, name, object)]));
}

function personOf(subject: string): number | null {
  const id = /^person:(\d+)$/u.exec(subject)?.[1];
  return id === undefined ? null : Number(id);
}

function idOf({ id }: Readonly<Record<string, unknown>>): number | null {
  return typeof id === 'number' && Number.isSafeInteger(id) ? id : null;
}
