import { defineCustomClientStrategy } from '#lib/paraglide/runtime.js';

defineCustomClientStrategy('custom-profpulse', {
  getLocale: () => document.documentElement.lang,
  setLocale: () => {},
});
