import { noEdits, type EditAddress } from '../edit-address.ts';
import { openContactBook, type OrganisationPeople } from './contacts.ts';
import { formContent, openedVersion, type FormContent } from './edit-forms.ts';
import type { Reader } from './reader.ts';
import { recentEdits, type RecentEditRow } from './recent-edits.ts';
import type { DashboardServices } from './services.ts';
import { sharedStatuses, mayEdit } from './silent-screen.ts';

/** What an organisation's own screen has of its people, and what can be edited there. */
export interface OrganisationEdits {
  /** `null` for who may not see contacts: they do not leave the server. */
  people: OrganisationPeople | null;
  /** `null` for who may not edit. */
  edits: {
    address: EditAddress;
    form: FormContent | null;
    done: RecentEditRow | null;
    undone: RecentEditRow | null;
  } | null;
}

/** The people of an organisation and the form that its address opens, as far as the reader may see and edit. */
export async function organisationEdits(
  services: DashboardServices,
  reader: Reader,
  { id, address }: { id: number; address: EditAddress },
): Promise<OrganisationEdits> {
  if (!reader.may('contacts.read')) return { people: null, edits: null };
  const { operations } = services;
  const { open, done, undone } = mayEdit(reader) ? address : noEdits;
  const version = open && (await openedVersion(operations, open));
  const book = await openContactBook(operations);
  const people = book.peopleOf(id);
  if (!mayEdit(reader)) return { people, edits: null };
  const form =
    open &&
    (await formContent(open, version, { standings: await sharedStatuses(services), book, operations }));
  const told = await recentEdits(services, { done, undone }, 0);
  return {
    people,
    edits: { address: { open, done, undone }, form, done: told.done, undone: told.undone },
  };
}
