import type { SharedView } from '#accounts/share-links.ts';
import type { Locale } from '#wording/locale.ts';
import { addressOfView } from '../shared-view.ts';
import { organisationScreen } from './organisation-screen.ts';
import { overviewAt } from './overview-screen.ts';
import { rankingScreen } from './ranking-screen.ts';
import type { Reader } from './reader.ts';
import type { DashboardServices } from './services.ts';
import { silentAt } from './silent-screen.ts';

/** What whoever follows a link may say of what they see: which page of a list, and how many posts. All else the link says. */
const ownParameters = ['page', 'posts'];

/** The address of a view as the link keeps it, with what was said on the way. */
function shownAt(view: SharedView, asked: URL): URL {
  const url = new URL(addressOfView(view), asked.origin);
  for (const name of ownParameters) {
    const said = asked.searchParams.get(name);
    if (said !== null) url.searchParams.set(name, said);
  }
  return url;
}

/** The one place where a view is made for whoever follows a link to it: by the screens' own functions, as its reader sees it. */
export async function shareScreen(
  services: DashboardServices,
  reader: Reader,
  { view, asked, locale }: { view: SharedView; asked: URL; locale: Locale },
) {
  const url = shownAt(view, asked);
  switch (view.view) {
    case 'overview':
      // How the program is, is told to those who run it.
      return {
        view: view.view,
        screen: { ...(await overviewAt(services, reader, { url, locale })), reasons: [] },
      };
    case 'ranking':
      return { view: view.view, screen: await rankingScreen(services, reader, url) };
    case 'silent':
      return { view: view.view, screen: await silentAt(services, reader, url) };
    case 'organisation': {
      const { organisationId: id } = view;
      return { view: view.view, screen: await organisationScreen(services, reader, { id, url, locale }) };
    }
  }
}
