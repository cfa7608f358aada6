import { dev } from '$app/env';
import { error, type RequestEvent } from '@sveltejs/kit';
import { sequence, type Handle, type HandleServerError } from '@sveltejs/kit/hooks';
import { mostParameters, refusalSentences } from '#lib/form-refusal.ts';
import type { Locale } from '#lib/locale.ts';
import { defineCustomServerStrategy } from '#lib/paraglide/runtime.js';
import { m } from '#lib/paraglide/messages.js';
import { paraglideMiddleware } from '#lib/paraglide/server.js';
import { problem } from '#lib/server/api/problem.ts';
import { compressAnswer } from '#lib/server/compression.ts';
import { isFirstFont } from '#lib/server/first-fonts.ts';
import { hasTooManyParameters } from '#lib/server/form.ts';
import { preferencesOf, rememberPreferences } from '#lib/server/preferences.ts';
import { isForPrograms, refusalPage, refusalResult } from '#lib/server/refusal-page.ts';
import { useServices } from '#lib/server/services.ts';
import { shareResponses } from '#lib/server/shared-responses.ts';

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
    if (hasTooManyParameters(event.url)) return tooManyParameters(event);
    return resolve(event, {
      preload: (asset) => (asset.type === 'font' ? isFirstFont(asset.filename, locale) : true),
      transformPageChunk: ({ html }) =>
        html
          .replace('%profpulse.locale%', locale)
          .replace('%profpulse.theme%', theme)
          // Pages are whole without scripts: these are not to stand in the way of the fonts.
          .replaceAll(' rel="modulepreload"', ' rel="modulepreload" fetchpriority="low"'),
    });
  });
};

/** Nothing is done with such an address: a program hears it in English, a person in the language of the page. */
function tooManyParameters({ request, url, locals, isDataRequest }: RequestEvent): Response {
  const said = refusalSentences.too_many_parameters;
  if (isForPrograms(url.pathname)) return problem(400, 'The request has too many parameters', said);
  if (isDataRequest) error(400, said);
  return refuse(
    request,
    400,
    said,
    locals.preferences.locale,
    m.error_too_many_parameters({ most: mostParameters }),
  );
}

function refuse(request: Request, status: number, said: string, locale: Locale, sentence: string): Response {
  const isScript = request.headers.get('accept') === 'application/json';
  const body = isScript
    ? refusalResult(status, said)
    : refusalPage({ title: m.error_refused(), sentence }, locale);
  const type = isScript ? 'application/json' : 'text/html; charset=utf-8';
  return new Response(body, { status, headers: { 'content-type': type, 'cache-control': 'no-store' } });
}

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
    : refuse(request, 405, said, locals.preferences.locale, m.error_method());
  refused.headers.set('allow', allowed);
  return refused;
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

/** While a page is being written on, it is made for each look at it. */
export const handle: Handle = sequence(
  freshness,
  preferences,
  ...(dev ? [] : [shareResponses]),
  methods,
  compression,
);

/** What went wrong goes to the log with a reference that the error page shows. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind !== 'unknown') return;
  const reference = crypto.randomUUID().slice(0, 8);
  useServices().log.error(
    { err: error, reference, path: event.url.pathname },
    'A page could not be answered',
  );
  return { reference };
};
