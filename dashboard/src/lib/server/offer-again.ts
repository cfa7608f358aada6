import type { RequestEvent } from '@sveltejs/kit';
import type { Handle } from '@sveltejs/kit/hooks';
import { m } from '#wording/paraglide/messages.js';
import { isForPrograms, refuse, type Again } from './refusal-page.ts';
import { keptFields, pageOfForm } from './unsent-form.ts';

/** Scripts of ours keep the form themselves, and programs send no forms. */
const isSentByHand = ({ request, url }: RequestEvent): boolean =>
  request.method === 'POST' &&
  request.headers.get('accept') !== 'application/json' &&
  /^application\/x-www-form-urlencoded\b/.test(request.headers.get('content-type') ?? '') &&
  !isForPrograms(url.pathname);

/**
 * A form that came while the stores could not be asked is handed back to its sender with a button that sends it again: nothing
 * that was entered is lost. One with a secret in it is to be filled in again.
 */
export const offerAgain: Handle = async ({ event, resolve }) => {
  const copy = isSentByHand(event) ? event.request.clone() : null;
  const response = await resolve(event);
  const { trouble, isFormDone, preferences } = event.locals;
  if (!copy || response.status !== 503 || trouble === undefined || isFormDone) return response;
  const { locale } = preferences;
  const to = event.url.pathname + event.url.search;
  const fields = keptFields(await copy.formData());
  const again: Again = fields
    ? { words: m.error_send_again({}, { locale }), to, fields }
    : { words: m.error_to_form({}, { locale }), to: pageOfForm(to) };
  const sentence = fields
    ? m.error_form_kept({ trouble }, { locale })
    : m.error_form_secret({ trouble }, { locale });
  const page = { title: m.error_unsent({}, { locale }), sentence, again };
  return refuse(event.request, 503, trouble, locale, page);
};
