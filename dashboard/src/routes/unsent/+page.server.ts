import { redirect } from '@sveltejs/kit';
import { readUnsentForm } from '#lib/server/unsent-form.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = ({ cookies }) => {
  const form = readUnsentForm({ cookies });
  if (!form) redirect(303, '/');
  const { pathname, searchParams } = new URL(form.to, 'http://localhost');
  // The first parameter names the action: without it the address is that of the page.
  const rest = [...searchParams].filter(([name]) => !name.startsWith('/'));
  return { form, page: rest.length > 0 ? `${pathname}?${new URLSearchParams(rest)}` : pathname };
};
