import { redirect } from '@sveltejs/kit';
import { isClaimed } from '#lib/server/read-reader.ts';
import { useServices } from '#lib/server/services.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async () => {
  const services = useServices();
  if (services.settings.demo) redirect(303, '/');
  return { isClaimed: await isClaimed(services) };
};
