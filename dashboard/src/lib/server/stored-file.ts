import type { StoredSection } from '../stored-sections.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/gu, (sign) => entities[sign] ?? sign);
const cells = (name: 'th' | 'td', texts: readonly string[]): string =>
  `<tr>${texts.map((text) => `<${name}>${escaped(text)}</${name}>`).join('')}</tr>`;

/** What is stored of somebody as a page of its own, to be read and printed anywhere: no script, nothing from elsewhere. */
export function storedPage(
  sections: readonly StoredSection[],
  { title, when, none, locale }: { title: string; when: string; none: string; locale: string },
): string {
  const parts = sections.map(({ title: heading, note, columns, rows }) => {
    const table =
      rows.length === 0
        ? `<p>${escaped(none)}</p>`
        : `<table><thead>${cells('th', columns)}</thead><tbody>${rows.map((row) => cells('td', row)).join('\n')}</tbody></table>`;
    return `<h2>${escaped(heading)}</h2>\n${table}${note ? `\n<p>${escaped(note)}</p>` : ''}`;
  });
  return `<!doctype html>
<html lang="${escaped(locale)}">
<meta charset="utf-8">
<title>${escaped(title)}</title>
<style>
body { font: 15px/1.5 sans-serif; max-width: 60em; margin: 2em auto; padding: 0 1em; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #999; padding: 4px 8px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
</style>
<h1>${escaped(title)}</h1>
<p>${escaped(when)}</p>
${parts.join('\n')}
</html>
`;
}
