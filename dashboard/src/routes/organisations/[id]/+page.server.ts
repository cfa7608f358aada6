import { error } from '@sveltejs/kit';
import { organisationSetAside } from '../../../../../register/copy.ts';
import { idOf, readFilters } from '#lib/filters.ts';
import { openContactBook } from '#lib/server/contacts.ts';
import { askedPeriod, periodChoice, today } from '#lib/server/periods.ts';
import { organisationReport, OrganisationUnknown } from '#lib/server/questions.ts';
import { foundAsOf, onlyNetwork } from '#lib/server/ranking-lines.ts';
import { useServices } from '#lib/server/services.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ params, url }) => {
  const { analytics, operations, settings } = useServices();
  const id = idOf(params.id);
  if (id === null) error(404, 'Not Found');
  const day = today();
  const filters = readFilters(url.searchParams);
  const period = askedPeriod(filters, url, day);
  try {
    const report = await organisationReport(analytics, id, period);
    return {
      report,
      network: onlyNetwork(report.row),
      foundAs: foundAsOf(report.row),
      // Contacts do not leave the server where everybody may read.
      people: settings.publicDashboard ? null : (await openContactBook(operations)).peopleOf(id),
      setAside: settings.publicDashboard ? [] : await organisationSetAside(operations, id),
      choice: periodChoice(period, day),
      now: analytics.clock.now(),
    };
  } catch (failure) {
    if (failure instanceof OrganisationUnknown) error(404, 'Not Found');
    throw failure;
  }
};
