import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accountActions, apiTokenScopes, routePermissions } from '#accounts/permissions.ts';
import { parameterSchemas } from '#dashboard/src/lib/server/api/parameters.ts';
import { readFilters, wrongDays } from '#dashboard/src/lib/filters.ts';
import { readSilentFilters } from '#dashboard/src/lib/silent-filters.ts';
import { editKind, editNames, registerEdits, type EditName } from '#register/edits/registry.ts';
import { root } from '../steps.ts';
import { headerForms } from './header-forms.ts';
import { formType, pairOf, plain, type Known, type OddForm } from './odd-form.ts';

/** Valid values, by the names of fields; an unknown field gets `1`. */
const valid: Readonly<Record<string, string>> = {
  ...{ name: 'Иванова Анна', email: 'anna@example.ru', phone: '+7 900 000-00-09', link: 'vk.com/club909' },
  ...{ from: '2026-12-10', to: '2026-12-11', reason: 'отпуск', channel: 'phone', note: '', known: '' },
  ...{ subscribers: '7000', by: '2027-01-31', naming: 'by_name', decision: '5-3', decided: '2026-01-20' },
  ...{ shown: 'no', entry: '0', basis: '', proof: '', basisOn: '' },
  ...{ processingGiven: '', processingWithdrawn: '', disseminationGiven: '', disseminationWithdrawn: '' },
  ...{ federation_nominative: 'Союз' },
  ...{ department_nominative: '', federation_genitive: 'Союза' },
  // Nothing is done with these: nobody is signed out, and no account is made.
  ...{ password: 'короткий', current: 'не тот пароль', code: '000000', role: 'viewer', until: '' },
  ...{ token: '0', session: '0', grant: '0', invitation: '0', frame: '', view: '/ranking' },
  // A key is made with what is asked for and nothing more.
  ...Object.fromEntries(apiTokenScopes.map((scope) => [scope, ''])),
};

/** Actions that are done with somebody: the others would remove them, or sign them out. */
const withSomebody = /^\/settings\/people\?\/(?:grant|tie|reset)$/;

function formOf(
  path: string,
  fields: readonly string[],
  kind: 'edit' | 'account',
  { guest }: Known,
): OddForm {
  const valueOf = (name: string): string => {
    if (kind === 'account' && name === 'person') return withSomebody.test(path) ? guest : '0';
    return valid[name] ?? '1';
  };
  return {
    ...{ name: path, kind, fields },
    valid: Object.fromEntries(fields.map((name) => [name, valueOf(name)])),
    request: (values, version) => {
      const sent = fields.map((name) =>
        name === 'version' && !values.has(name) && version !== undefined
          ? `version=${version}`
          : pairOf(name, values.get(name), valueOf(name)),
      );
      return { method: 'POST', path, headers: formType, body: sent.join('&') };
    },
  };
}

/** Where each kind of edit is sent to. */
function placeOf(name: EditName): string {
  if (registerEdits.includes(name)) return '/silent';
  const files = globSync('dashboard/src/{routes/**/+page.server.ts,lib/server/*-actions.ts}', { cwd: root });
  const file = files.find((each) => {
    const [, listed = ''] = /editActions\(\s*\[([^\]]*)\]/.exec(sourceOf(each)) ?? [];
    return listed.includes(`'${name}'`);
  });
  if (file === undefined) throw new Error(`No page takes the edit ${name}.`);
  return file.includes('overview') ? '/' : pathOfRoute(file);
}

const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8');
const pathOfRoute = (file: string): string =>
  file
    .replace(/^dashboard\/src\/routes/, '')
    .replace(/\/\+page\.server\.ts$|\/[\w.+]+$/, '')
    .replace(/\/\(\w+\)/, '') || '/';

const editsForms = (known: Known): OddForm[] =>
  editNames.map((name) => {
    const { fieldNames, isOverwriting } = editKind(name);
    const fields = isOverwriting ? [...fieldNames, 'version'] : fieldNames;
    return { ...formOf(`${placeOf(name)}?/${name}`, fields, 'edit', known), edit: name };
  });

/** What the pages of accounts read of their forms: of each action all that its page reads. */
const accountForms = (known: Known): OddForm[] =>
  Object.entries(accountActions).flatMap(([route, actions]) => {
    const source = sourceOf(`dashboard/src/routes${route}/+page.server.ts`);
    const names = [...new Set([...source.matchAll(/sent\('(\w+)'\)/g)].map(([, name = '']) => name))];
    const at = known.links[route] ?? route;
    return actions.map((action) => {
      const path = action === 'default' ? at : `${at}?/${action}`;
      return formOf(path, actionReads(source, action, names), 'account', known);
    });
  });

/** The fields that an action reads, by the text of its function; all of its page where that cannot be told. */
function actionReads(source: string, action: string, names: readonly string[]): readonly string[] {
  const parts = source.slice(source.indexOf('actions')).split(/\n {2}(?=\w+:)/);
  const own = parts.find((part) => part.startsWith(`${action}:`));
  const read = names.filter((name) => own?.includes(`sent('${name}')`));
  return own === undefined || read.length === 0 ? names : read;
}

/** Parameters that a reader of addresses asks for. */
function namesAskedBy(read: (address: URLSearchParams) => unknown): string[] {
  const names = new Set<string>();
  class Asked extends URLSearchParams {
    override get(name: string): string | null {
      names.add(name);
      return super.get(name);
    }
  }
  read(new Asked());
  return [...names];
}

/** Where files that no page owns read a parameter. */
const placesOfShared: Readonly<Record<string, string>> = {
  'overview-screen.ts': '/',
  'overview-actions.ts': '/',
  'begin-session.ts': '/login',
  'share-screen.ts': '/settings/shares',
  'demo-readers.ts': '/',
  'organisation-actions.ts': '/organisations/1',
  'preferences.ts': '/methodology',
  'GrowthTarget.svelte': '/',
};

const searchForm = (path: string, fields: readonly string[], kind: 'search' | 'api'): OddForm => ({
  ...{ name: path, kind, fields, valid: {} },
  request: (values) => ({
    method: 'GET',
    path: `${path}?${[...values].map(([name, value]) => pairOf(name, value, '')).join('&')}`,
    headers: { accept: 'text/html' },
  }),
});

function searchForms(): OddForm[] {
  const asked = globSync('dashboard/src/**/*.{ts,svelte}', { cwd: root }).flatMap((file) => {
    if (file.includes('.test.')) return [];
    return [...sourceOf(file).matchAll(/searchParams\.get\('(\w+)'\)/g)].map(
      ([, name = '']): [string, string] => {
        const shared = placesOfShared[file.split('/').at(-1) ?? ''];
        if (shared === undefined && !file.includes('/routes/'))
          throw new Error(`${file} reads ${name} of addresses: say in tests/security/fields.ts of which.`);
        return [shared ?? pathOfRoute(file), name];
      },
    );
  });
  const ofFilters = [...namesAskedBy(readFilters), ...namesAskedBy(wrongDays)];
  const all = [
    ...asked,
    ...ofFilters.flatMap((name): [string, string][] => [
      ['/ranking', name],
      ['/organisations/1', name],
    ]),
    ...namesAskedBy(readSilentFilters).map((name): [string, string] => ['/silent', name]),
  ];
  const places = Map.groupBy(all, ([path]) => path);
  return [...places].map(([path, those]) =>
    searchForm(path, [...new Set(those.map(([, name]) => name))], 'search'),
  );
}

const listForms = (): OddForm[] =>
  Object.entries(parameterSchemas).map(([list, { shape }]) =>
    searchForm(`/api/v1/${list}`, Object.keys(shape), 'api'),
  );

const pathForms = (): OddForm[] =>
  Object.keys(routePermissions)
    .filter((route) => route.includes('['))
    .map((route) => ({
      ...{ name: route, kind: 'path', fields: ['path'], valid: {} },
      request: (values) => ({
        method: 'GET',
        path: route.replace(/\[[^\]]+\]/, () => (values.get('path') ?? plain).encoded || 'x'),
        headers: { accept: 'text/html' },
      }),
    }));

/** A form with the fields that its page shows and that nothing else tells of. */
function withShown(form: OddForm, known: Known): OddForm {
  const more = known.shown.flatMap((each) =>
    each.form === form.name && !form.fields.includes(each.name) ? [each.name] : [],
  );
  if (more.length === 0 || (form.kind !== 'edit' && form.kind !== 'account')) return form;
  return { ...form, ...formOf(form.name, [...form.fields, ...new Set(more)], form.kind, known) };
}

/** Where somebody is led who has just signed in, as an address says: with a real login. */
const loginForm = ({ login }: Known): OddForm => ({
  ...{ name: '/login?to', kind: 'login', fields: ['to'], valid: {} },
  request: (values) => ({
    ...{ method: 'POST', path: `/login?${pairOf('to', values.get('to'), '/')}`, headers: formType },
    body: new URLSearchParams({ ...login }).toString(),
  }),
});

/**
 * Everything of the program over HTTP that a stranger can fill in, from the build itself: a new field of an edit, of a form of
 * accounts, of an address or of the API is in it.
 */
export function oddForms(known: Known): OddForm[] {
  const undo: OddForm = { ...formOf('/silent?/undo', ['entry'], 'edit', known), edit: 'undo' };
  const sent = [...editsForms(known), undo, ...accountForms(known)].map((form) => withShown(form, known));
  // What sends no field does the same whoever fills it in: it signs out, or clears the target.
  const forms = sent.filter(({ fields }) => fields.length > 0);
  return [...forms, loginForm(known), ...searchForms(), ...listForms(), ...pathForms(), ...headerForms()];
}
