import type { EditName } from '#register/edits/registry.ts';
import type { OddInput } from './inputs.ts';

/** A value as it stands in an address or a form, and as text. */
export type Sent = Pick<OddInput, 'encoded' | 'text' | 'isField'>;

/** A request as it is sent. */
export interface Asked {
  method: 'GET' | 'POST';
  path: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Something whose fields a stranger can fill in: a form, an address with its parameters, a header. */
export interface OddForm {
  /** Where it is: unlike that of any other. */
  name: string;
  kind: 'edit' | 'account' | 'login' | 'search' | 'api' | 'path' | 'header';
  /** Which edit it is for. */
  edit?: EditName | 'undo';
  fields: readonly string[];
  /** Valid values of its fields. */
  valid: Readonly<Record<string, string>>;
  /** The request with these values, beside valid ones. `version`: that of what the edit overwrites. */
  request(values: ReadonlyMap<string, Sent>, version?: string): Asked;
}

/** A field that a page of the site shows in a form. */
export interface ShownField {
  /** The path of its form, with its action. */
  form: string;
  name: string;
}

/** What is known of the server that is asked. */
export interface Known {
  /** Working one-time links by their routes. */
  links: Readonly<Record<string, string>>;
  /** Fields that were seen in pages. */
  shown: readonly ShownField[];
  /** The id of an account that things may be done with. */
  guest: string;
  /** What somebody signs in with. */
  login: { email: string; password: string };
}

/** What a form of a page is sent with. */
export const formType = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };

/** A field of a form or an address with an odd value, or with another. */
export const pairOf = (name: string, value: Sent | undefined, otherwise: string): string => {
  const own = `${encodeURIComponent(name)}=${encodeURIComponent(otherwise)}`;
  if (!value) return own;
  return value.isField ? `${own}&${value.encoded}` : `${encodeURIComponent(name)}=${value.encoded}`;
};

/** A value with nothing odd. */
export const plain: Sent = { encoded: 'x', text: 'x', isField: false };
