/** More fields than any form of ours has: a reminder names each page of a person. */
export const mostFields = 2_000;

/** More parameters than any address of ours has. */
export const mostParameters = 500;

/** Why what was sent was not taken. */
export type FormRefusal =
  | 'form_broken'
  | 'form_too_large'
  | 'form_too_many'
  | 'too_many_parameters'
  | 'foreign_form'
  | 'address_broken';

/** What is said of it to programs; the error page says it in the reader's language. */
export const refusalSentences: Readonly<Record<FormRefusal, string>> = {
  form_broken: 'The form arrived damaged, and nothing was changed.',
  form_too_large: 'The form is too large, and nothing was changed.',
  form_too_many: `The form has more than ${mostFields} fields, and nothing was changed.`,
  too_many_parameters: `The address has more than ${mostParameters} parameters, and nothing was done.`,
  foreign_form: 'The form was sent from another site, and nothing was changed.',
  address_broken: 'The address is damaged, and nothing was done.',
};
