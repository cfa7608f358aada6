import { registerEdits } from '#register/edits/registry.ts';
import { readSilentFilters, writeSilentFilters } from '../silent-filters.ts';
import { editActions } from './edit-actions.ts';
import { noEdits } from '../edit-address.ts';

/** The form actions of «Не обновляются», by name. They lead back to the list, which tells what was done. */
export const silentActions = editActions(registerEdits, (url, made) => {
  const filters = readSilentFilters(url.searchParams);
  return `/silent${writeSilentFilters({ ...filters, ...noEdits, ...made })}#notice`;
});
