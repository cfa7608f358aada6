import { request } from 'node:http';
import { visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { effectsOf, skeletonOf, type Answer } from './answers.ts';
import { oddForms, type Asked, type OddForm, type Sent, type ShownField } from './fields.ts';
import { oddInputs, type OddInput } from './inputs.ts';
import type { StoreBeside } from './store-beside.ts';

/** Inputs that nobody would call odd: they show what an answer may look like. */
const harmless: readonly Sent[] = ['', 'слово', '0', '2026-12-12', '7000', 'x'.repeat(400)].map((text) => ({
  ...{ text, encoded: encodeURIComponent(text), isField: false },
}));

/** What each request of a form is sent with: odd inputs by the fields that they are for. */
type Turn = ReadonlyMap<string, OddInput>;

/**
 * Which inputs each form is asked with, the same each time. `all`: each field with each input, one at a time. Else each field
 * with fifteen inputs, two thirds of a form's fields at a time beside valid others, so that none hides what another does.
 */
export function turnsOf(forms: readonly OddForm[], all: boolean): [OddForm, Turn[]][] {
  const step = 61; // Has no divisor in common with the number of inputs: each comes as often as any other.
  let next = 0;
  return forms.map((form) => {
    if (all)
      return [
        form,
        form.fields.flatMap((field) => oddInputs.map((input): Turn => new Map([[field, input]]))),
      ];
    const isAlone = form.fields.length < 2;
    const turns = Array.from({ length: isAlone ? 15 : 23 }, (_, turn): Turn => {
      const odd = form.fields.filter((_field, place) => isAlone || (place + turn) % 3 !== 0);
      return new Map(
        odd.flatMap((field) => {
          next += 1;
          const input = oddInputs[(next * step) % oddInputs.length];
          return input ? [[field, input] as const] : [];
        }),
      );
    });
    return [form, form.fields.length === 0 ? [] : turns];
  });
}

/** An input like that one, of letters alone: what is malformed stays so in an address. */
function twinOf(input: OddInput, kind: OddForm['kind']): Sent {
  if (input.isField) return { encoded: 'odd=1', text: 'odd=1', isField: true };
  if (input.kind === 'malformed')
    return { encoded: kind === 'path' ? '%fe' : 'x', text: 'x', isField: false };
  const text = input.text.replace(/[^\p{L}\p{N}]/gu, 'x');
  return { encoded: encodeURIComponent(text), text, isField: false };
}

async function ask(visitor: Visitor, origin: string, asked: Asked): Promise<Answer> {
  const { method, path, headers = {}, body } = asked;
  const cookie = [visitor.cookie(), headers['cookie']].filter(Boolean).join('; ');
  // `fetch` lets nobody say a host.
  if (headers['host'] !== undefined) return await askHost(new URL(path, origin), { ...headers, cookie });
  const init = { method, headers: { ...headers, cookie }, ...(body === undefined ? {} : { body }) };
  const response = await visitor.ask(path, init);
  return { status: response.status, headers: response.headers, body: await response.text() };
}

async function askHost(url: URL, headers: Record<string, string>): Promise<Answer> {
  return await new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (answer) => {
      const got = new Headers();
      for (const [name, values = []] of Object.entries(answer.headersDistinct))
        for (const value of values) got.append(name, value);
      let body = '';
      answer.setEncoding('utf8').on('data', (part: string) => (body += part));
      answer.once('end', () => resolve({ status: answer.statusCode ?? 0, headers: got, body }));
    });
    asked.once('error', reject);
    asked.end();
  });
}

/** What odd inputs have done. */
export interface Swept {
  requests: number;
  /** Each in words: which form, which inputs, what they made. */
  effects: string[];
}

/** What is swept, and how. */
export interface SweepOptions {
  origin: string;
  visitors: { administrator: Visitor };
  store: StoreBeside;
  /** Working one-time links by their routes. */
  links: Readonly<Record<string, string>>;
  /** Fields that were seen in pages. */
  shown: readonly ShownField[];
  /** Whether each field gets each input, or a sample. */
  all: boolean;
  report?: (progress: string) => void;
}

/** Sends odd inputs to a server, and compares each answer with those to harmless inputs. */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const { links, shown, all, report } = options;
  const swept: Swept = { requests: 0, effects: [] };
  for (const [form, turns] of turnsOf(oddForms(links, shown), all)) {
    const began = performance.now();
    await sweepForm(form, turns, options, swept);
    report?.(`${form.name}: ${turns.length} requests, ${Math.round(performance.now() - began)} ms`);
  }
  return swept;
}

async function sweepForm(
  form: OddForm,
  turns: readonly Turn[],
  { origin, visitors, store }: SweepOptions,
  swept: Swept,
): Promise<void> {
  const isOpen = /^\/(?:login|claim|invitation|password)/.test(form.name);
  const skeleton = new Set<string>();
  const send = async (values: ReadonlyMap<string, Sent>): Promise<Answer> => {
    swept.requests += 1;
    const visitor = isOpen ? visitorOf(origin) : visitors.administrator;
    return await ask(visitor, origin, form.request(values, store.version(form)));
  };
  const learn = async (values: ReadonlyMap<string, Sent>): Promise<void> => {
    const { headers, body } = await send(values);
    if (!/html/.test(headers.get('content-type') ?? '')) return;
    for (const path of skeletonOf(body)) skeleton.add(path);
  };
  store.forgetTries();
  const before = store.held(form);
  for (const value of harmless) await learn(new Map(form.fields.map((field) => [field, value])));
  for (const [place, turn] of turns.entries()) {
    if (place % 8 === 0) store.forgetTries();
    const answer = await send(turn);
    let found = effectsOf(answer, skeleton);
    if (found.some((effect) => effect.startsWith('elements'))) {
      // A page has other parts where a text is short, long or taken: the same texts without what is odd in them show these.
      const twins = [...turn].map(([field, input]) => [field, twinOf(input, form.kind)] as const);
      await learn(new Map(twins));
      for (const twin of twins) await learn(new Map([twin]));
      await learn(new Map());
      found = effectsOf(answer, skeleton);
    }
    const told = [...turn].map(([field, { name }]) => `${field}=${name.slice(0, 60)}`).join(' ');
    swept.effects.push(...found.map((effect) => `${form.name} with ${told}: ${effect}`));
  }
  if ((await visitors.administrator.get('/account')).status !== 200)
    swept.effects.push(`${form.name}: the administrator is signed out`);
  const after = store.held(form);
  for (const [table, rows] of Object.entries(before))
    if (after[table] !== rows) swept.effects.push(`${form.name}: rows of ${table} changed`);
}
