import { redirect } from '@sveltejs/kit';
import { sectionsFor } from '#lib/server/settings-sections.ts';
import type { PageServerLoad } from './$types.js';

/** The settings begin with the first section that a reader may see. */
export const load: PageServerLoad = ({ locals }) => {
  const [first = '/'] = sectionsFor(locals.reader);
  redirect(307, first);
};
