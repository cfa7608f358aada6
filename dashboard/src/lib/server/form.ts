import { error } from '@sveltejs/kit';
import { mostFields, mostParameters, refusalSentences, type FormRefusal } from '../form-refusal.ts';

function refuse(status: 400 | 413, refusal: FormRefusal): never {
  error(status, refusalSentences[refusal]);
}

/**
 * The fields of a sent form. Ends the request with 400 when the body is no form, and with 413 when it is too large or has
 * too many fields; the error page says so in a sentence.
 */
export async function readForm(request: Request): Promise<FormData> {
  let fields: FormData;
  try {
    fields = await request.formData();
  } catch (cause) {
    if (isTooLarge(cause)) refuse(413, 'form_too_large');
    refuse(400, 'form_broken');
  }
  if ([...fields.keys()].length > mostFields) refuse(413, 'form_too_many');
  return fields;
}

/** The adapter ends a body above its limit (`cli/request-limits.ts`) with this status. */
function isTooLarge(cause: unknown): boolean {
  const { status, cause: inner } = Object(cause) as { status?: unknown; cause?: unknown };
  return status === 413 || (inner !== undefined && isTooLarge(inner));
}

/**
 * The texts of a form by name, in one pass, to be shown again. Files are left out, and what is named `__proto__`: no form of ours
 * has such a field, and nothing that holds one can be brought into a page.
 */
export function textsOf(fields: FormData): Record<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const [name, value] of fields) {
    if (name === '__proto__') continue;
    const those = texts.get(name) ?? [];
    texts.set(name, those);
    if (typeof value === 'string') those.push(value);
  }
  return Object.fromEntries(texts);
}

/** Whether an address has more parameters than any of ours. */
export function hasTooManyParameters(url: URL): boolean {
  return url.searchParams.size > mostParameters;
}

/** Whether a path's escapes are no UTF-8: no route can be named so. */
export function isMalformed(path: string): boolean {
  try {
    // The bundler leaves out a decoding whose result nobody uses.
    return !decodeURI(path).startsWith('/');
  } catch {
    return true;
  }
}
