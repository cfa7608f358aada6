import { forEverybody, routePermissions } from '#accounts/permissions.ts';
import { settingsSections, type SettingsPath } from '../settings-sections.ts';
import type { Reader } from './reader.ts';

/** The sections of the settings that a reader may see, in their order. */
export function sectionsFor(reader: Pick<Reader, 'may'>): SettingsPath[] {
  return settingsSections.flatMap(({ path }) => {
    const wanted = routePermissions[path];
    return wanted !== undefined && wanted !== forEverybody && reader.may(wanted) ? [path] : [];
  });
}
