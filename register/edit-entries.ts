import { z } from 'zod';
import { reminderChannels } from '../domain/vocabulary.ts';
import type { JournalEntry } from '../schema/operations/journal.ts';
import { pageRegistered, pageClosed, pageReplaced } from './page-edits.ts';
import { pauseAgreed, pauseEnded } from './pauses.ts';
import { personChanged, responsibleAppointed } from './people.ts';
import { reminderAdded } from './reminders.ts';

const pause = z.object({
  id: z.number(),
  organisationId: z.number(),
  from: z.string(),
  to: z.string(),
  reason: z.string(),
});
const reminder = z.object({
  id: z.number(),
  personName: z.string(),
  channel: z.enum(reminderChannels),
  note: z.string(),
  pageIds: z.array(z.number()),
});
const person = z.object({ id: z.number(), name: z.string(), email: z.string(), phone: z.string() });
const people = z.array(person);
const page = z.object({ id: z.number(), organisationId: z.number(), link: z.string() });
const replacement = page.extend({
  was: z.object({ organisationId: z.number(), removedAt: z.string() }).nullable(),
});

/** An edit of the register as its entry in the journal tells of it. */
export type RegisterEdit =
  | { kind: 'pause'; pause: z.infer<typeof pause> }
  | { kind: 'pause_end'; before: z.infer<typeof pause>; after: z.infer<typeof pause> | null }
  | { kind: 'reminder'; reminder: z.infer<typeof reminder> }
  | {
      kind: 'appointment';
      organisationId: number;
      before: z.infer<typeof people>;
      after: z.infer<typeof people>;
    }
  | { kind: 'contacts'; before: z.infer<typeof person>; after: z.infer<typeof person> }
  | { kind: 'page_added'; after: z.infer<typeof replacement> }
  | { kind: 'page'; before: z.infer<typeof page>; after: z.infer<typeof replacement> | null };

const readers: Readonly<Record<string, (entry: JournalEntry) => RegisterEdit>> = {
  [pauseAgreed]: ({ after }) => ({ kind: 'pause', pause: pause.parse(after) }),
  [pauseEnded]: ({ before, after }) => ({
    kind: 'pause_end',
    before: pause.parse(before),
    after: pause.nullable().parse(after),
  }),
  [reminderAdded]: ({ after }) => ({ kind: 'reminder', reminder: reminder.parse(after) }),
  [responsibleAppointed]: ({ subject, before, after }) => ({
    kind: 'appointment',
    organisationId: Number(subject.split(':')[1]),
    before: people.parse(before),
    after: people.parse(after),
  }),
  [personChanged]: ({ before, after }) => ({
    kind: 'contacts',
    before: person.parse(before),
    after: person.parse(after),
  }),
  [pageRegistered]: ({ after }) => ({ kind: 'page_added', after: replacement.parse(after) }),
  [pageReplaced]: ({ before, after }) => ({
    kind: 'page',
    before: page.parse(before),
    after: replacement.parse(after),
  }),
  [pageClosed]: ({ before }) => ({ kind: 'page', before: page.parse(before), after: null }),
};

/** The kinds of entries that tell of an edit which can be undone. */
export const editKinds: readonly string[] = Object.keys(readers);

/** The edit that an entry of the journal tells of; `null` when it tells of something else, or is damaged. */
export function readEdit(entry: JournalEntry): RegisterEdit | null {
  try {
    return readers[entry.what]?.(entry) ?? null;
  } catch (error) {
    if (error instanceof z.ZodError) return null;
    throw error;
  }
}
