import type { z } from 'zod';
import type { Network } from '#domain/vocabulary.ts';
import type { Operations } from '#schema/operations/connect.ts';
import type { JournalEntry } from '#schema/operations/journal.ts';
import type { Subject } from '#schema/operations/row-versions.ts';
import type { Actor } from './actor.ts';
import { readFields, readVersionField } from './fields.ts';
import { makeEdit } from './make-edit.ts';
import type { Mentions } from './mentions.ts';
import { refuseBeyond } from './reach.ts';

/** What an edit has done, as its entry in the journal says it. */
export interface Change {
  subject: Subject;
  before: unknown;
  after: unknown;
}

/** What is known of those an entry names: of the register as it is now. */
export interface Names {
  /** The organisation's short name; '' when it was never in the register. */
  organisation(id: number): string;
  /** The page; `undefined` when it was never in the register. */
  page(id: number): { organisationId: number; network: Network } | undefined;
}

/** A kind of edit: all that the register knows of it. */
export interface EditKindOf<
  Name extends string,
  Shape extends z.ZodRawShape,
  Prepared,
  Entry,
  Facts,
  Code extends string,
> {
  /** What it and its form are called. */
  name: Name;
  /** The journal's word for it. Never to be changed: entries of long ago have it. */
  what: string;
  /** What a form sends. */
  fields: z.ZodObject<Shape>;
  /** What can be wrong with it besides what can be wrong with many kinds. */
  problems: readonly Code[];
  /** Whether the statistics have to be told: of what it changes their mirror has something. */
  touchesMirror: boolean;
  /** Whether it sets something, and changes nothing of the register. */
  isSetting?: boolean;
  /** The fields as they are to be entered. Throws `EditRefused` where they cannot be. */
  prepare(input: z.output<z.ZodObject<Shape>>, actor: Actor): Prepared;
  /** What it overwrites, unless that was edited since its form was opened. Without it, it overwrites nothing. */
  overwrites?(input: z.output<z.ZodObject<Shape>>): Subject;
  /** Does it, in a transaction of its own. Throws `EditRefused`. */
  apply(inside: Operations, prepared: Prepared, actor: Actor): Promise<Change>;
  /** The entry of the journal that it left. */
  entry: z.ZodType<Entry>;
  mentions(entry: Entry): Mentions;
  /** What is told of it, for a sentence. */
  facts(entry: Entry, names: Names): Facts;
  /** Pages of which is told what they have published since. */
  watchedPages?(entry: Entry): readonly number[];
  /** Undoes it, in a transaction of its own. Throws `EditRefused` when what it made was changed since. */
  revert(inside: Operations, entry: Entry, actor: Actor): Promise<void>;
}

/** An edit that was made, by its entry in the journal. */
export interface RecordedEdit<Name extends string = string, Facts = object> {
  mentions: Mentions;
  watchedPages: readonly number[];
  summary(names: Names): { kind: Name } & Facts;
  revert(inside: Operations, actor: Actor): Promise<void>;
}

/** A kind of edit as others use it. */
export interface EditKind<Name extends string, Input, Facts, Code extends string = string> {
  readonly name: Name;
  readonly what: string;
  readonly problems: readonly Code[];
  readonly touchesMirror: boolean;
  readonly isSetting: boolean;
  /** What its form sends, but for the version of what it overwrites. */
  readonly fieldNames: readonly string[];
  /** Whether it overwrites what its entry's subject is, so that this has another version then. */
  readonly isOverwriting: boolean;
  /**
   * Makes the edit of what was given, or of what a form has sent, whole or not at all. `version` is that of what it
   * overwrites when the form was opened; nothing is compared when it is not said, which forms of the dashboard always do. Returns the id of its entry in the journal,
   * by which it can be undone. Throws `EditRefused`.
   */
  make(
    operations: Operations,
    given: Partial<Input> & { version?: number | null },
    actor: Actor,
  ): Promise<number>;
  /** The edit that an entry of this kind tells of. Throws a `ZodError` when the entry is damaged. */
  read(entry: JournalEntry): RecordedEdit<Name, Facts>;
}

/** A kind of edit from all that is known of it. */
export function defineEdit<
  const Name extends string,
  Shape extends z.ZodRawShape,
  Prepared,
  Entry,
  Facts extends object,
  const Code extends string = never,
>(
  kind: EditKindOf<Name, Shape, Prepared, Entry, Facts, Code>,
): EditKind<Name, z.output<z.ZodObject<Shape>>, Facts, Code> {
  const { name, what, problems, touchesMirror, isSetting = false } = kind;
  const reach = { touchesMirror, isSetting, isOverwriting: kind.overwrites !== undefined };
  return {
    name,
    what,
    problems,
    ...reach,
    fieldNames: Object.keys(kind.fields.shape),
    make: async (operations, given, actor) => {
      const input = readFields(kind.fields, given);
      const prepared = kind.prepare(input, actor);
      const subject = kind.overwrites?.(input);
      const opened = subject === undefined ? null : { subject, version: readVersionField(given) };
      const apply = async (inside: Operations): Promise<Change> => {
        const change = await kind.apply(inside, prepared, actor);
        await refuseBeyond(inside, kind.mentions(kind.entry.parse(change)), actor);
        return change;
      };
      return await makeEdit(operations, { what, ...reach, opened, named: input, apply }, actor);
    },
    read: ({ subject, before, after }) => {
      const entry = kind.entry.parse({ subject, before, after });
      return {
        mentions: kind.mentions(entry),
        watchedPages: kind.watchedPages?.(entry) ?? [],
        summary: (names) => ({ kind: name, ...kind.facts(entry, names) }),
        revert: (inside, actor) => kind.revert(inside, entry, actor),
      };
    },
  };
}
