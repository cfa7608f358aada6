import { dev } from '$app/env';
import { error, isRedirect, redirect, type RequestEvent } from '@sveltejs/kit';
import { sequence, type Handle, type HandleServerError } from '@sveltejs/kit/hooks';
import { refusalSentences, type FormRefusal } from '#lib/form-refusal.ts';
import type { Locale } from '#wording/locale.ts';
import { defineCustomServerStrategy } from '#wording/paraglide/runtime.js';
import { m } from '#wording/paraglide/messages.js';
import { paraglideMiddleware } from '#wording/paraglide/server.js';
import { refusalOf, refusalText } from '#lib/refusal-labels.ts';
import { problem } from '#lib/server/api/problem.ts';
import { boundedPlace } from '#lib/server/bounded-place.ts';
import { compressAnswer } from '#lib/server/compression.ts';
import { isFirstFont } from '#lib/server/first-fonts.ts';
import { hasTooManyParameters, isMalformed } from '#lib/server/form.ts';
import { offerAgain } from '#lib/server/offer-again.ts';
import { preferencesOf, rememberPreferences } from '#lib/server/preferences.ts';
import { allowReaders } from '#lib/server/allow-readers.ts';
import { readReader } from '#lib/server/read-reader.ts';
import { isForPrograms, refuse } from '#lib/server/refusal-page.ts';
import { useServices } from '#lib/server/services.ts';
import { shareHeaders } from '#lib/server/share-reader.ts';
import { shareResponses } from '#lib/server/shared-responses.ts';
import { withoutStores } from '#lib/server/without-stores.ts';
import { startAfterPaint } from '#lib/server/start-after-paint.ts';

const cookieOf = (header: string | null, name: string): string | undefined =>
  header
    ?.split(/;\s*/)
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);

defineCustomServerStrategy('custom-profpulse', {
  getLocale: (request) =>
    request &&
    preferencesOf(
      new URL(request.url),
      (name) => cookieOf(request.headers.get('cookie'), name),
      useServices().settings.locale,
    ).locale,
});

/** Language and theme are in the first byte: nothing flashes, nothing is asked twice. */
const preferences: Handle = async ({ event, resolve }) => {
  const { settings } = useServices();
  event.locals.preferences = preferencesOf(event.url, (name) => event.cookies.get(name), settings.locale);
  const secure = settings.publicUrl.startsWith('https:');
  rememberPreferences(event.url, event.cookies, event.locals.preferences, secure);
  const { locale, theme } = event.locals.preferences;
  return paraglideMiddleware(event.request, () => {
    const gone = isProbe(event.url.pathname) ? null : useServices().dataTrouble();
    // The engines go on for a while with files that are gone: nothing is shown of them, and nothing is taken to be lost.
    if (gone) return withoutStores(event, gone);
    if (hasTooManyParameters(event.url)) return tooManyParameters(event);
    if (isForPrograms(event.url.pathname) && isMalformed(event.url.pathname))
      return problem(400, 'The address is damaged', refusalSentences.address_broken);
    return resolve(event, {
      // Pages are whole without scripts: these are asked for once the page is read, and stand in nothing's way.
      preload: (asset) => (asset.type === 'font' ? isFirstFont(asset.filename, locale) : asset.type !== 'js'),
      transformPageChunk: ({ html }) =>
        html.replace('%profpulse.locale%', locale).replace('%profpulse.theme%', theme),
    });
  });
};

const isProbe = (path: string): boolean => path === '/healthz' || path === '/readyz';

/** Nothing is done with such an address: a program hears it in English, a person in the language of the page. */
function tooManyParameters({ request, url, locals, isDataRequest }: RequestEvent): Response {
  const said = refusalSentences.too_many_parameters;
  if (isForPrograms(url.pathname)) return problem(400, 'The request has too many parameters', said);
  if (isDataRequest) error(400, said);
  return refuse(request, 400, said, locals.preferences.locale, {
    title: m.error_refused(),
    sentence: refusalText('too_many_parameters'),
  });
}

/** The kit takes a form for the action `default`, said in the address, of a page that has none for a fault of ours. */
const actions: Handle = async ({ event, resolve }) => {
  if (event.request.method === 'POST' && /^\?\/default(?:[=&]|$)/.test(event.url.search)) error(404);
  return await resolve(event);
};

/** The kit answers a method that an address does not take with bare English words. */
const methods: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  const type = response.headers.get('content-type') ?? '';
  if (response.status !== 405 || /html|json/.test(type)) return response;
  const { request, url, locals } = event;
  const allowed = response.headers.get('allow') ?? '';
  const said = `${request.method} is not taken here; taken are ${allowed}.`;
  const refused = isForPrograms(url.pathname)
    ? problem(405, 'The method is not allowed', said)
    : refuse(request, 405, said, locals.preferences.locale, {
        title: m.error_refused(),
        sentence: m.error_method(),
      });
  refused.headers.set('allow', allowed);
  return refused;
};

/** Answers that lead on carry an address of the request in their headers, encoded once more: they never grow with it. */
const leading: Handle = async ({ event, resolve }) => {
  try {
    const response = await resolve(event);
    const place = response.headers.get('location');
    if (place !== null && boundedPlace(place) !== place)
      response.headers.set('location', boundedPlace(place));
    return response;
  } catch (thrown) {
    if (!isRedirect(thrown)) throw thrown;
    redirect(thrown.status, boundedPlace(thrown.location));
  }
};

/** Answers may be kept, but not without asking; the headers of security are the server's (`cli/http-server.ts`). */
const freshness: Handle = async ({ event, resolve }) => {
  const response = await resolve(event);
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache');
  return response;
};

/** Files of `/_app` are compressed by the build; what readers share is compressed once for all of them. */
const compression: Handle = async ({ event, resolve }) =>
  await compressAnswer(event.request, await resolve(event));

/** While a page is being written on, it is made for each look at it, and begins as the kit begins it. */
export const handle: Handle = sequence(
  leading,
  freshness,
  offerAgain,
  preferences,
  shareHeaders,
  readReader,
  allowReaders,
  ...(dev ? [] : [shareResponses]),
  methods,
  actions,
  compression,
  ...(dev ? [] : [startAfterPaint]),
);

/**
 * What went wrong goes to the log with a reference that the error page shows. Where the stores cannot be asked, that is the
 * answer (503), as at `/readyz`. What is embedded in a page is in its language; programs hear English.
 */
export const handleError: HandleServerError = async ({ kind, error, event }) => {
  const isForPeople = !isForPrograms(event.url.pathname);
  const locale = isForPeople ? event.locals.preferences.locale : 'en';
  if (kind !== 'unknown') return isForPeople ? inWords(kind, error, locale) : undefined;
  const reference = crypto.randomUUID().slice(0, 8);
  const services = useServices();
  // Paths of one-time links hold their tokens: the route tells enough.
  const path = event.route.id?.includes('[token]') ? event.route.id : event.url.pathname;
  services.log.error({ err: error, reference, path }, 'A page could not be answered');
  const trouble = await services.storeTrouble(error);
  if (trouble) {
    event.locals.trouble = trouble[locale];
    return { status: 503, message: trouble[locale], trouble: trouble[locale], reference };
  }
  return { message: m.error_failed({}, { locale }), reference };
};

/** What the kit could not read, by the status that it gives: a form that is sent as something else, or malformed UTF-8. */
const brokenBy = (status: number): FormRefusal | null =>
  status === 415 ? 'form_broken' : status === 400 ? 'address_broken' : null;

/** The message of an error that is no fault of ours, for its page. */
function inWords(kind: string, error: unknown, locale: Locale): Partial<App.Error> {
  const { status, message, wrongDays } = error as App.Error;
  const refusal = refusalOf(message);
  if (refusal) return { message: refusalText(refusal, locale), refusal };
  const broken = kind === 'framework' ? brokenBy(status) : null;
  if (broken) return { status: 400, message: refusalText(broken, locale), refusal: broken };
  if (wrongDays) return { message: m.error_days({}, { locale }) };
  if (status === 404) return { message: m.error_not_found({}, { locale }) };
  return kind === 'framework' ? { message: m.error_refused({}, { locale }) } : {};
}
