import { redirect } from '@sveltejs/kit';
import { pageOfForm, readUnsentForm } from '#lib/server/unsent-form.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = ({ cookies }) => {
  const form = readUnsentForm({ cookies });
  if (!form) redirect(303, '/');
  return { form, page: pageOfForm(form.to) };
};
