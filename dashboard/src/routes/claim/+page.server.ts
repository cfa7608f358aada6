import { isClaimed } from '#lib/server/read-reader.ts';
import { useServices } from '#lib/server/services.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = async () => ({ isClaimed: await isClaimed(useServices()) });
