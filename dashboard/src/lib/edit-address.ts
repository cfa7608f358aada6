import { idOf, oneOf } from './filters.ts';

/** The forms of edits, and what each is about: a person, an organisation or a page. */
export const editForms = {
  remind: 'person',
  contacts: 'person',
  appoint: 'organisation',
  pause: 'organisation',
  page: 'page',
  add: 'organisation',
} as const;
export type EditForm = keyof typeof editForms;

/** A form that is open: what it does, to what, and under which row of a list. */
export interface ActiveForm {
  action: EditForm;
  id: number;
  /** The row's key, such as `organisation-12`; '' where it is under none. */
  at: string;
}

/** What an address says of edits, whichever screen it is of. */
export interface EditAddress {
  open: ActiveForm | null;
  /** The entry in the journal of what has just been done, and whether it was undone. */
  done: number | null;
  undone: number | null;
}

/** Nothing is open, and nothing was done. */
export const noEdits: EditAddress = { open: null, done: null, undone: null };

function readForm(parameters: URLSearchParams): ActiveForm | null {
  const [, action, id] = /^([a-z]+)-(\d{1,9})$/.exec(parameters.get('form') ?? '') ?? [];
  const known = oneOf(Object.keys(editForms) as EditForm[], action ?? null);
  const number = idOf(id ?? null);
  const at = parameters.get('at') ?? '';
  if (!known || number === null) return null;
  return { action: known, id: number, at: /^(organisation|page|person)-\d{1,9}$/.test(at) ? at : '' };
}

/** Reads what an address says of edits. A screen forgives: what is not understood is passed over. */
export function readEditAddress(parameters: URLSearchParams): EditAddress {
  return {
    open: readForm(parameters),
    done: idOf(parameters.get('done')),
    undone: idOf(parameters.get('undone')),
  };
}

/** The parameters of an address that says it; the inverse of {@link readEditAddress}. */
export function editParameters({ open, done, undone }: Partial<EditAddress>): [string, string][] {
  const said: [string, string | number | null | undefined][] = [
    ['form', open && formKey(open)],
    ['at', open?.at],
    ['done', done],
    ['undone', undone],
  ];
  return said.flatMap(([name, value]): [string, string][] => (value ? [[name, String(value)]] : []));
}

/** What tells one open form from another, and marks the link that opens it. */
export const formKey = ({ action, id }: Pick<ActiveForm, 'action' | 'id'>): string => `${action}-${id}`;
