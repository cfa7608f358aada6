import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import { reminderChannels } from '../../../../domain/vocabulary.ts';
import { EditRefused, type EditBy, type EditProblem } from '../../../../register/edits.ts';
import { closePage, registerPage, replacePage } from '../../../../register/page-edits.ts';
import { agreePause, endPause } from '../../../../register/pauses.ts';
import { appointResponsible, changePerson } from '../../../../register/people.ts';
import { recordReminder } from '../../../../register/reminders.ts';
import { undoEdit } from '../../../../register/undo.ts';
import type { Operations } from '../../../../schema/operations/connect.ts';
import { idOf, oneOf } from '../filters.ts';
import { readSilentFilters, writeSilentFilters } from '../silent-filters.ts';
import { readForm, textsOf } from './form.ts';
import { today } from './periods.ts';
import { useServices } from './services.ts';

/** Why an action did nothing: the dashboard is public, or the edit was refused, with what had been entered. */
export type Refusal =
  | { isPublic: true }
  | { isPublic: false; problems: readonly EditProblem[]; values: Record<string, string[]> };

type Edit = (operations: Operations, fields: Fields, by: EditBy) => Promise<number>;

/** The fields of a sent form, as texts and numbers. */
class Fields {
  readonly #data: FormData;

  constructor(data: FormData) {
    this.#data = data;
  }

  text(name: string): string {
    const value = this.#data.get(name);
    return typeof value === 'string' ? value : '';
  }

  /** An id; 0, which nothing has, when it is none. */
  id(name: string): number {
    return idOf(this.text(name)) ?? 0;
  }

  ids(name: string): number[] {
    return this.#data.getAll(name).flatMap((value) => (typeof value === 'string' ? (idOf(value) ?? []) : []));
  }

  /** What was entered, to be shown again beside what is wrong with it. */
  values(): Record<string, string[]> {
    return textsOf(this.#data);
  }
}

/**
 * Does an edit and leads back to the list, which tells what was done; again, beside the form, what is wrong with it.
 * Nothing is done where the dashboard is public.
 */
async function act(
  { request, url }: RequestEvent,
  edit: Edit,
  said: 'done' | 'undone' = 'done',
): Promise<ActionFailure<Refusal>> {
  const { settings, operations, analytics, registerChanged, log } = useServices();
  if (settings.publicDashboard) return fail(403, { isPublic: true });
  const fields = new Fields(await readForm(request));
  let entry: number;
  try {
    entry = await edit(operations, fields, { who: 'dashboard', now: analytics.clock.now() });
  } catch (error) {
    if (!(error instanceof EditRefused)) throw error;
    return fail(400, { isPublic: false, problems: error.problems, values: fields.values() });
  }
  await registerChanged().catch((error: unknown) => {
    // It is in the register, and is brought over with the next edit.
    log.error({ err: error, entry }, 'An edit of the register could not be brought over to the statistics');
  });
  const filters = readSilentFilters(url.searchParams);
  const address = writeSilentFilters({ ...filters, open: null, done: null, undone: null, [said]: entry });
  redirect(303, `/silent${address}#notice`);
}

const contactsOf = (fields: Fields) => ({
  name: fields.text('name'),
  email: fields.text('email'),
  phone: fields.text('phone'),
});

const missing = (field: string): EditRefused =>
  new EditRefused([{ field, code: 'missing', found: '', detail: '' }]);

const edits = {
  remind: async (operations, fields, by) => {
    const channel = oneOf(reminderChannels, fields.text('channel'));
    if (!channel) throw missing('channel');
    const reminder = { personId: fields.id('person'), pageIds: fields.ids('page'), channel };
    return await recordReminder(operations, { ...reminder, note: fields.text('note') }, by);
  },
  appoint: async (operations, fields, by) => {
    const appointee =
      fields.text('person') === '' && fields.text('known') === ''
        ? { contacts: contactsOf(fields) }
        : { personId: fields.id('person') };
    return await appointResponsible(operations, { organisationId: fields.id('organisation'), appointee }, by);
  },
  contacts: async (operations, fields, by) =>
    await changePerson(operations, { personId: fields.id('person'), contacts: contactsOf(fields) }, by),
  pause: async (operations, fields, by) =>
    await agreePause(
      operations,
      {
        organisationId: fields.id('organisation'),
        from: fields.text('from'),
        to: fields.text('to'),
        reason: fields.text('reason'),
      },
      by,
    ),
  resume: async (operations, fields, by) =>
    await endPause(
      operations,
      { organisationId: fields.id('organisation'), pauseId: fields.id('pause'), today: today() },
      by,
    ),
  add: async (operations, fields, by) =>
    await registerPage(
      operations,
      { organisationId: fields.id('organisation'), link: fields.text('link') },
      by,
    ),
  replace: async (operations, fields, by) =>
    await replacePage(operations, { pageId: fields.id('page'), link: fields.text('link') }, by),
  close: async (operations, fields, by) => await closePage(operations, fields.id('page'), by),
  undo: async (operations, fields, by) => (await undoEdit(operations, fields.id('entry'), by)).id,
} as const satisfies Record<string, Edit>;

/** The form actions of «Не обновляются», by name. */
export const silentActions = {
  remind: (event: RequestEvent) => act(event, edits.remind),
  appoint: (event: RequestEvent) => act(event, edits.appoint),
  contacts: (event: RequestEvent) => act(event, edits.contacts),
  pause: (event: RequestEvent) => act(event, edits.pause),
  resume: (event: RequestEvent) => act(event, edits.resume),
  add: (event: RequestEvent) => act(event, edits.add),
  replace: (event: RequestEvent) => act(event, edits.replace),
  close: (event: RequestEvent) => act(event, edits.close),
  undo: (event: RequestEvent) => act(event, edits.undo, 'undone'),
};
