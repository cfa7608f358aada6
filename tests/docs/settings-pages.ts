import { settingDefinitions } from '#domain/settings.ts';
import type { SettingDefinition } from '#domain/settings.ts';

/** Where in `docs/operations.md` the table of settings stands. */
const begin = '<!-- settings: written by `node tests/docs/write.ts` -->';
const end = '<!-- /settings -->';

/** Settings a newcomer fills in; the others stand as comments with their defaults. */
const filledIn = new Set(['VK_TOKENS']);

function wrap(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + word.length < 98) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.map((line) => `# ${line}`);
}

/** Beginning of an example that is no value but the command that makes one. */
export const madeBy = 'made by: ';

function exampleNote(example: string, quote = ''): string {
  return example.startsWith(madeBy)
    ? `Made by: ${quote}${example.slice(madeBy.length)}${quote}`
    : `Example: ${quote}${example}${quote}`;
}

function environmentLines(setting: SettingDefinition): string[] {
  const { name, description, defaultIsComputed, bounds, example } = setting;
  const notes = [description, bounds ?? '', defaultIsComputed ? `Default: ${setting.default}.` : ''];
  const value = defaultIsComputed || setting.default === null ? '' : setting.default;
  const quoted = /[\s#*]/.test(value) ? `"${value}"` : value;
  const sample = example === null ? [] : [`# ${exampleNote(example)}`];
  return [
    ...wrap(notes.filter(Boolean).join(' ')),
    ...sample,
    `${filledIn.has(name) ? '' : '#'}${name}=${quoted}`,
    '',
  ];
}

/** The text of `.env.example`. */
export function environmentExample(): string {
  const heading = [
    '# Copy this file to .env and fill in what you need: everything has a default.',
    '# Any setting can be read from a file instead: NAME_FILE=/path (for secrets).',
    '# Settings that are already in the environment win over this file.',
    '',
  ];
  return [...heading, ...settingDefinitions.flatMap(environmentLines)].join('\n').trimEnd() + '\n';
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

/** The table of settings for `docs/operations.md`. */
function settingsTable(): string {
  const rows = settingDefinitions.map((setting) => {
    const written =
      setting.default === null ? '' : setting.defaultIsComputed ? setting.default : `\`${setting.default}\``;
    const notes = [
      setting.description,
      setting.bounds ?? '',
      setting.example === null ? '' : `${exampleNote(setting.example, '`')}.`,
      setting.secret ? 'Secret: masked wherever it is shown.' : '',
    ];
    return `| \`${setting.name}\` | ${cell(written)} | ${cell(notes.filter(Boolean).join(' '))} |`;
  });
  return ['| setting | default | |', '|---|---|---|', ...rows].join('\n');
}

/** `docs/operations.md` with the table of settings in its place; throws when the place is not marked. */
export function withSettingsTable(page: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to === -1) throw new Error(`docs/operations.md lacks its marks: ${begin} and ${end}`);
  return `${page.slice(0, from)}${begin}\n\n${settingsTable()}\n\n${page.slice(to)}`;
}
