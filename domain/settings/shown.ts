import type { Said } from '../said.ts';
import { settingDefinitions, type Settings } from '../settings.ts';
import { hasBarePassword } from './bare-password.ts';
import type { SettingName } from './definitions.ts';
import { russianMeanings } from './meanings.ts';

/** A setting of the environment as it may be shown to who runs the program. */
export interface ShownSetting {
  name: SettingName;
  meaning: Said;
  /** Where it was set: in the environment, or in the file that `NAME_FILE` names; `null` where its default holds. */
  setBy: 'environment' | 'file' | null;
  /** What holds; `null` for a secret, of which nothing is told but whether it is set, and for what has no value. */
  value: string | null;
  isSecret: boolean;
}

/** Every setting as it holds, in the order of the documentation. Of a secret neither a part is shown nor how long it is. */
export function shownSettings(
  settings: Settings,
  environment: Readonly<Record<string, string | undefined>>,
): ShownSetting[] {
  return settingDefinitions.map(({ name, description, secret }) => ({
    name,
    meaning: { ru: russianMeanings[name], en: description },
    setBy: setBy(name, environment),
    value: shownValue(name, settings[name], secret),
    isSecret: secret,
  }));
}

function setBy(
  name: SettingName,
  environment: Readonly<Record<string, string | undefined>>,
): ShownSetting['setBy'] {
  if (environment[name]?.trim()) return 'environment';
  return environment[`${name}_FILE`]?.trim() ? 'file' : null;
}

function shownValue(name: SettingName, held: Settings[SettingName], isSecret: boolean): string | null {
  if (held === undefined || (typeof held === 'object' && held.length === 0)) return null;
  const value = typeof held === 'object' ? held.join(', ') : String(held);
  return name.endsWith('_URL') ? shownAddress(value, isSecret) : isSecret ? null : value;
}

/** Of an address that may hold a password the server alone: what follows may hold one as well. */
function shownAddress(value: string, isSecret: boolean): string | null {
  const url = hasBarePassword(value) ? null : URL.parse(value);
  if (!url || url.host === '') return null;
  if (url.username || url.password) return `${url.protocol}//***@${url.host}`;
  return isSecret ? `${url.protocol}//${url.host}` : value;
}
