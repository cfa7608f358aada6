import { page } from '$app/state';
import { formatterFor, type Formatter } from './format.ts';
import { getLocale } from './paraglide/runtime.js';

/** The reader's language and the federation's zone, for components. */
export function useFormat(): Formatter {
  return formatterFor(getLocale(), page.data.zone);
}
