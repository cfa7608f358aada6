import type { EditName } from '#register/edits/registry.ts';

/**
 * Who a reader may be. Today everybody is one of the last two; the others are those of accounts to come, whose
 * organisations are another question than what they may do with them.
 */
export const roles = [
  'administrator',
  'department',
  /** Edits the register of a member organisation and of those below it. */
  'member_editor',
  /** Sees its own numbers and those below it. */
  'organisation',
  /** Of the contest: its secretary, the chair of its commission, and who marks. */
  'secretary',
  'commission_chair',
  'juror',
  'viewer',
  /** Whoever reaches a dashboard that listens to its own machine alone. */
  'loopback',
  /** Everybody, where the dashboard is public. */
  'public',
] as const;
export type Role = (typeof roles)[number];

const federation = ['administrator', 'department', 'loopback'] as const;
const editors = [...federation, 'member_editor'] as const;

/** What one may be allowed to do, and who is. */
export const permissions = {
  /** Whether the program is well. */
  'health.read': roles,
  /** Everything that is counted, in screens and lists of the API. */
  'numbers.read': roles,
  /** Names, phones and addresses of people. */
  'contacts.read': editors,
  /** What was done, by whom. */
  'journal.read': editors,
  'register.edit': editors,
  'target.edit': federation,
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

/** Kinds of edits that are no edits of the register, and what they take. */
const settingEdits: Partial<Record<EditName, Permission>> = { target: 'target.edit', clear: 'target.edit' };

/** What a kind of edit takes, to make it and to undo it. */
export const editPermission = (name: EditName): Permission => settingEdits[name] ?? 'register.edit';

/** What takes any edit at all: who may none of them is not even listened to. */
export const anyEdit: readonly Permission[] = ['register.edit', 'target.edit'];

/** What it takes to read a route. Its form actions are kinds of edits, and `undo`, which takes what the edit took. */
export const routePermissions: Readonly<Record<string, Permission>> = {
  '/(overview)': 'numbers.read',
  '/ranking': 'numbers.read',
  '/silent': 'numbers.read',
  '/organisations/[id]': 'numbers.read',
  '/methodology': 'numbers.read',
  '/start': 'numbers.read',
  '/register-sample.csv': 'numbers.read',
  '/healthz': 'health.read',
  '/readyz': 'health.read',
  '/api/v1/[...rest]': 'numbers.read',
  '/api/v1/leaderboard': 'numbers.read',
  '/api/v1/openapi.json': 'numbers.read',
  '/api/v1/organisations': 'numbers.read',
  '/api/v1/pages': 'numbers.read',
  '/api/v1/posts': 'numbers.read',
  '/api/v1/runs': 'numbers.read',
  '/api/v1/subscribers': 'numbers.read',
};
