import {
  accountActions,
  apiTokenScopes,
  editPermission,
  forEverybody,
  machineCommands,
  permissions,
  roles,
  routePermissions,
  type Permission,
  type Role,
} from '#accounts/permissions.ts';
import { editNames } from '#register/edits/registry.ts';

const names = Object.keys(permissions) as Permission[];

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n');
}

const meanings: Record<Permission, string> = {
  'numbers.read': 'what is counted: screens, lists of the API, tables',
  'silent.read': 'who is not updated; everybody where the dashboard is public and the setting says so',
  'setup.read': 'how far setting up is, and the sample of a register',
  'contacts.read': 'names, phones and addresses of people',
  'journal.read': 'what was done, by whom',
  'register.edit': 'edits of the register, and undoing them',
  'target.edit': 'the target of growth',
  'openness.edit': 'what organisations see of each other, and everybody of who is not updated',
  'account.own': 'one’s own password, second step and sessions',
  'accounts.manage':
    'invitations, roles, removing accounts, keys of the API; administrators are made by administrators alone',
  'names.edit': 'how letters and shared views name the federation and its department',
  'shares.manage': 'links by which others see one view, and nothing else',
  'settings.read': 'what the environment sets, without secrets',
  'personal_data.manage':
    'what is stored of a person: handing it out, erasing it; bases, consents and how long people are kept',
  'settings.open': 'the first section of the settings that one may see',
};

/** `docs/permissions.md`: who may do what, made from the table that the program goes by. */
export function permissionsPage(): string {
  const may = (role: Role, permission: Permission): string =>
    permissions[permission].some((each) => each === role) ? 'yes' : '';
  const routes = Object.entries(routePermissions).map(([route, permission]) => [
    `\`${route.replaceAll(/\/\(\w+\)/g, '') || '/'}\``,
    permission === forEverybody ? 'everybody who reaches the server' : `\`${permission}\``,
  ]);
  const actions = [
    ...editNames.map((name) => [`\`?/${name}\` of a screen`, `\`${editPermission(name)}\``]),
    ['`?/undo` of a screen', 'what the edit took'],
    ...Object.entries(accountActions).map(([route, list]) => [
      list.map((name) => (name === 'default' ? `\`${route}\`` : `\`${route}?/${name}\``)).join(', '),
      'what its page takes',
    ]),
  ];
  return `# Who may do what

This page is made from \`accounts/permissions.ts\` by \`node tests/docs/write.ts\`; a test compares them, another asks
every route and form action with every role.

${table(
  ['permission', 'of what', ...roles],
  names.map((name) => [`\`${name}\``, meanings[name], ...roles.map((role) => may(role, name))]),
)}

\`secretary\`, \`commission_chair\` and \`juror\` are roles of the contest: they see the numbers, and no contacts.

\`member_editor\` and \`organisation\` are roles of an organisation: what they allow, they allow there and below it, as the
register is at the time of each request. Others of its league stand in the ranking by their names or, while nothing else was
decided, as places alone: no id, name, page, number or order tells who they are. Somebody of several roles may what each
of them allows.

\`public\` is everybody where \`PUBLIC_DASHBOARD\` is set, on top of their roles. Who has neither a session nor this sees the
doors alone. A demo is open to everybody, who look at it as one of its made-up readers: the department, a member organisation,
a viewer. No other server knows these.

A key of the API may be given ${apiTokenScopes.map((scope) => `\`${scope}\``).join(', ')}: of \`/api/v1/\` alone, and of nothing more, whoever
made it.

## Pages and lists

${table(['route', 'takes'], routes)}

## Form actions

${table(['action', 'takes'], actions)}

## Commands

Whoever may read and write the data directory, or knows the address of the served stores, may give them (\`npm run profpulse -- …\`): they
take no login, and none can be given over the network.

${table(
  ['command', 'takes'],
  machineCommands.map((name) => [`\`${name}\``, 'the machine']),
)}
`;
}
