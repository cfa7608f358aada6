import type { StoredSection } from '../stored-sections.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/gu, (sign) => entities[sign] ?? sign);
const cell = (name: 'th' | 'td', text: string): string => `<${name}>${escaped(text)}</${name}>`;
const head = (columns: readonly string[]): string =>
  columns.length === 0 ? '' : `<thead><tr>${columns.map((name) => cell('th', name)).join('')}</tr></thead>`;
/** Facts have a heading in each row, and none above them. */
const line = (texts: readonly string[], areFacts: boolean): string =>
  `<tr>${texts.map((text, at) => cell(areFacts && at === 0 ? 'th' : 'td', text)).join('')}</tr>`;

/** What is stored of somebody as a page of its own, to be read and printed anywhere: no script, nothing from elsewhere. */
export function storedPage(
  sections: readonly StoredSection[],
  { title, when, none, locale }: { title: string; when: string; none: string; locale: string },
): string {
  const parts = sections.map(({ title: heading, note, columns, rows }) => {
    const table =
      rows.length === 0
        ? `<p>${escaped(none)}</p>`
        : `<table>${head(columns)}<tbody>${rows.map((row) => line(row, columns.length === 0)).join('\n')}</tbody></table>`;
    return `<h2>${escaped(heading)}</h2>\n${table}${note ? `\n<p>${escaped(note)}</p>` : ''}`;
  });
  return `<!doctype html>
<html lang="${escaped(locale)}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
body { font: 15px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #999; padding: 4px 8px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
tbody th { width: 35%; font-weight: normal; }
</style>
<h1>${escaped(title)}</h1>
<p>${escaped(when)}</p>
${parts.join('\n')}
</html>
`;
}
