import type { Running } from '../e2e/processes.ts';
import { claimAs, visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { openProduct, type Product } from './product.ts';

export const password = 'выдра на льдине 1848';
const register = [
  'organisation,short,level,parent,vk,chair,chair_email,chair_phone,responsible,email,phone',
  'Союз организаций профсоюзов,Союз,federation,,vk.com/soyuz,Иван Тайный,ivan@secret.ru,+73952111111,Ольга Скрытная,olga@secret.ru,+73952222222',
  'Обком здравоохранения,Обком,branch,Союз организаций профсоюзов,vk.com/obkom,Пётр Тайный,petr@secret.ru,+73952333333,Нина Скрытная,nina@secret.ru,+73952444444',
].join('\n');

/** A server of two organisations with people, and an administrator who gives links to show its views. */
export interface Sharing {
  product: Product;
  server: Running;
  origin: string;
  administrator: Visitor;
  /** Somebody who has not signed in. */
  stranger(): Visitor;
  /** Sends the form of a link to a view. */
  send(view: string, fields?: Record<string, string>, by?: Visitor): Promise<Response>;
  /** Makes a link by its form; returns its path. */
  made(view: string, fields?: Record<string, string>, by?: Visitor): Promise<string>;
  /** Enters how organisations see each other, as the federation has decided. */
  decide(naming: 'anonymous' | 'by_name'): Promise<void>;
}

/** Starts it; names may be shown. */
export async function openSharing(settings: Record<string, string> = {}): Promise<Sharing> {
  const product = openProduct();
  await product.command(['import', product.file('register.csv', register)]);
  const { process: server, origin } = await product.start(settings);
  const [link] = await server.says(/http:\S+\/claim\/\S+/);
  const administrator = visitorOf(origin);
  await claimAs(administrator, new URL(link).pathname, { name: 'Анна', email: 'anna@example.ru', password });
  const send: Sharing['send'] = async (view, fields = {}, by = administrator) => {
    const form = await (await by.get('/settings/shares')).text();
    const [, until = ''] = /name="until"[^>]*\bvalue="([\d-]+)"/.exec(form) ?? [];
    return await by.send('/settings/shares?/make', { name: 'Президиум', view, until, frame: '', ...fields });
  };
  const decide: Sharing['decide'] = async (naming) => {
    const decided = { naming, decision: '5-3', decided: '2026-01-20' };
    const { status } = await administrator.send('/settings/openness?/naming', decided);
    if (status !== 303) throw new Error(`The decision was answered with ${status}.`);
  };
  await decide('by_name');
  return {
    ...{ product, server, origin, administrator, send, decide },
    stranger: () => visitorOf(origin),
    made: async (view, fields, by) => {
      const response = await send(view, fields, by);
      const page = await response.text();
      const [made] = /http:[^\s<"]+\/share\/[\w-]{43}/.exec(page) ?? [];
      if (made === undefined) throw new Error(`The form answered ${response.status}: ${page}`);
      return new URL(made).pathname;
    },
  };
}
