import { error } from '@sveltejs/kit';
import { organisationSetAside } from '#register/sync.ts';
import type { Locale } from '#wording/locale.ts';
import { readEditAddress } from '../edit-address.ts';
import { readFilters } from '../filters.ts';
import { withLastCauseText } from './causes.ts';
import { organisationEdits } from './organisation-edits.ts';
import { askedPeriod, periodChoice, today } from './periods.ts';
import { organisationReport, OrganisationUnknown } from './questions.ts';
import { foundAsOf, onlyNetwork, unknownPagesOf } from './ranking-rows.ts';
import { isWithinReach, type Reader } from './reader.ts';
import { shareAnswer } from './reader-answers.ts';
import { seesOrganisation } from './seen-leaderboard.ts';
import type { DashboardServices } from './services.ts';

/**
 * Everything that an organisation's own screen shows, as its address asks for it and its reader may see it. Ends the request with
 * 404 when there is no such organisation, or the reader does not see it.
 */
export async function organisationScreen(
  services: DashboardServices,
  reader: Reader,
  { id, url, locale }: { id: number | null; url: URL; locale: Locale },
) {
  const { analytics, operations } = services;
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
    const pages = withLastCauseText(report.row.pages, locale);
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
}
