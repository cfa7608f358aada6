import type { Said } from '../said.ts';
import { settingNames } from './definitions.ts';
import type { SettingName } from './definitions.ts';

/** Beginnings of names that nobody but us would use in the environment of this process. */
const ours = /^(?:VK|TELEGRAM|COLLECT|DIGEST|CLICKHOUSE|OPERATIONS|SMTP|IMAP|HISTORY)_/u;

/**
 * Names in the environment that look like a misspelt one of ours (`VK_TOKEN`), one sentence each. Other names are
 * left alone: the environment holds much that is not for us.
 */
export function misspeltSettings(names: readonly string[]): Said[] {
  const known = new Set<string>(settingNames);
  return names
    .filter((name) => !known.has(name) && !known.has(name.replace(/_FILE$/u, '')))
    .flatMap((name) => {
      const bare = name
        .replace(/_FILE$/u, '')
        .toUpperCase()
        .replaceAll('-', '_');
      const meant = closest(bare);
      if (meant.distance <= allowed(bare)) {
        return [
          {
            ru: `Настройки ${name} нет. Может быть, ${meant.name}?`,
            en: `${name} is not a setting. Was ${meant.name} meant?`,
          },
        ];
      }
      if (!ours.test(bare)) return [];
      return [
        {
          ru: `Настройки ${name} нет, её никто не читает.`,
          en: `${name} is not a setting, and nothing reads it.`,
        },
      ];
    });
}

/** Short names differ by a letter or two from things that have nothing to do with us (HOME and HOST). */
function allowed(name: string): number {
  return name.length < 6 ? 0 : name.length < 9 ? 1 : 2;
}

function closest(name: string): { name: SettingName; distance: number } {
  return settingNames
    .map((setting) => ({ name: setting, distance: distanceBetween(plain(name), plain(setting)) }))
    .reduce((best, other) => (other.distance < best.distance ? other : best));
}

function plain(name: string): string {
  return name.replaceAll('_', '');
}

/** Edits (a letter put in, left out or changed) from one word to the other. */
function distanceBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let left = 1; left <= one.length; left += 1) {
    const next = [left];
    for (let right = 1; right <= other.length; right += 1) {
      const changed = (row[right - 1] ?? 0) + (one[left - 1] === other[right - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[right] ?? 0) + 1, (next[right - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
