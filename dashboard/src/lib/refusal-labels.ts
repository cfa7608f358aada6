import { mostFields, mostParameters, refusalSentences, type FormRefusal } from './form-refusal.ts';
import type { Locale } from '#wording/locale.ts';
import { m } from '#wording/paraglide/messages.js';

/** Why what was sent was not taken, in the language of the reader, or in that one. */
export function refusalText(refusal: FormRefusal, locale?: Locale): string {
  const options = locale ? { locale } : {};
  switch (refusal) {
    case 'form_broken':
      return m.error_form_broken({}, options);
    case 'form_too_large':
      return m.error_form_too_large({}, options);
    case 'form_too_many':
      return m.error_form_too_many({ most: mostFields }, options);
    case 'too_many_parameters':
      return m.error_too_many_parameters({ most: mostParameters }, options);
    case 'foreign_form':
      return m.error_foreign_form({}, options);
    case 'address_broken':
      return m.error_address_broken({}, options);
  }
}

/** Which refusal the message of an error is, as programs hear it; `null` when it is none. */
export function refusalOf(message: string | undefined): FormRefusal | null {
  const refusals = Object.keys(refusalSentences) as FormRefusal[];
  return refusals.find((each) => refusalSentences[each] === message) ?? null;
}
