/** What can be wrong with what somebody enters of an account, by the field that it is told beside. */
export const accountProblems = {
  /** The same for a wrong password and an address that nobody has: it gives nothing away. */
  wrong_login: 'email',
  /** Of this account or from this address; told of unknown accounts too. */
  too_many_tries: 'email',
  email_missing: 'email',
  email_wrong: 'email',
  email_taken: 'email',
  name_missing: 'name',
  name_long: 'name',
  password_missing: 'password',
  password_short: 'password',
  password_long: 'password',
  password_weak: 'password',
  wrong_password: 'current',
  code_wrong: 'code',
  code_missing: 'code',
  too_many_codes: 'code',
  /** The first step of a login is too long ago, or was tried too often. */
  login_again: null,
  link_ended: null,
  role_missing: 'role',
  role_forbidden: 'role',
  role_held: 'role',
  /** A role of an organisation without one, or of one that is not in the register, or of several of that name. */
  organisation_missing: 'organisation',
  organisation_unknown: 'organisation',
  organisation_ambiguous: 'organisation',
  /** Nobody of the register is called so, or several are, or somebody has another account. */
  person_unknown: 'registered',
  person_ambiguous: 'registered',
  person_taken: 'registered',
  /** The second step of an account cannot be read: another secret is set than when it was made. */
  factor_unreadable: null,
  factor_there: null,
  last_administrator: null,
  no_such_account: null,
  own_account: null,
  day_wrong: 'until',
  token_name_missing: 'name',
  scope_missing: 'scope',
  no_such_token: null,
  share_name_missing: 'name',
  share_view_wrong: 'view',
  /** A view of names, while organisations see each other without. */
  share_needs_names: 'view',
  share_frame_wrong: 'frame',
  share_day_far: 'until',
  no_such_share: null,
  /** The name or address that an erasure is confirmed by is another. */
  confirmation_wrong: 'confirm',
} as const;
export type AccountProblemCode = keyof typeof accountProblems;

/** Nothing was done of what somebody wanted with an account. */
export class AccountRefused extends Error {
  override readonly name = 'AccountRefused';
  readonly codes: readonly AccountProblemCode[];

  constructor(...codes: AccountProblemCode[]) {
    super(`Nothing was done with the account: ${codes.join(', ')}.`);
    this.codes = codes;
  }
}

/**
 * Why nothing was done, when that is what an error says; `null` for any other. The dashboard's build and the process each have
 * a class of their own, so that it is told by its name.
 */
export function accountProblemsOf(error: unknown): readonly AccountProblemCode[] | null {
  return error instanceof Error && error.name === 'AccountRefused' ? (error as AccountRefused).codes : null;
}
