import { choice, id, key, parameter, readSaid, saidParameters } from './search-parameters.ts';

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

const formNames = choice(Object.keys(editForms) as EditForm[]);

function formOf(text: string | null): Pick<ActiveForm, 'action' | 'id'> | null {
  const [, name = null, digits = null] = /^([a-z]+)-(\d{1,10})$/.exec(text ?? '') ?? [];
  const action = formNames.read(name);
  const number = id.read(digits);
  return action === null || number === null ? null : { action, id: number };
}

const parameters = {
  form: parameter(key(/^[a-z]+-\d{1,10}$/, 'a form and an id such as remind-12'), null),
  at: parameter(key(/^(?:organisation|page|person)-\d{1,10}$/, 'a row such as organisation-12'), ''),
  done: parameter(id, null),
  undone: parameter(id, null),
} as const;

/** Reads what an address says of edits. A screen forgives: what is not understood is passed over. */
export function readEditAddress(address: URLSearchParams): EditAddress {
  const { form, at, done, undone } = readSaid(parameters, address);
  const open = formOf(form);
  return { open: open && { ...open, at }, done, undone };
}

/** The parameters of an address that says it; the inverse of {@link readEditAddress}. */
export function editParameters({
  open = null,
  done = null,
  undone = null,
}: Partial<EditAddress>): [string, string][] {
  return saidParameters(parameters, { form: open && formKey(open), at: open?.at ?? '', done, undone });
}

/** What tells one open form from another, and marks the link that opens it. */
export const formKey = ({ action, id }: Pick<ActiveForm, 'action' | 'id'>): string => `${action}-${id}`;
