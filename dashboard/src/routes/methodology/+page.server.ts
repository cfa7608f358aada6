import { methodology } from '#lib/server/methodology.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = () => methodology();
