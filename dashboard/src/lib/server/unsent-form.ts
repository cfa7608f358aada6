import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { RequestEvent } from '@sveltejs/kit';
import * as z from 'zod';
import { textsOf } from './form.ts';
import { useServices } from './services.ts';

/** A form that was sent when nobody was signed in any more: it is kept in their browser until they are again. */
export interface UnsentForm {
  /** Where it was sent to: a path of this site with its action. */
  to: string;
  fields: [name: string, value: string][];
}

/** Where a form is sent that was not, and its cookie. */
export const unsentPath = '/unsent';
const cookie = 'unsent-form';

/** How long one has for the login, in seconds. */
const keptFor = 1800;
/** What a browser keeps of a cookie is 4096 bytes with its name. */
const mostBytes = 3800;
/** So much a kept form can be at most: a small cookie must not become a large text. */
const mostText = 65_536;

/** What is typed of these is typed anew: such a form is not kept at all. */
const secrets = ['password', 'current', 'code'];

/** Of the fields of a form what can be kept, in their order; `null` for none, and of one that has a secret in it. */
export function keptFields(form: FormData): UnsentForm['fields'] | null {
  const texts = Object.entries(textsOf(form));
  if (texts.length === 0 || texts.some(([name]) => secrets.includes(name))) return null;
  return texts.flatMap(([name, values]) => values.map((value): [string, string] => [name, value]));
}

/** The page whose form was sent to an address: the address without the parameter that names the action. */
export function pageOfForm(to: string): string {
  const { pathname, searchParams } = new URL(to, 'http://localhost');
  const rest = [...searchParams].filter(([name]) => !name.startsWith('/'));
  return rest.length > 0 ? `${pathname}?${new URLSearchParams(rest)}` : pathname;
}

const kept = z.object({ to: z.string(), fields: z.array(z.tuple([z.string(), z.string()])) });

/**
 * Keeps a form that was sent without a session, in a cookie of its sender. `false` when it cannot be: it is none, has a secret in
 * it, or is too large.
 */
export async function keepUnsentForm({ request, url, cookies }: RequestEvent): Promise<boolean> {
  const sent = await request.formData().catch(() => null);
  const fields = sent && keptFields(sent);
  if (!fields) return false;
  const form: UnsentForm = { to: url.pathname + url.search, fields };
  const packed = deflateRawSync(JSON.stringify(form)).toString('base64url');
  if (packed.length > mostBytes) return false;
  const secure = useServices().settings.publicUrl.startsWith('https:');
  cookies.set(cookie, packed, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: keptFor });
  return true;
}

/** The form that this browser has kept; `null` without one, or one that is damaged or leads elsewhere. */
export function readUnsentForm({ cookies }: Pick<RequestEvent, 'cookies'>): UnsentForm | null {
  const packed = cookies.get(cookie);
  if (packed === undefined) return null;
  try {
    const text = inflateRawSync(Buffer.from(packed, 'base64url'), { maxOutputLength: mostText }).toString();
    const form = kept.parse(JSON.parse(text));
    return /^\/(?![/\\])/.test(form.to) ? form : null;
  } catch {
    return null;
  }
}

/** Forgets the kept form: whoever has signed in has sent it, or another. */
export function forgetUnsentForm({ cookies }: Pick<RequestEvent, 'cookies'>): void {
  if (cookies.get(cookie) !== undefined) cookies.delete(cookie, { path: '/' });
}
