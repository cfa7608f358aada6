import { globSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { editNames, registerEdits } from '#register/edits/registry.ts';
import { anyEdit, editPermission, permissions, roles, routePermissions } from './permissions.ts';
import { readerFor, readerOf } from './reader.ts';

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

test('every form action is a kind of edit of the registry, or undoing, and takes what the table says', async () => {
  const known = [...editNames, 'undo'];
  const routes = [...(await listRoutes())].filter(([, { actions }]) => actions.length > 0);
  for (const [id, { actions }] of routes) expect([id, known]).toEqual([id, expect.arrayContaining(actions)]);
  for (const name of editNames) expect(anyEdit).toContain(editPermission(name));
  expect(Object.fromEntries(routes.map(([id, { actions }]) => [id, actions.sort()]))).toEqual({
    '/(overview)': ['clear', 'target', 'undo'],
    '/silent': [...registerEdits, 'undo'].sort(),
    '/organisations/[id]': [...registerEdits, 'undo'].sort(),
  });
});

test('nothing but form actions changes anything: endpoints are only read', async () => {
  for (const [id, { methods: taken }] of await listRoutes())
    expect([id, taken.filter((method) => method !== 'GET' && method !== 'HEAD')]).toEqual([id, []]);
});

test('everybody reads the numbers; who reads them alone sees no contacts and edits nothing', () => {
  const may = (role: (typeof roles)[number]) => {
    const reader = readerOf([role], { key: role, who: role });
    return Object.keys(permissions).filter((permission) =>
      reader.may(permission as keyof typeof permissions),
    );
  };
  const all = Object.keys(permissions);
  const reading = ['health.read', 'numbers.read'];
  expect(Object.fromEntries(roles.map((role) => [role, may(role)]))).toEqual({
    administrator: all,
    department: all,
    loopback: all,
    member_editor: all.filter((permission) => permission !== 'target.edit'),
    organisation: reading,
    secretary: reading,
    commission_chair: reading,
    juror: reading,
    viewer: reading,
    public: reading,
  });
});

test('while there are no accounts, who reaches the dashboard is inside, or everybody where it is public', () => {
  const [inside, everybody] = [readerFor({ publicDashboard: false }), readerFor({ publicDashboard: true })];
  expect([inside.may('register.edit'), everybody.may('register.edit')]).toEqual([true, false]);
  expect([inside.may('contacts.read'), everybody.may('contacts.read')]).toEqual([true, false]);
  expect(inside.key).not.toBe(everybody.key);
  const both = readerOf(['viewer', 'department'], { key: 'x', who: 'petrova' });
  expect(both.may('register.edit')).toBe(true);
});
