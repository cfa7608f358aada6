import { noEdits, type EditAddress } from '../edit-address.ts';
import { openContactBook, type OrganisationPeople } from './contacts.ts';
import { formContent, openedVersion, type FormContent } from './edit-forms.ts';
import { isWithin } from '#domain/reach.ts';
import { isWithinReach, type Reader } from './reader.ts';
import { recentEdits, type RecentEditRow } from './recent-edits.ts';
import type { DashboardServices } from './services.ts';
import { seenStatuses, mayEdit } from './silent-screen.ts';

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
  if (!isWithinReach(reader, 'contacts.read', id)) return { people: null, edits: null };
  const { operations } = services;
  const isEditing = mayEdit(reader) && isWithin(reader.reach('register.edit'), id);
  const { open, done, undone } = isEditing ? address : noEdits;
  const version = open && (await openedVersion(operations, open));
  const book = await openContactBook(operations, reader.reach('contacts.read'));
  const people = book.peopleOf(id);
  if (!isEditing) return { people, edits: null };
  const form =
    open &&
    (await formContent(open, version, {
      standings: await seenStatuses(services, reader),
      book,
      operations,
      within: reader.reach('register.edit'),
    }));
  const told = await recentEdits(services, reader, { done, undone }, 0);
  return {
    people,
    edits: { address: { open, done, undone }, form, done: told.done, undone: told.undone },
  };
}
