import type { Norms } from '#domain/norms.ts';
import { page } from '$app/state';
import { formatterFor, type Formatter } from '#wording/format.ts';
import { getLocale } from '#wording/paraglide/runtime.js';

/** What the federation expects of its pages, for components that say it. */
export function useNorms(): Norms {
  return page.data.norms;
}

/** The reader's language and the federation's zone, for components. */
export function useFormat(): Formatter {
  return formatterFor(getLocale(), page.data.zone);
}
