import { defineCustomClientStrategy } from '#wording/paraglide/runtime.js';

defineCustomClientStrategy('custom-profpulse', {
  getLocale: () => document.documentElement.lang,
  setLocale: () => {},
});
