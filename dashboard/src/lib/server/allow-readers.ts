import { error } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { m } from '#wording/paraglide/messages.js';
import { problem } from './api/problem.ts';
import { routePermissions } from './permissions.ts';
import { isForPrograms, refuse } from './refusal-page.ts';

/**
 * Refuses (403) what a reader may not read, before anything of it is asked; a route that the table of permissions does not
 * know, nobody may. Form actions refuse by themselves, beside the form.
 */
export const allowReaders: Handle = ({ event, resolve }) => {
  const { request, url, route, locals, isDataRequest } = event;
  // What is no route of ours is answered with 404.
  if (route.id === null) return resolve(event);
  const wanted = routePermissions[route.id];
  if (wanted !== undefined && locals.reader.may(wanted)) return resolve(event);
  const said = 'This is not for everybody. Ask the administrator for access.';
  if (isForPrograms(url.pathname)) return problem(403, 'Access is not allowed', said);
  if (isDataRequest) error(403, said);
  return refuse(request, 403, said, locals.preferences.locale, {
    title: m.error_refused(),
    sentence: m.error_forbidden(),
  });
};
