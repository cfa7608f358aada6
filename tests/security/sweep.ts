import { systemClock } from '#domain/clock.ts';
import { visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { effectsOf, isPage, type Answer } from './answers.ts';
import { answerOf, ask } from './asking.ts';
import { oddForms } from './fields.ts';
import type { Known, OddForm, Sent } from './odd-form.ts';
import { HarmlessShapes } from './shapes.ts';
import type { StoreBeside } from './store-beside.ts';
import { harmlessTurnsOf, turnsOf, type Turn } from './turns.ts';

/** What odd inputs have done. */
export interface Swept {
  requests: number;
  /** How many answers were the server's own failures. */
  failures: number;
  /** Each in words: which form, which inputs, what they made. */
  effects: string[];
}

/** What is swept, and how. */
export interface SweepOptions extends Known {
  origin: string;
  visitors: { administrator: Visitor };
  store: StoreBeside;
  /** The addresses of the account that sends the forms, and of who is invited by the link. */
  addresses: { administrator: string; invited: string };
  /** Whether each field gets each input, or a sample. */
  all: boolean;
  report?: (progress: string) => void;
}

/**
 * Sends odd inputs to a server, and judges each answer by those to harmless inputs, all of which are sent before: nothing that an
 * odd one leaves behind counts as harmless.
 */
export async function sweep(options: SweepOptions): Promise<Swept> {
  const turns = turnsOf(oddForms(options), options.all);
  const writing = turns.filter(([form]) => isWriting(form));
  const reading = turns.filter(([form]) => !isWriting(form));
  const run = new Sweep(options);
  // A link that is opened again is opened by one at a time.
  for (const [form] of writing.filter(([each]) => isOneTime(each))) await run.learn(form);
  await atOnce(
    writing.filter(([form]) => !isOneTime(form)),
    ([form]) => run.learn(form),
  );
  // After these, so that pages show what has been entered.
  await atOnce(reading, ([form]) => run.learn(form));
  for (const [form, those] of writing) await run.watch(form, () => run.send(form, those));
  // What only reads is asked several at a time: no row may change in all of it.
  const [first] = reading;
  if (first) await run.watch(first[0], () => atOnce(reading, ([form, those]) => run.send(form, those)));
  return run.swept;
}

/** How many forms are sent side by side: the server answers the one while the answer to the other is read. */
const sideBySide = 4;

async function atOnce<Each>(those: readonly Each[], done: (each: Each) => Promise<void>): Promise<void> {
  const left = those.values();
  const worker = async (): Promise<void> => {
    for (const each of left) await done(each);
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
}

/** Whether a form changes something: its requests are sent one by one, and the rows of each are looked at. */
const isWriting = ({ kind }: OddForm): boolean => kind === 'edit' || kind === 'account' || kind === 'login';

/** Forms of who has not signed in. */
const open = /^\/(?:login|claim|invitation|password)/;
/** Forms behind a link that works once. */
const isOneTime = ({ kind, name }: OddForm): boolean =>
  kind === 'account' && /^\/(?:invitation|password)\//.test(name);

class Sweep {
  readonly swept: Swept = { requests: 0, failures: 0, effects: [] };
  readonly #options: SweepOptions;
  readonly #administrator: string;
  readonly #shapes = new HarmlessShapes();
  constructor(options: SweepOptions) {
    this.#options = options;
    this.#administrator = options.store.accountOf(options.addresses.administrator);
  }
  async #ask(form: OddForm, values: ReadonlyMap<string, Sent>): Promise<Answer[]> {
    const { origin, visitors, store, addresses } = this.#options;
    if (isOneTime(form)) store.reopenLinks(addresses.invited);
    if (open.test(form.name)) store.forgetTries();
    this.swept.requests += 1;
    const visitor = open.test(form.name) ? visitorOf(origin) : visitors.administrator;
    const answer = await ask(visitor, origin, form.request(values, store.version(form)));
    const leads = URL.parse(answer.headers.get('location') ?? '', origin);
    // Where a login leads, whoever signs in goes; elsewhere is an effect of the answer itself.
    if (form.kind !== 'login' || !answer.headers.has('location') || leads?.origin !== origin) return [answer];
    return [answer, await answerOf(visitor.get(leads.pathname + leads.search))];
  }
  async learn(form: OddForm): Promise<void> {
    for (const values of harmlessTurnsOf(form))
      for (const answer of await this.#ask(form, values)) {
        if (!isPage(answer)) continue;
        const odd = this.#shapes.learn(answer);
        this.swept.effects.push(...odd.map((effect) => `${form.name} with harmless inputs: ${effect}`));
      }
  }
  /** Sends a form, and tells what has become of rows that were there. */
  async watch(form: OddForm, done: () => Promise<void>): Promise<void> {
    const { store, visitors, report } = this.#options;
    const [before, began] = [store.held(form), performance.now()];
    await done();
    const found = store.changed(form, before);
    if ((await visitors.administrator.get('/account')).status !== 200)
      found.push('the administrator is signed out');
    this.swept.effects.push(...found.map((effect) => `${form.name}: ${effect}`));
    report?.(`${form.name}: ${Math.round(performance.now() - began)} ms`);
  }
  async send(form: OddForm, turns: readonly Turn[]): Promise<void> {
    const newest = this.#options.store.newest(form);
    for (const turn of turns) {
      const found = await this.#effects(form, turn);
      this.#options.store.keepFew(newest);
      const told = [...turn].map(([field, { name }]) => `${field}=${name.slice(0, 60)}`).join(' ');
      this.swept.effects.push(...found.map((effect) => `${form.name} with ${told}: ${effect}`));
    }
  }
  async #effects(form: OddForm, turn: Turn): Promise<string[]> {
    const { store, origin } = this.#options;
    const newest = store.newest(form);
    const since = systemClock.now().toISOString();
    const answers = await this.#ask(form, turn);
    this.swept.failures += answers.filter(({ status }) => status >= 500).length;
    const typed = [...turn].filter(([, { isField }]) => !isField);
    const made = {
      ...{ administrator: this.#administrator, since, until: systemClock.now().toISOString() },
      sent: new Map([
        ...Object.entries(form.valid),
        ...typed.map(([field, { text }]) => [field, text] as const),
      ]),
    };
    const seen = answers.flatMap((answer) => effectsOf(answer, this.#shapes, origin));
    return [...seen, ...store.made(newest, made)];
  }
}
