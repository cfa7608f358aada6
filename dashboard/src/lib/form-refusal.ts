/** More fields than any form of ours has: a reminder names each page of a person. */
export const mostFields = 2_000;

/** Why a sent form was not taken; the error page has a sentence for each. */
export const formRefusals = ['form_broken', 'form_too_large', 'form_too_many'] as const;
export type FormRefusal = (typeof formRefusals)[number];
