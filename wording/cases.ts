import { grammaticalCases, type CasedName } from '#domain/cased-name.ts';

/** A name that is said as it stands in every case: of English, or whose cases nobody has told. */
export function undeclined(name: string): CasedName {
  return toCasedName(() => name);
}

/**
 * A name as people write it: alone, or in its six cases with `;` between them («отдел; отдела; отделу; отдел; отделом;
 * отделе»). `null` when there is another number of forms, or one of them is empty.
 */
export function readCasedName(text: string): CasedName | null {
  const forms = text.split(';').map((form) => form.trim());
  const [first = ''] = forms;
  if (forms.includes('')) return null;
  if (forms.length === 1) return undeclined(first);
  if (forms.length !== grammaticalCases.length) return null;
  return toCasedName((index) => forms[index] ?? first);
}

function toCasedName(formAt: (index: number) => string): CasedName {
  return Object.fromEntries(grammaticalCases.map((each, index) => [each, formAt(index)])) as CasedName;
}
