import { error, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { forEverybody, routePermissions, takesForms } from '#accounts/permissions.ts';
import { m } from '#wording/paraglide/messages.js';
import { problem } from './api/problem.ts';
import { askForToken, refuseScope } from './bearer.ts';
import { boundedPlace } from './bounded-place.ts';
import { isClaimed } from './read-reader.ts';
import { isForPrograms, refuse } from './refusal-page.ts';
import { useServices } from './services.ts';
import { forgetUnsentForm, keepUnsentForm, unsentPath } from './unsent-form.ts';

/**
 * Refuses what a reader may not read, before anything of it is asked; a route that the table of permissions does not know,
 * nobody may. Who has not signed in is led to do so, or to claim an instance that is nobody's; programs get 401, and who is
 * signed in 403. Form actions refuse by themselves, beside the form.
 */
export const allowReaders: Handle = async ({ event, resolve }) => {
  const { route, locals } = event;
  // What is no route of ours is answered with 404.
  if (route.id === null) return await resolve(event);
  const wanted = routePermissions[route.id];
  if (event.request.method === 'POST' && takesForms(route.id)) {
    if (locals.reader.account) forgetUnsentForm(event);
    // Whoever reads without signing in edits nothing: who sends a form has been signed in until now.
    else if (!locals.reader.isProgram && locals.demoReader === undefined && wanted !== undefined)
      return await leadToLogin(event);
  }
  if (wanted === forEverybody || (wanted !== undefined && locals.reader.may(wanted)))
    return await resolve(event);
  if (locals.reader.isProgram) return refuseScope();
  // Nobody signs in to a demo: what its reader may not see is looked at as another one.
  const isKnown = locals.reader.account !== null || locals.demoReader !== undefined;
  return isKnown || wanted === undefined ? forbid(event) : await leadToLogin(event);
};

function forbid({ request, url, locals, isDataRequest }: RequestEvent): Response {
  const said = 'This is not for everybody. Ask the administrator for access.';
  if (isForPrograms(url.pathname)) return problem(403, 'Access is not allowed', said);
  // An account whose last role has ended still sees itself.
  if (locals.reader.account && locals.reader.account.roles.length === 0) redirect(303, '/account');
  if (isDataRequest) error(403, said);
  return refuse(request, 403, said, locals.preferences.locale, {
    title: m.error_refused(),
    sentence: m.error_forbidden(),
  });
}

async function leadToLogin(event: RequestEvent): Promise<Response> {
  const { url, request } = event;
  if (isForPrograms(url.pathname)) return askForToken();
  if (!(await isClaimed(useServices()))) redirect(303, '/claim');
  const isKept = request.method === 'POST' && (await keepUnsentForm(event));
  // The address of a form is no page that one could be led back to.
  const page = request.method === 'POST' ? url.pathname : url.pathname + url.search;
  const login = (to: string): string => `/login?${new URLSearchParams({ to })}`;
  const place = login(isKept ? unsentPath : page);
  // Whoever came by an address that is too long to be led back to finds at least its page.
  redirect(303, boundedPlace(place) === place ? place : boundedPlace(login(url.pathname)));
}
