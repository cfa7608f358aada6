import type { EditName } from '#register/edits/registry.ts';

/** Who a reader may be. The last one is no role of accounts. */
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
  /** Everybody, where the dashboard is public. */
  'public',
] as const;
export type Role = (typeof roles)[number];

/** The roles that an account can be given: all but that of everybody. */
export const grantableRoles = [
  'administrator',
  'department',
  'member_editor',
  'organisation',
  'secretary',
  'commission_chair',
  'juror',
  'viewer',
] as const satisfies readonly Role[];
export type GrantableRole = (typeof grantableRoles)[number];

/** The roles that hold for an organisation and all below it, and for nothing else. */
export const rolesOfOrganisations: readonly Role[] = ['member_editor', 'organisation'];

const federation = ['administrator', 'department'] as const;
const editors = [...federation, 'member_editor'] as const;
const signedIn = roles.filter((role) => role !== 'public');
const ofFederation = roles.filter((role) => !rolesOfOrganisations.includes(role));

/**
 * What one may be allowed to do, and who is. A role of an organisation has its permissions there and below it, and nowhere
 * else (`scope.ts`).
 */
export const permissions = {
  /** Everything that is counted, in screens and lists of the API. */
  'numbers.read': roles,
  /** Who is not updated. Everybody, where the dashboard is public and its setting says so. */
  'silent.read': signedIn,
  /** How far setting up is: what is registered, and what is not read yet. */
  'setup.read': ofFederation,
  /** Names, phones and addresses of people. */
  'contacts.read': editors,
  /** What was done, by whom. */
  'journal.read': editors,
  'register.edit': editors,
  'target.edit': federation,
  /** What organisations see of others, and everybody of who is not updated. */
  'openness.edit': federation,
  /** One's own account: password, sessions. */
  'account.own': signedIn,
  /** Who has an account and which roles; an administrator is made by administrators alone (`mayGrant`). */
  'accounts.manage': ['administrator', 'department'],
  /** How sentences name the federation and its department. */
  'names.edit': federation,
  /** Links by which others see one view: making and revoking them. */
  'shares.manage': federation,
  /** What the environment sets. */
  'settings.read': ['administrator'],
  /** What is stored of a person, to hand it out and to erase it; by what right people are kept, and how long. */
  'personal_data.manage': federation,
  /** To be led to the first section of the settings that one may see. */
  'settings.open': federation,
} as const satisfies Record<string, readonly Role[]>;
export type Permission = keyof typeof permissions;

/** The permissions that a token of the API can have; it never has more than these, whoever made it. */
export const apiTokenScopes = ['numbers.read'] as const satisfies readonly Permission[];
export type ApiTokenScope = (typeof apiTokenScopes)[number];

/** The views that a link can show to whoever has it, and what it takes to see each: a link opens that and nothing else. */
const shareViewPermissions = {
  overview: ['numbers.read'],
  ranking: ['numbers.read'],
  silent: ['numbers.read', 'silent.read'],
  organisation: ['numbers.read'],
} as const satisfies Record<string, readonly Permission[]>;
export type ShareView = keyof typeof shareViewPermissions;
export const shareViews = Object.keys(shareViewPermissions) as ShareView[];
export const isShareView = (view: string): view is ShareView => Object.hasOwn(shareViewPermissions, view);

/**
 * Views that are of no use without the names of organisations: a link shows them where organisations see each other by name, and
 * nothing where they do not.
 */
export const viewsOfNames: readonly ShareView[] = ['overview', 'silent'];

/** What whoever follows a link to a view may. */
export const sharePermissions = (view: ShareView): readonly Permission[] => shareViewPermissions[view];

/** Whether somebody of these roles is allowed to do something. */
export function isAllowed(own: readonly Role[], permission: Permission): boolean {
  return permissions[permission].some((role) => own.includes(role));
}

/** What an account may that has no role at all: see itself, and sign out. */
export const ofEveryAccount: readonly Permission[] = ['account.own'];

/** Whether somebody of these roles may give, or take, a role. */
export function mayGrant(own: readonly Role[], role: Role): boolean {
  if (own.includes('administrator')) return true;
  return own.includes('department') && role !== 'administrator';
}

/** Kinds of edits that are no edits of the register, and what they take. */
const settingEdits: Partial<Record<EditName, Permission>> = {
  target: 'target.edit',
  clear: 'target.edit',
  naming: 'openness.edit',
  public_silent: 'openness.edit',
  names: 'names.edit',
};

/** What a kind of edit takes, to make it and to undo it. */
export const editPermission = (name: EditName): Permission => settingEdits[name] ?? 'register.edit';

/** What takes any edit at all: who may none of them is not even listened to. */
export const anyEdit: readonly Permission[] = ['register.edit', 'target.edit', 'openness.edit', 'names.edit'];

/** A route that whoever reaches the server may read: the doors themselves, and whether the program is well. */
export const forEverybody = 'everybody';

/** Form actions about accounts, by route: they take what their route takes. */
export const accountActions: Readonly<Record<string, readonly string[]>> = {
  '/claim/[token]': ['default'],
  '/login': ['default'],
  '/login/code': ['default'],
  '/logout': ['default'],
  '/invitation/[token]': ['default'],
  '/password/[token]': ['default'],
  '/account': ['end', 'others', 'password'],
  '/account/second-factor': ['begin', 'confirm', 'end'],
  '/settings/people': ['end', 'grant', 'invite', 'remove', 'reset', 'revoke', 'sign_out', 'tie'],
  '/settings/tokens': ['make', 'revoke'],
  '/settings/shares': ['make', 'revoke'],
  '/settings/personal-data': ['find', 'keep'],
  '/settings/personal-data/[id]': ['erase'],
};

/** What routes take that show each reader something else. */
const personal: readonly Permission[] = [
  'account.own',
  'accounts.manage',
  'shares.manage',
  'personal_data.manage',
];

/**
 * The commands of the tool, by what they take: whoever may read and write the data directory, or knows the address of the served
 * stores, may give them; none can be given over the network. A test compares them with the tool's own.
 */
export const machineCommands: readonly string[] = [
  'audit verify',
  'collect',
  'doctor',
  'export',
  'import',
  'leaderboard',
  'repair',
  'rollups verify',
  'secrets rotate',
  'telegram login',
  'token create',
  'user add',
  'user reset',
];

/** Screens that take forms of edits, of who may make them. */
const editScreens = [
  '/(overview)',
  '/silent',
  '/organisations/[id]',
  '/settings/openness',
  '/settings/federation',
];

/** Whether a route takes forms of who has signed in. */
export const takesForms = (route: string): boolean =>
  routePermissions[route] !== forEverybody && (editScreens.includes(route) || route in accountActions);

/** Whether a route shows each reader something else: their account, or a form that they alone were given. */
export function isPersonal(route: string | null): boolean {
  const wanted = route === null ? undefined : routePermissions[route];
  return wanted === forEverybody || personal.some((each) => each === wanted);
}

/**
 * What it takes to read a route. Its form actions are kinds of edits, and `undo`, which takes what the edit took; those of
 * accounts (`accountActions`) take what their route takes.
 */
export const routePermissions: Readonly<Record<string, Permission | typeof forEverybody>> = {
  '/(overview)': 'numbers.read',
  '/ranking': 'numbers.read',
  '/silent': 'silent.read',
  '/organisations/[id]': 'numbers.read',
  '/methodology': 'numbers.read',
  '/start': 'setup.read',
  '/register-sample.csv': 'setup.read',
  '/claim': forEverybody,
  '/claim/[token]': forEverybody,
  '/login': forEverybody,
  '/login/code': forEverybody,
  '/logout': forEverybody,
  '/invitation/[token]': forEverybody,
  '/password/[token]': forEverybody,
  // By the link itself: see `sharePermissions`.
  '/share/[token]': forEverybody,
  '/account': 'account.own',
  '/unsent': 'account.own',
  '/account/second-factor': 'account.own',
  '/settings': 'settings.open',
  '/settings/people': 'accounts.manage',
  '/settings/tokens': 'accounts.manage',
  '/settings/shares': 'shares.manage',
  '/settings/federation': 'names.edit',
  '/settings/environment': 'settings.read',
  '/settings/openness': 'openness.edit',
  '/settings/personal-data': 'personal_data.manage',
  '/settings/personal-data/[id]': 'personal_data.manage',
  '/settings/personal-data/[id]/copy': 'personal_data.manage',
  '/healthz': forEverybody,
  '/readyz': forEverybody,
  '/api/v1/[...rest]': 'numbers.read',
  '/api/v1/leaderboard': 'numbers.read',
  '/api/v1/openapi.json': 'numbers.read',
  '/api/v1/organisations': 'numbers.read',
  '/api/v1/pages': 'numbers.read',
  '/api/v1/posts': 'numbers.read',
  '/api/v1/runs': 'numbers.read',
  '/api/v1/subscribers': 'numbers.read',
};
