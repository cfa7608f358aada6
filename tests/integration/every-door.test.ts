import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  accountActions,
  editPermission,
  forEverybody,
  grantableRoles,
  permissions,
  routePermissions,
  type Permission,
  type Role,
} from '#accounts/permissions.ts';
import { registerEdits } from '#register/edits/registry.ts';
import { claimAs, invitedBy, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts a server, and asks it for everything with every role');

const password = 'выдра на льдине 1848';
const product: Product = openProduct();
/** Everybody who may knock; `null`: who has not signed in. */
const visitors = new Map<Role | null, Visitor>();

beforeAll(async () => {
  await product.command(['import', product.file('register.csv', 'organisation,vk\nОбком,vk.com/obkom\n')]);
  const { process, origin } = await product.start();
  const [link] = await process.says(/http:\S+\/claim\/\S+/);
  const administrator = visitorOf(origin);
  await claimAs(administrator, new URL(link).pathname, { name: 'Анна', email: 'anna@example.ru', password });
  visitors.set('administrator', administrator);
  for (const role of grantableRoles.filter((each) => each !== 'administrator')) {
    const account = { name: 'Гость', email: `${role}@example.ru`, password, role, organisation: 'Обком' };
    visitors.set(role, await invitedBy(administrator, origin, account));
  }
  visitors.set(null, visitorOf(origin));
});
afterAll(async () => {
  await product.close();
});

const may = (role: Role | null, permission: Permission | typeof forEverybody): boolean =>
  permission === forEverybody ||
  (role !== null && permissions[permission].some((each: Role) => each === role));

const pathOf = (route: string): string =>
  route
    .replace(/\/\(\w+\)/, '/')
    .replaceAll('[id]', '1')
    .replaceAll('[token]', 'x')
    .replaceAll('[...rest]', 'nothing');

const isForPrograms = (path: string): boolean => path.startsWith('/api/');

test('every route opens for the roles of its row, and for nobody else', async () => {
  const wrong: string[] = [];
  for (const [route, permission] of Object.entries(routePermissions)) {
    const path = pathOf(route);
    for (const [role, visitor] of visitors) {
      const { status, headers } = await visitor.get(path);
      const led = headers.get('location') ?? '';
      const isRefused = status === 403 || status === 401 || (status === 303 && led.startsWith('/login?'));
      const expected = role === null ? (isForPrograms(path) ? 401 : 303) : 403;
      const isRight = may(role, permission) ? !isRefused : status === expected;
      if (!isRight) wrong.push(`${path} answers ${status} ${led} to ${role}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('every form action does something for the roles of its row, and for nobody else', async () => {
  const screens = ['/silent', '/organisations/1'];
  const edits = [
    ...screens.flatMap((path) =>
      registerEdits.map((name) => [`${path}?/${name}`, editPermission(name)] as const),
    ),
    ...screens.map((path) => [`${path}?/undo`, 'register.edit'] as const),
    ['/?/target', 'target.edit'] as const,
    ['/?/clear', 'target.edit'] as const,
    ...['names', 'undo'].map((name) => [`/settings/federation?/${name}`, 'names.edit'] as const),
    ...['naming', 'public_silent', 'undo'].map(
      (name) => [`/settings/openness?/${name}`, 'openness.edit'] as const,
    ),
  ];
  const others = Object.entries(accountActions).flatMap(([route, names]) =>
    // Signing out would end the visitors of this test.
    route === '/logout'
      ? []
      : names.map((name) => {
          const path = name === 'default' ? pathOf(route) : `${pathOf(route)}?/${name}`;
          return [path, routePermissions[route] ?? 'accounts.manage'] as const;
        }),
  );
  const wrong: string[] = [];
  for (const [path, permission] of [...edits, ...others]) {
    for (const [role, visitor] of visitors) {
      if (path === '/account?/others') continue;
      const { status, headers } = await visitor.send(path, { entry: '0' });
      const led = headers.get('location') ?? '';
      const isRefused = status === 403 || (status === 303 && led.startsWith('/login?'));
      const isRight = may(role, permission)
        ? !isRefused && status < 500
        : status === (role === null ? 303 : 403);
      if (!isRight) wrong.push(`${path} answers ${status} ${led} to ${role}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('no other method does anything', async () => {
  const wrong: string[] = [];
  for (const [route, permission] of Object.entries(routePermissions)) {
    for (const [role, visitor] of visitors)
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const { status } = await visitor.ask(pathOf(route), { method });
        const isRight = (may(role, permission) ? [404, 405] : [303, 401, 403, 405]).includes(status);
        if (!isRight) wrong.push(`${method} ${pathOf(route)} answers ${status} to ${role}`);
      }
  }
  expect(wrong).toEqual([]);
});
