import { error } from '@sveltejs/kit';
import { today } from '#lib/server/periods.ts';
import { shareScreen } from '#lib/server/share-screen.ts';
import { useServices } from '#lib/server/services.ts';
import { readSenderNames } from '#register/sender-names.ts';
import { firstOfLevel } from '#schema/operations/organisations.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async ({ url, locals: { share, reader, preferences } }) => {
  // Never made, ended or revoked: nobody is told which.
  if (!share) error(404, 'Not Found');
  const services = useServices();
  const [federation, names] = await Promise.all([
    firstOfLevel(services.operations, 'federation'),
    readSenderNames(services.operations),
  ]);
  return {
    ...(await shareScreen(services, reader, { view: share, asked: url, locale: preferences.locale })),
    federation: names.federation?.nominative ?? (federation?.short || federation?.name || ''),
    until: share.expiresAt,
    today: today(),
  };
};
