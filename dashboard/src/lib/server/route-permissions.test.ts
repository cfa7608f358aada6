import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { editNames, registerEdits } from '#register/edits/registry.ts';
import {
  accountActions,
  anyEdit,
  apiTokenScopes,
  editPermission,
  forEverybody,
  mayGrant,
  permissions,
  roles,
  routePermissions,
} from '#accounts/permissions.ts';
import { programOf, strangerOf, readerOf } from './reader.ts';
import { takesLong } from '#tests/helpers/takes-long.ts';

takesLong('it loads every route of the dashboard');

const folder = join(import.meta.dirname, '../../routes');

/** A route's module, as far as it can be asked what it takes. */
interface RouteModule {
  actions?: Record<string, unknown>;
  [method: string]: unknown;
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Every route of the dashboard: the methods of its endpoint, and its form actions. */
async function listRoutes() {
  const files = globSync('**/+{page,server,page.server}.{svelte,ts}', { cwd: folder });
  const routes = new Map<string, { methods: string[]; actions: string[] }>();
  for (const file of files) {
    const id = `/${relative('.', dirname(file))}`;
    const route = routes.get(id) ?? { methods: [], actions: [] };
    routes.set(id, route);
    if (!file.endsWith('.ts')) continue;
    const module = (await import(join(folder, file))) as RouteModule;
    route.methods.push(...methods.filter((method) => module[method]));
    route.actions.push(...Object.keys(module.actions ?? {}));
  }
  return routes;
}

test('every route stands in the table of permissions, and no other', async () => {
  expect([...(await listRoutes()).keys()].sort()).toEqual(Object.keys(routePermissions).sort());
});

test('every form action is a kind of edit of the registry, undoing, or of accounts, and takes what the table says', async () => {
  const known = [...editNames, 'undo'];
  const routes = [...(await listRoutes())].filter(([, { actions }]) => actions.length > 0);
  for (const [id, { actions }] of routes)
    expect([id, accountActions[id] ?? known]).toEqual([id, expect.arrayContaining(actions)]);
  for (const name of editNames) expect(anyEdit).toContain(editPermission(name));
  expect(Object.fromEntries(routes.map(([id, { actions }]) => [id, actions.sort()]))).toEqual({
    ...accountActions,
    '/(overview)': ['clear', 'target', 'undo'],
    '/settings/federation': ['names', 'undo'],
    '/settings/openness': ['naming', 'public_silent', 'undo'],
    '/silent': [...registerEdits, 'undo'].sort(),
    '/organisations/[id]': [...registerEdits, 'undo'].sort(),
  });
});

test('nothing but form actions changes anything: endpoints are only read', async () => {
  for (const [id, { methods: taken }] of await listRoutes())
    expect([id, taken.filter((method) => method !== 'GET' && method !== 'HEAD')]).toEqual([id, []]);
});

test('doors stand open to everybody, and nothing else does', () => {
  const open = Object.keys(routePermissions).filter((id) => routePermissions[id] === forEverybody);
  expect(open.sort()).toEqual([
    '/claim',
    '/claim/[token]',
    '/healthz',
    '/invitation/[token]',
    '/login',
    '/login/code',
    '/logout',
    '/password/[token]',
    '/readyz',
    '/share/[token]',
  ]);
});

test('administrators alone make administrators, and who manages no accounts gives no role', () => {
  const given = (own: (typeof roles)[number]) => roles.filter((role) => mayGrant([own], role));
  expect(given('administrator')).toEqual(roles);
  expect(given('department')).toEqual(roles.filter((role) => role !== 'administrator'));
  for (const role of roles)
    if (!['administrator', 'department'].includes(role)) expect(given(role)).toEqual([]);
});

test('everybody reads the numbers; who reads them alone sees no contacts and edits nothing', () => {
  const may = (role: (typeof roles)[number]) => {
    const reader = readerOf([role], { key: role, who: role });
    return Object.keys(permissions).filter((permission) =>
      reader.may(permission as keyof typeof permissions),
    );
  };
  const all = Object.keys(permissions);
  const member = ['numbers.read', 'silent.read', 'setup.read', 'account.own'];
  const ofFederation = [
    ...['setup.read', 'target.edit', 'openness.edit'],
    ...['accounts.manage', 'names.edit', 'shares.manage', 'settings.open', 'settings.read'],
    ...['personal_data.manage'],
  ];
  expect(Object.fromEntries(roles.map((role) => [role, may(role)]))).toEqual({
    administrator: all,
    department: all.filter((permission) => permission !== 'settings.read'),
    member_editor: all.filter((permission) => !ofFederation.includes(permission)),
    organisation: member.filter((permission) => permission !== 'setup.read'),
    secretary: member,
    commission_chair: member,
    juror: member,
    viewer: member,
    public: ['numbers.read', 'setup.read'],
  });
});

test('a token may what it opens, and nothing else; others may see its answers who open the same', () => {
  const all = Object.keys(permissions) as (keyof typeof permissions)[];
  for (const scope of apiTokenScopes)
    expect(all.filter((each) => programOf({ id: 1, scopes: [scope] }).may(each))).toEqual([scope]);
  expect(all.filter((each) => programOf({ id: 1, scopes: [] }).may(each))).toEqual([]);
  const keys = [
    programOf({ id: 1, scopes: [] }),
    programOf({ id: 1, scopes: ['numbers.read'] }),
    strangerOf({ publicDashboard: true, showsSilent: false }),
    strangerOf({ publicDashboard: true, showsSilent: true }),
    strangerOf({ publicDashboard: false, showsSilent: true }),
  ].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  expect(programOf({ id: 2, scopes: ['numbers.read'] }).key).toBe(keys[1]);
});

test('who has not signed in is everybody where the dashboard is public, and nobody elsewhere, on its own machine too', () => {
  const mayOf = (openness: Parameters<typeof strangerOf>[0]) =>
    Object.keys(permissions).filter((each) => strangerOf(openness).may(each as 'numbers.read'));
  for (const showsSilent of [false, true]) expect(mayOf({ publicDashboard: false, showsSilent })).toEqual([]);
  expect(mayOf({ publicDashboard: true, showsSilent: false })).toEqual(['numbers.read', 'setup.read']);
  expect(mayOf({ publicDashboard: true, showsSilent: true })).toEqual([
    'numbers.read',
    'silent.read',
    'setup.read',
  ]);
  const both = readerOf(['viewer', 'department'], { key: 'x', who: 'petrova' });
  expect(both.may('register.edit')).toBe(true);
});
