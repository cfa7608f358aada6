import { redirect, type RequestEvent } from '@sveltejs/kit';
import { accountProblemsOf } from '#accounts/problems.ts';
import { useServices } from './services.ts';

/** Signs in who has just shown that they may, and leads on. Rejects with `AccountRefused`. */
export async function beginSession(
  event: RequestEvent,
  { email, password, to = '/' }: { email: string; password: string; to?: string },
): Promise<never> {
  const userAgent = (event.request.headers.get('user-agent') ?? '').slice(0, 300);
  const origin = { address: event.getClientAddress(), userAgent };
  const { cookies, needsCode } = await useServices().accounts.signIn(email, password, origin);
  event.locals.cookies.push(...cookies);
  redirect(303, needsCode ? `/login/code?${new URLSearchParams({ to })}` : to);
}

/** Signs in who has just got an account; who may not try now (`too_many_tries`) is led to the login, where the account waits. */
export async function beginFirstSession(
  event: RequestEvent,
  login: { email: string; password: string; to?: string },
): Promise<never> {
  try {
    return await beginSession(event, login);
  } catch (error) {
    if (accountProblemsOf(error)) redirect(303, '/login?set');
    throw error;
  }
}

/** The path of this site that an address asks to be led to after a login; the overview for anything else. */
export function placeAfterLogin(url: URL): string {
  const to = url.searchParams.get('to') ?? '/';
  const wanted = /^\/(?![/\\])/.test(to) && URL.canParse(to, url) ? new URL(to, url) : null;
  // `/..//elsewhere` is `//elsewhere` once it is read.
  if (
    wanted?.origin !== url.origin ||
    wanted.pathname.startsWith('//') ||
    /^\/(?:login|logout|claim)(?:\/|$)/.test(wanted.pathname) ||
    // What scripts of ours read is no page.
    /\/__(?:data\.json|route\.js)$/.test(wanted.pathname)
  )
    return '/';
  return wanted.pathname + wanted.search;
}
