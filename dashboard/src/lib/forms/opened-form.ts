import type { OpenForm } from '#lib/silent-filters.ts';

/** What marks a link that opens a form, by which the focus finds its way back to it. */
export const openerOf = ({ action, id }: Pick<OpenForm, 'action' | 'id'>): string => `${action}-${id}`;

/** The link that opens a form, under its line when that is shown. */
export function findOpener(open: OpenForm): HTMLElement | null {
  const link = `[data-opens="${openerOf(open)}"]`;
  const line = open.at === '' ? null : document.getElementById(open.at);
  return line?.querySelector<HTMLElement>(link) ?? document.querySelector<HTMLElement>(link);
}

/** All that was entered in the forms within an element, to tell later whether anything was changed. */
export function enteredIn(element: HTMLElement): string {
  return [...element.querySelectorAll('form')]
    .map((form) =>
      [...new FormData(form)]
        .map(([name, value]) => `${name}=${typeof value === 'string' ? value : value.name}`)
        .join('\n'),
    )
    .join('\n\n');
}
