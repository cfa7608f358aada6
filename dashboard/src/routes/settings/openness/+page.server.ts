import { namingKey, publicSilentKey, readOpenness } from '#register/openness.ts';
import { readVersion } from '#schema/operations/row-versions.ts';
import { editParameters, readEditAddress } from '#lib/edit-address.ts';
import { editActions } from '#lib/server/edit-actions.ts';
import { today } from '#lib/server/periods.ts';
import { recentEdits, type RecentEditRow } from '#lib/server/recent-edits.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ locals, url }) => {
  const services = useServices();
  const { operations, settings } = services;
  const versions = {
    naming: await readVersion(operations, `setting:${namingKey}`),
    publicSilent: await readVersion(operations, `setting:${publicSilentKey}`),
  };
  const { done, undone } = await recentEdits(services, locals.reader, readEditAddress(url.searchParams), 0);
  const told = (row: RecentEditRow | null): RecentEditRow | null =>
    row?.summary && ['naming', 'public_silent'].includes(row.summary.kind) ? row : null;
  return {
    openness: await readOpenness(operations),
    publicDashboard: settings.publicDashboard,
    versions,
    today: today(),
    done: told(done),
    undone: told(undone),
  };
};

export const actions: Actions = editActions(
  ['naming', 'public_silent'],
  (_, made) => `/settings/openness?${new URLSearchParams(editParameters(made))}#notice`,
);
