import { m } from '#wording/paraglide/messages.js';

/** The sections of the settings, in their order. What each takes, the table of permissions says of its route. */
export const settingsSections = [
  { path: '/settings/people', name: m.nav_people },
  { path: '/settings/openness', name: m.openness_title },
  { path: '/settings/federation', name: m.names_section },
  { path: '/settings/tokens', name: m.nav_tokens },
  { path: '/settings/shares', name: m.shares_title },
  { path: '/settings/personal-data', name: m.data_title },
  { path: '/settings/environment', name: m.environment_section },
] as const satisfies readonly { path: string; name: () => string }[];

/** Where a section of the settings is. */
export type SettingsPath = (typeof settingsSections)[number]['path'];
