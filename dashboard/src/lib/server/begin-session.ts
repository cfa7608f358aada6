import { redirect, type RequestEvent } from '@sveltejs/kit';
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

/** The path of this site that an address asks to be led to after a login; the overview for anything else. */
export function placeAfterLogin(url: URL): string {
  const to = url.searchParams.get('to') ?? '/';
  const wanted = /^\/(?![/\\])/.test(to) && URL.canParse(to, url) ? new URL(to, url) : null;
  if (wanted?.origin !== url.origin || /^\/(?:login|logout|claim)(?:\/|$)/.test(wanted.pathname)) return '/';
  return wanted.pathname + wanted.search;
}
