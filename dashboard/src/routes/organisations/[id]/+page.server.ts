import { error } from '@sveltejs/kit';
import { organisationSetAside } from '#register/sync.ts';
import { readEditAddress } from '#lib/edit-address.ts';
import { readFilters } from '#lib/filters.ts';
import { id as idOf } from '#lib/search-parameters.ts';
import { withLastCauseText } from '#lib/server/causes.ts';
import { organisationActions } from '#lib/server/organisation-actions.ts';
import { organisationEdits } from '#lib/server/organisation-edits.ts';
import { askedPeriod, periodChoice, today } from '#lib/server/periods.ts';
import { organisationReport, OrganisationUnknown } from '#lib/server/questions.ts';
import { foundAsOf, onlyNetwork, unknownPagesOf } from '#lib/server/ranking-rows.ts';
import { shareAnswer } from '#lib/server/reader-answers.ts';
import { seesOrganisation } from '#lib/server/seen-leaderboard.ts';
import { isWithinReach } from '#lib/server/reader.ts';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ params, url, locals }) => {
  const services = useServices();
  const { analytics, operations } = services;
  const { reader } = locals;
  const id = idOf.read(params.id);
  if (id === null) error(404, 'Not Found');
  const day = today();
  const filters = readFilters(url.searchParams);
  const period = askedPeriod(filters, url, day);
  // What is beyond a reader's reach is as if it were not there.
  if (!(await seesOrganisation(services, reader, { id, period }))) error(404, 'Not Found');
  try {
    const report = await shareAnswer(services, 'organisation', { id, period }, () =>
      organisationReport(analytics, id, period),
    );
    const pages = withLastCauseText(report.row.pages, locals.preferences.locale);
    return {
      report: { ...report, row: { ...report.row, pages } },
      network: onlyNetwork(report.row),
      foundAs: foundAsOf(report.row),
      unread: unknownPagesOf(report.row),
      ...(await organisationEdits(services, reader, { id, address: readEditAddress(url.searchParams) })),
      setAside: isWithinReach(reader, 'register.edit', id) ? await organisationSetAside(operations, id) : [],
      choice: periodChoice(period, day),
      now: analytics.clock.now(),
    };
  } catch (failure) {
    if (failure instanceof OrganisationUnknown) error(404, 'Not Found');
    throw failure;
  }
};

export const actions: Actions = organisationActions;
