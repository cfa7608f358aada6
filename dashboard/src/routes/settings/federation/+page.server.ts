import { readSenderNames, senderNamesKey } from '#register/sender-names.ts';
import { firstOfLevel } from '#schema/operations/organisations.ts';
import { readVersion } from '#schema/operations/row-versions.ts';
import { editParameters, readEditAddress } from '#lib/edit-address.ts';
import { editActions } from '#lib/server/edit-actions.ts';
import { recentEdits, type RecentEditRow } from '#lib/server/recent-edits.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
  const services = useServices();
  const { operations } = services;
  // Before the names themselves, so that none are overwritten that are not shown.
  const version = await readVersion(operations, `setting:${senderNamesKey}`);
  const [names, federation, edits] = await Promise.all([
    readSenderNames(operations),
    firstOfLevel(operations, 'federation'),
    recentEdits(services, locals.reader, readEditAddress(url.searchParams), 0),
  ]);
  const told = (row: RecentEditRow | null): RecentEditRow | null =>
    row?.summary?.kind === 'names' ? row : null;
  return {
    names,
    version,
    registered: federation?.short || federation?.name || '',
    done: told(edits.done),
    undone: told(edits.undone),
  };
};

export const actions: Actions = editActions(
  ['names'],
  (_, made) => `/settings/federation?${new URLSearchParams(editParameters(made))}#notice`,
);
