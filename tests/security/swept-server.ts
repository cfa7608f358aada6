import { load } from 'cheerio';
import { openProduct, type Product } from '../integration/product.ts';
import { claimAs, invitedBy, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import type { Known, ShownField } from './odd-form.ts';
import { StoreBeside } from './store-beside.ts';

/** A server with a small register, somebody who may do everything, and one-time links that work. */
export interface SweptServer extends Known {
  product: Product;
  origin: string;
  visitors: { administrator: Visitor };
  addresses: { administrator: string; invited: string };
  store: StoreBeside;
  /** What the process has said. */
  output(): string;
  close(): Promise<void>;
}

const invited = 'invited@example.ru';
const guest = { name: 'Гость', email: 'guest@example.ru', password: 'ёжик в тумане 1975', role: 'viewer' };
const administrator = { name: 'Анна', email: 'anna@example.ru', password: 'выдра на льдине 1848' };

const register = [
  'organisation,short,level,parent,vk,responsible,email,phone',
  '"Союз <x-odd7>","=1+1",federation,,vk.com/club100,"<img src=x onerror=odd7()>",olga@example.ru,+7 900 000-00-01',
  '"Обком ""><x-odd7>","{{7*7}}",branch,"Союз <x-odd7>",vk.com/club101,"@SUM(1)",petr@example.ru,+7 900 000-00-02',
  '"-1+1 \' OR 1=1","+1",primary,"Обком ""><x-odd7>",vk.com/club102,,,',
  '',
].join('\n');

/** Starts it. */
export async function openSweptServer(settings: Record<string, string> = {}): Promise<SweptServer> {
  const product = openProduct();
  const imported = await product.command(['import', product.file('register.csv', register)]);
  if (imported.code !== 0) throw new Error(`The register was not imported: ${imported.output}`);
  const { process, origin } = await product.start(settings);
  const [link] = await process.says(/http:\S+\/claim\/\S+/);
  const claim = new URL(link).pathname;
  const visitors = { administrator: visitorOf(origin) };
  await claimAs(visitors.administrator, claim, administrator);
  const linkFrom = async (action: string, fields: Record<string, string>): Promise<string> => {
    const answer = await visitors.administrator.send(`/settings/people?/${action}`, fields);
    const [, path] = /http:[^\s<"]+(\/(?:invitation|password)\/[\w-]+)/.exec(await answer.text()) ?? [];
    if (path === undefined) throw new Error(`${action} answered ${answer.status} without a link.`);
    return path;
  };
  await invitedBy(visitors.administrator, origin, guest);
  const store = new StoreBeside(product.directory);
  const guestId = store.accountOf(guest.email);
  const links = {
    '/invitation/[token]': await linkFrom('invite', {
      ...{ name: 'Приглашённый', email: invited, role: 'viewer', organisation: '' },
    }),
    '/password/[token]': await linkFrom('reset', { person: guestId }),
  };
  store.keepLinks();
  return {
    shown: await shownFields(visitors.administrator),
    ...{ guest: guestId, login: { email: administrator.email, password: administrator.password } },
    addresses: { administrator: administrator.email, invited },
    ...{ product, origin, visitors, links, store, output: () => process.output() },
    close: async () => {
      store.close();
      await product.close();
    },
  };
}

const forms = ['remind-1', 'contacts-1', 'appoint-1', 'pause-1', 'page-1', 'add-1'];
const pages = [
  ...['/', '/settings/people', '/settings/tokens', '/settings/shares?view=/ranking', '/settings/openness'],
  ...[
    '/settings/federation',
    '/account',
    '/account/second-factor',
    ...forms.map((form) => `/silent?form=${form}`),
  ],
];

/** The fields of the forms that somebody's pages show, with where they are sent to. */
async function shownFields(visitor: Visitor): Promise<ShownField[]> {
  const shown: ShownField[] = [];
  for (const path of pages) {
    const page = load(await (await visitor.get(path)).text());
    page('form[method=POST] [name], form[method=post] [name]').each((_, field) => {
      const action = page(field).attr('formaction') ?? page(field).closest('form').attr('action') ?? '';
      const [, name] = /\?\/(\w+)/.exec(action) ?? [];
      const form = `${path.replace(/\?.*/, '')}${name === undefined ? '' : `?/${name}`}`;
      shown.push({ form, name: page(field).attr('name') ?? '' });
    });
  }
  return shown;
}
