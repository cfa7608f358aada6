import type { SQLOutputValue } from 'node:sqlite';

/** A row of a table, by its columns. */
export type Row = Readonly<Record<string, SQLOutputValue>>;

/** What a request was, to judge the rows that it has made. */
export interface Made {
  /** The administrator's account: who sends all forms that want somebody. */
  administrator: string;
  /** The ids of all accounts. */
  accounts: ReadonlySet<string>;
  /** The addresses of their owners: as whom the journal knows them. */
  addresses: ReadonlySet<string>;
  /** The people of the register who have these addresses. */
  owners: ReadonlySet<number>;
  /** Between which instants it was answered. */
  since: string;
  until: string;
  /** What its fields were sent with. */
  sent: ReadonlyMap<string, string>;
}

type Holds = (value: SQLOutputValue, made: Made, row: Row) => boolean;

const nothing: Holds = (value) => value === null;
const now: Holds = (value, { since, until }) => typeof value === 'string' && value >= since && value <= until;
const administrator: Holds = (value, made) => value === made.administrator;
const account: Holds = (value, { accounts }) => typeof value === 'string' && accounts.has(value);
const within =
  (days: number): Holds =>
  (value, { since, until }) =>
    typeof value === 'string' &&
    value > since &&
    Date.parse(value) <= Date.parse(until) + days * 24 * 60 * 60 * 1000;

/** Of an invitation: what the form said. */
const invited: Holds = (value) => {
  if (value === null) return true;
  const { role, organisationId } = JSON.parse(String(value)) as Record<string, unknown>;
  return role === 'viewer' && organisationId === null;
};

/** The scopes of a key: those whose boxes were sent with something. */
const scopesSent: Holds = (value, { sent }) => {
  const scopes = JSON.parse(String(value)) as string[];
  return scopes.every((scope) => (sent.get(scope) ?? '') !== '');
};

/** Who did something, and from where, lies beside the journal. */
const sealed: Holds = (value) => /^personal:[0-9a-f]{64}$/.test(String(value));
const whoOrWhere: Holds = (value, { addresses }, { path }) =>
  path === 'address'
    ? value === '"127.0.0.1"'
    : path !== 'who' || addresses.has(String(JSON.parse(String(value))));

/** What rows hold that a request has made, in columns that no field of its form is for. */
const made: Readonly<Record<string, Readonly<Record<string, Holds>>>> = {
  journal: { at: now, who: sealed, address: sealed },
  journal_values: { value: whoOrWhere },
  role_grants: {
    ...{ user_id: account, role: (value) => value === 'viewer', organisation_id: nothing },
    ...{ granted_at: now, granted_by: account, ends_at: nothing },
  },
  one_time_links: {
    ...{ kind: (value) => value === 'invitation' || value === 'reset', payload: invited },
    ...{ created_at: now, created_by: administrator, expires_at: within(31) },
    ...{ used_at: nothing, revoked_at: nothing },
  },
  api_tokens: {
    ...{ user_id: administrator, scopes: scopesSent, created_at: now, expires_at: within(366) },
    ...{ last_used_at: nothing, revoked_at: nothing },
  },
  share_links: {
    ...{ user_id: administrator, created_at: now, expires_at: within(366) },
    ...{ last_used_at: nothing, revoked_at: nothing },
  },
  two_factors: { user_id: administrator },
  users: {
    email_verified: (value) => value === 0 || value === 1,
    ...{ person_id: (value, { owners }) => owners.has(Number(value)), removed_at: nothing },
  },
  reminders: { at: now, who: administrator },
  pages: { added_at: now, removed_at: nothing },
};

/** Columns that no form changes in a row that is there. */
const fixed: Readonly<Record<string, readonly string[]>> = {
  journal: ['at', 'who', 'what', 'subject', 'before', 'after', 'address', 'hash'],
  organisations: ['parent_id', 'council', 'level', 'tier', 'name', 'created_at', 'removed_at'],
  person_roles: ['organisation_id', 'person_id', 'role'],
  pauses: ['organisation_id'],
  pages: ['organisation_id', 'network', 'added_at'],
  reminders: ['at', 'who', 'person_id'],
  users: ['name', 'email', 'email_verified', 'created_at', 'removed_at'],
  role_grants: ['user_id', 'role', 'organisation_id', 'granted_at', 'granted_by', 'ends_at'],
  one_time_links: ['kind', 'token_hash', 'user_id', 'payload', 'created_at', 'created_by', 'expires_at'],
  api_tokens: ['name', 'token_hash', 'scopes', 'user_id', 'created_at', 'expires_at'],
  share_links: [
    'name',
    'token_hash',
    'view',
    'organisation_id',
    'query',
    'framed_by',
    'user_id',
    'expires_at',
  ],
};

/** Tables whose rows stay, whatever is done. */
const kept: ReadonlySet<string> = new Set([
  ...['journal', 'organisations', 'people', 'pages', 'users', 'role_grants', 'one_time_links', 'api_tokens'],
  ...['share_links', 'settings'],
]);

/** The tables that have rules. */
export const ruledTables: readonly string[] = [
  ...new Set([...Object.keys(made), ...Object.keys(fixed), ...kept]),
];

const text = (value: SQLOutputValue | undefined): string => JSON.stringify(value ?? null).slice(0, 80);

/** What is wrong with a row that a request has made. */
export const wrongInNew = (table: string, row: Row, request: Made): string[] =>
  Object.entries(made[table] ?? {})
    .filter(([column, holds]) => !holds(row[column] ?? null, request, row))
    .map(([column]) => `${table}.${column} of a new row is ${text(row[column])}`);

/** What is wrong with what became of a row. */
export function wrongInOld(table: string, before: Row, after: Row | undefined): string[] {
  if (!after)
    return kept.has(table) ? [`a row of ${table} is gone: ${JSON.stringify(before).slice(0, 80)}`] : [];
  return (fixed[table] ?? [])
    .filter((column) => before[column] !== after[column])
    .map((column) => `${table}.${column} was ${text(before[column])} and is ${text(after[column])}`);
}
