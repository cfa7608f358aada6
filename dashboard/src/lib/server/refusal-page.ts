import type { Locale } from '#wording/locale.ts';

/** What is refused before the dashboard makes a page of it: its title and the sentence that says why. */
export interface RefusedPage {
  title: string;
  sentence: string;
  /** What one can do: without it there is the way to the overview alone. */
  again?: Again;
}

/** A way to try again: a link, or with `fields` a form that sends these. */
export interface Again {
  words: string;
  /** A path of this site, with its parameters. */
  to: string;
  fields?: readonly (readonly [name: string, value: string])[];
}

const back: Readonly<Record<Locale, string>> = { ru: 'К обзору', en: 'To the overview' };
const product: Readonly<Record<Locale, string>> = { ru: 'ПрофПульс', en: 'ProfPulse' };

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

function againHtml({ words, to, fields }: Again): string {
  if (!fields) return `<p><a href="${escaped(to)}">${escaped(words)}</a></p>`;
  const hidden = fields.map(
    ([name, value]) => `<input type="hidden" name="${escaped(name)}" value="${escaped(value)}" />`,
  );
  return `<form method="POST" action="${escaped(to)}">${hidden.join('')}<button>${escaped(words)}</button></form>`;
}

/** A page of its own for a refusal, in the reader's language: no scripts, one small sheet of style. */
export function refusalPage({ title, sentence, again }: RefusedPage, locale: Locale): string {
  return `<!doctype html>
<html lang="${locale}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${escaped(title)} — ${product[locale]}</title>
    <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
    <link rel="stylesheet" href="/plain.css" />
  </head>
  <body>
    <main>
      <h1>${escaped(title)}</h1>
      <p>${escaped(sentence)}</p>
      ${again ? againHtml(again) : ''}
      <p><a href="/">${back[locale]}</a></p>
    </main>
  </body>
</html>
`;
}

/** A refusal as a script of ours takes it that has sent a form. */
export function refusalResult(status: number, message: string): string {
  return JSON.stringify({ type: 'error', status, error: { message } });
}

/** Whether whoever asks is a program: its answers are problems (RFC 9457) in English, and never pages. */
export function isForPrograms(path: string): boolean {
  return /^\/(?:api(?:\/|$)|healthz$|readyz$)/.test(path);
}

/** A refusal as whoever asks takes it: a script of ours that has sent a form, or a browser. */
export function refuse(
  request: Request,
  status: number,
  said: string,
  locale: Locale,
  page: RefusedPage,
): Response {
  const isScript = request.headers.get('accept') === 'application/json';
  const body = isScript ? refusalResult(status, said) : refusalPage(page, locale);
  const type = isScript ? 'application/json' : 'text/html; charset=utf-8';
  return new Response(body, { status, headers: { 'content-type': type, 'cache-control': 'no-store' } });
}
