import { redirect } from '@sveltejs/kit';
import { useServices } from '#lib/server/services.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** A link signs nobody out: the form does. */
export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async ({ request, locals }) => {
    locals.cookies.push(...(await useServices().accounts.signOut(request.headers)));
    redirect(303, '/');
  },
};
