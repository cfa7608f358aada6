import { formKey, type ActiveForm } from '#lib/edit-address.ts';

/** The link that opens a form, under its row when that is shown. */
export function findOpener(open: ActiveForm): HTMLElement | null {
  const link = `[data-opens="${formKey(open)}"]`;
  const row = open.at === '' ? null : document.getElementById(open.at);
  return row?.querySelector<HTMLElement>(link) ?? document.querySelector<HTMLElement>(link);
}

/** All that was entered in the forms within an element, to tell later whether anything was changed. */
export function enteredIn(element: HTMLElement): string {
  return [...element.querySelectorAll('form')]
    .map((form) =>
      [...new FormData(form)]
        .filter(([name]) => name !== 'version')
        .map(([name, value]) => `${name}=${typeof value === 'string' ? value : value.name}`)
        .join('\n'),
    )
    .join('\n\n');
}
