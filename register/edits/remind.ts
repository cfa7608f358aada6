import { z } from 'zod';
import { isWithdrawn } from '#domain/personal-data.ts';
import { reminderChannels } from '#domain/vocabulary.ts';
import { listPages } from '#schema/operations/pages.ts';
import { getPerson } from '#schema/operations/people.ts';
import { addReminder, listReminders, removeReminder } from '#schema/operations/reminders.ts';
import { defineEdit } from './edit-kind.ts';
import { choiceField, idField, idsField, readText, textField } from './fields.ts';
import { problemsOf, refuseOn, type EditProblem } from './problems.ts';

const { codes, problem, refusal } = problemsOf('no_pages', 'reminded_already', 'consent_withdrawn');

/** The same reminder within this time is the same form sent twice. */
const sentTwice = 60_000;

const reminder = z.object({
  id: z.number(),
  personName: z.string(),
  channel: z.enum(reminderChannels),
  note: z.string(),
  pageIds: z.array(z.number()),
});

/**
 * Notes that somebody was reminded of pages (the program itself sends nothing). Refused when the person or a page is not in
 * the register, they have withdrawn their consent, there is no page, or the very same was noted just now.
 */
export const remind = defineEdit({
  name: 'remind',
  what: 'reminder.added',
  fields: z.object({
    person: idField,
    page: idsField,
    channel: choiceField(reminderChannels),
    note: textField,
  }),
  problems: codes,
  touchesMirror: false,
  prepare: (input) => {
    const problems: EditProblem[] = [];
    const note = readText('note', input.note, problems);
    if (input.page.length === 0) problems.push(problem('no_pages'));
    refuseOn(problems);
    return { ...input, note };
  },
  apply: async (inside, { person: personId, page, channel, note }, { who, now }) => {
    const pageIds = [...page];
    const person = await getPerson(inside, personId);
    const known = new Set((await listPages(inside)).map(({ id }) => id));
    if (!person || pageIds.some((id) => !known.has(id))) throw refusal('not_there');
    if (isWithdrawn(person))
      throw refusal('consent_withdrawn', null, person.name, person.processingWithdrawn);
    const since = new Date(now.getTime() - sentTwice);
    const isNoted = (await listReminders(inside, { since })).some(
      (other) =>
        other.personId === person.id &&
        other.channel === channel &&
        other.note === note &&
        other.pageIds.join() === pageIds.join(),
    );
    if (isNoted) throw refusal('reminded_already');
    const said = { channel, note, pageIds };
    const id = await addReminder(inside, { at: now, who, personId: person.id, ...said });
    const after = { id, personName: person.name, ...said };
    return { subject: `person:${person.id}`, before: null, after };
  },
  entry: z.object({ after: reminder }).transform(({ after }) => after),
  mentions: ({ pageIds }) => ({ pages: pageIds }),
  facts: ({ personName, channel, note, pageIds }, names) => {
    const owners = pageIds.flatMap((id) => names.page(id)?.organisationId ?? []);
    const organisations = [...new Set(owners.map((id) => names.organisation(id)))];
    return { person: personName, channel, note, organisations };
  },
  watchedPages: ({ pageIds }) => pageIds,
  revert: async (inside, { id }) => {
    if (!(await removeReminder(inside, id))) throw refusal('changed_since');
  },
});
