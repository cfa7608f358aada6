import { declarations } from './definitions.ts';
import type { SettingName } from './definitions.ts';

/**
 * A setting's value as it may be shown: of an address the part without user and password, of another secret only
 * its length, of anything else at most 200 characters.
 */
export function maskedSetting(name: SettingName, value: string): string {
  const url = name.endsWith('_URL') ? URL.parse(value) : null;
  if (url !== null && url.host !== '' && value.includes('@')) {
    return `${url.protocol}//***@${url.host}`;
  }
  const isPlainAddress = url !== null && url.host !== '';
  if (('secret' in declarations[name] && !isPlainAddress) || (name.endsWith('_URL') && value.includes('@'))) {
    return `*** (${value.length} characters)`;
  }
  return `"${value.length > 200 ? `${value.slice(0, 200)}…` : value}"`;
}
