import { leastPasswordLength, mostNameLength, mostPasswordLength } from '#accounts/lengths.ts';
import type { ApiTokenScope, GrantableRole } from '#accounts/permissions.ts';
import { accountProblems, type AccountProblemCode } from '#accounts/problems.ts';
import { m } from '#wording/paraglide/messages.js';

const roleLabels: Record<GrantableRole, () => string> = {
  administrator: m.role_administrator,
  department: m.role_department,
  member_editor: m.role_member_editor,
  organisation: m.role_organisation,
  secretary: m.role_secretary,
  commission_chair: m.role_commission_chair,
  juror: m.role_juror,
  viewer: m.role_viewer,
};

const roleHints: Record<GrantableRole, () => string> = {
  administrator: m.role_administrator_hint,
  department: m.role_department_hint,
  member_editor: m.role_member_editor_hint,
  organisation: m.role_organisation_hint,
  secretary: m.role_secretary_hint,
  commission_chair: m.role_commission_chair_hint,
  juror: m.role_juror_hint,
  viewer: m.role_viewer_hint,
};

/** What a role is called. One that this version does not know stays its own name. */
export const roleLabel = (role: string): string => roleLabels[role as GrantableRole]?.() ?? role;

/** A role with the organisation that it is of; '' for one of the whole federation. */
export const heldRoleLabel = ({ role, organisation }: { role: string; organisation: string }): string =>
  organisation === '' ? roleLabel(role) : m.people_role_in({ role: roleLabel(role), organisation });

/** What a role may do, in some words. */
export const roleHint = (role: GrantableRole): string => roleHints[role]();

/** What a scope of a token opens: its name, and more of it. */
export const scopeLabels: Record<ApiTokenScope, { name: () => string; hint: () => string }> = {
  'numbers.read': { name: m.token_scope_numbers, hint: m.token_scope_numbers_hint },
};

const problemTexts: Record<AccountProblemCode, () => string> = {
  wrong_login: m.account_problem_wrong_login,
  too_many_tries: m.account_problem_too_many_tries,
  email_missing: m.account_problem_email_missing,
  email_wrong: m.account_problem_email_wrong,
  email_taken: m.account_problem_email_taken,
  name_missing: m.account_problem_name_missing,
  name_long: () => m.account_problem_name_long({ most: mostNameLength }),
  password_missing: m.account_problem_password_missing,
  password_short: () => m.account_problem_password_short({ least: leastPasswordLength }),
  password_long: () => m.account_problem_password_long({ most: mostPasswordLength }),
  password_weak: m.account_problem_password_weak,
  wrong_password: m.account_problem_wrong_password,
  code_wrong: m.account_problem_code_wrong,
  code_missing: m.account_problem_code_missing,
  too_many_codes: m.account_problem_too_many_codes,
  login_again: m.account_problem_login_again,
  link_ended: m.account_problem_link_ended,
  role_missing: m.account_problem_role_missing,
  role_forbidden: m.account_problem_role_forbidden,
  role_held: m.account_problem_role_held,
  organisation_missing: m.account_problem_organisation_missing,
  organisation_unknown: m.account_problem_organisation_unknown,
  organisation_ambiguous: m.account_problem_organisation_ambiguous,
  person_unknown: m.account_problem_person_unknown,
  person_ambiguous: m.account_problem_person_ambiguous,
  person_taken: m.account_problem_person_taken,
  factor_unreadable: m.account_problem_factor_unreadable,
  factor_there: m.account_problem_factor_there,
  last_administrator: m.account_problem_last_administrator,
  no_such_account: m.account_problem_no_such_account,
  own_account: m.account_problem_own_account,
  day_wrong: m.account_problem_day_wrong,
  token_name_missing: m.token_problem_name_missing,
  scope_missing: m.token_problem_scope_missing,
  no_such_token: m.token_problem_no_such_token,
  share_name_missing: m.share_problem_name_missing,
  share_view_wrong: m.share_problem_view,
  share_needs_names: m.share_problem_needs_names,
  share_frame_wrong: m.share_problem_frame,
  share_day_far: m.share_problem_day_far,
  no_such_share: m.share_problem_no_such,
  confirmation_wrong: m.erase_problem_confirmation,
};

/** What came back of a form about an account: why nothing was done, and what had been entered but passwords. */
export interface AccountRefusal {
  /** The action that was refused. */
  action: string;
  codes: readonly AccountProblemCode[];
  values: Readonly<Record<string, string>>;
}

/** What is wrong with a field of a form, in a sentence; `undefined` when nothing is. */
export function fieldProblem(refusal: AccountRefusal | null | undefined, field: string): string | undefined {
  const code = refusal?.codes.find((each) => accountProblems[each] === field);
  return code && problemTexts[code]();
}

/** What is wrong with the whole, and stands beside no field: its sentences. */
export function wholeProblems(refusal: AccountRefusal | null | undefined): string[] {
  return (refusal?.codes ?? [])
    .filter((code) => accountProblems[code] === null)
    .map((code) => problemTexts[code]());
}
