import { asIs, type Said } from '../said.ts';
import { hasBarePassword } from './bare-password.ts';
import { declarations } from './definitions.ts';
import type { SettingName } from './definitions.ts';

/**
 * A setting's value as it may be shown: of an address the part without user and password, of another secret only
 * its length, of anything else at most 200 characters.
 */
export function maskedSetting(name: SettingName, value: string): Said {
  const url = name.endsWith('_URL') && !hasBarePassword(value) ? URL.parse(value) : null;
  if (url !== null && url.host !== '' && value.includes('@')) {
    return asIs(`${url.protocol}//***@${url.host}`);
  }
  const isPlainAddress = url !== null && url.host !== '';
  if (('secret' in declarations[name] && !isPlainAddress) || (name.endsWith('_URL') && value.includes('@'))) {
    return { ru: `*** (знаков: ${value.length})`, en: `*** (${value.length} characters)` };
  }
  const shown = value.length > 200 ? `${value.slice(0, 200)}…` : value;
  return { ru: `«${shown}»`, en: `"${shown}"` };
}
