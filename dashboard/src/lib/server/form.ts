import { error } from '@sveltejs/kit';
import { m } from '#lib/paraglide/messages.js';

/** More than any form of ours has: a reminder names each page of a person. */
export const mostFields = 2_000;

/** More than any address of ours has. */
const mostParameters = 500;

/**
 * The fields of a sent form. Ends the request with 400 when the body is no form, and with 413 when it is too large or has
 * too many fields; both say so in a sentence.
 */
export async function readForm(request: Request): Promise<FormData> {
  let fields: FormData;
  try {
    fields = await request.formData();
  } catch (cause) {
    if (isTooLarge(cause)) error(413, m.error_form_too_large());
    error(400, m.error_form_broken());
  }
  if ([...fields.keys()].length > mostFields) error(413, m.error_form_too_many({ most: mostFields }));
  return fields;
}

/** The adapter ends a body above its limit (512 KB) with this status. */
function isTooLarge(cause: unknown): boolean {
  const { status, cause: inner } = Object(cause) as { status?: unknown; cause?: unknown };
  return status === 413 || (inner !== undefined && isTooLarge(inner));
}

/** The texts of a form by name, in one pass, to be shown again. Files are left out. */
export function textsOf(fields: FormData): Record<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const those = texts.get(name) ?? [];
    texts.set(name, those);
    if (typeof value === 'string') those.push(value);
  }
  return Object.fromEntries(texts);
}

/** What is wrong with an address that has more parameters than any of ours; `null` when it is well. */
export function tooManyParameters(url: URL): string | null {
  return url.searchParams.size > mostParameters
    ? m.error_too_many_parameters({ most: mostParameters })
    : null;
}
