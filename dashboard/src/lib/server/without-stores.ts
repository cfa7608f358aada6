import { error, type RequestEvent } from '@sveltejs/kit';
import type { Said } from '#domain/said.ts';
import { m } from '#wording/paraglide/messages.js';
import { problem } from './api/problem.ts';
import { isForPrograms, refuse } from './refusal-page.ts';

/** The answer (503) where the stores cannot be asked, with why: a page, an error for scripts, a problem for programs. */
export function withoutStores({ request, url, locals, isDataRequest }: RequestEvent, why: Said): Response {
  if (isForPrograms(url.pathname)) return problem(503, 'The stores cannot be asked', why.en);
  const trouble = why[locals.preferences.locale];
  locals.trouble = trouble;
  if (isDataRequest) error(503, { message: trouble, trouble });
  return refuse(request, 503, trouble, locals.preferences.locale, {
    title: m.error_failed(),
    sentence: m.error_stores({ trouble }),
    again: { words: m.error_show_again(), to: url.pathname + url.search },
  });
}
