/** One picture on the sheet. */
export interface Picture {
  page: string;
  reader: string;
  width: number;
  file: string;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A page that shows all pictures, a row for each page of the dashboard. */
export function contactSheet(pictures: readonly Picture[]): string {
  const rows = [...new Set(pictures.map(({ page }) => page))].map((page) => {
    const figures = pictures
      .filter((picture) => picture.page === page)
      .map(
        ({ reader, width, file }) =>
          `<figure><a href="${escape(file)}"><img src="${escape(file)}" alt="" width="${width > 500 ? 420 : 150}"></a>` +
          `<figcaption>${escape(reader)}</figcaption></figure>`,
      );
    return `<h2>${escape(page)}</h2><div>${figures.join('')}</div>`;
  });
  return `<!doctype html>
<meta charset="utf-8">
<title>Every page of ProfPulse</title>
<style>
  body { font: 14px sans-serif; margin: 16px; background: #888; width: 2500px }
  div { display: flex; flex-wrap: wrap; gap: 12px; align-items: start }
  figure { margin: 0 } figcaption { color: #fff } img { max-height: 900px; object-fit: cover; object-position: top }
</style>
${rows.join('\n')}
`;
}
