import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { generate } from 'otplib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeEncryptionKey } from '#schema/operations/sealed.ts';
import { visitorOf, type Visitor } from '../helpers/signed-in.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts servers and commands');

let product: Product;
/** What the key's file holds that fits. */
let key: string;
const keyFile = () => join(product.directory, 'encryption-key');
const secretFile = () => join(product.directory, 'auth-secret');

/** Parts of tables: the engine merges them by itself as long as it is open, and they say the same. */
const ofTheEngine = /^clickhouse\/(?:data|store)\/.*\/(?:tmp_\w+|all|\d{4,6})_\d+_/;

/** The stores and keys of the data directory, by file: what it holds, as a hash. */
function stored(): Record<string, string> {
  const names = readdirSync(product.directory, { recursive: true, encoding: 'utf8' });
  const kept = names.filter(
    (name) => /^(?:operations|clickhouse|encryption-key|auth-secret)/.test(name) && !ofTheEngine.test(name),
  );
  const files = kept.filter((name) => statSync(join(product.directory, name)).isFile()).sort();
  return Object.fromEntries(
    files.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(product.directory, name)))
        .digest('hex'),
    ]),
  );
}

/** What a process says on standard error that is to be refused, with its exit code. */
async function refused(file: string, settings: Record<string, string> = {}, parameters: string[] = []) {
  const process = product.launch(file, settings, parameters);
  let said = '';
  process.child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { code: await process.ended, said };
}

/** Turns the second step of somebody's login on, and gives one of its recovery codes: those of the app are taken once. */
async function secondStepOf(visitor: Visitor): Promise<string> {
  const current = 'выдра на льдине 1848';
  const page = await (await visitor.send('/account/second-factor?/begin', { current })).text();
  const secret = /<code[^>]*>([A-Z2-7 ]{40,})<\/code>/.exec(page)?.[1]?.replaceAll(' ', '') ?? '';
  const code = await generate({ secret });
  expect((await visitor.send('/account/second-factor?/confirm', { code })).status).toBe(303);
  return /<li[^>]*><code[^>]*>([^<]+)<\/code>/.exec(page)?.[1] ?? '';
}

beforeAll(async () => {
  product = openProduct();
  const started = await product.startClaimed();
  const code = await started.process.stop();
  expect(code).toBe(0);
  key = readFileSync(keyFile(), 'utf8');
});
afterAll(async () => product.close());

/** A wrong key, by what it is: what is done to the file, or set. */
const wrong: readonly { name: string; make?: () => void; settings?: Record<string, string>; says: RegExp }[] =
  [
    {
      name: 'another in the file',
      make: () => writeFileSync(keyFile(), makeEncryptionKey()),
      says: /another key/,
    },
    {
      name: 'another that is set',
      make: () => rmSync(keyFile()),
      settings: { ENCRYPTION_KEY: makeEncryptionKey() },
      says: /than ENCRYPTION_KEY gives/,
    },
    { name: 'none', make: () => rmSync(keyFile()), says: /there is no file/ },
    { name: 'an empty file', make: () => writeFileSync(keyFile(), ''), says: /It is damaged/ },
    { name: 'a cut file', make: () => writeFileSync(keyFile(), key.slice(0, 20)), says: /It is damaged/ },
    {
      name: 'a folder',
      make: () => {
        rmSync(keyFile());
        mkdirSync(keyFile());
      },
      says: /it is a directory/,
    },
  ];

const processes = [
  { name: 'npm start', file: 'server.ts' },
  { name: 'user add', parameters: ['user', 'add', 'vera@example.ru', '--name', 'Вера', '--role', 'viewer'] },
  { name: 'user reset', parameters: ['user', 'reset', 'anna@example.ru'] },
  { name: 'token create', parameters: ['token', 'create', '--name', 'Витрина'] },
  { name: 'secrets rotate', parameters: ['secrets', 'rotate'] },
];

/** All of them by the first wrong key; by each other the start, and one command in turn. */
const processesOf = (place: number) =>
  place === 0 ? processes : processes.filter((_, at) => at === 0 || at === place % processes.length);

test.each(wrong.map((each, place) => ({ ...each, refusing: processesOf(place) })))(
  'a wrong key ends whatever opens secrets, and nothing is changed: $name',
  async ({ refusing, ...each }) => {
    each.make?.();
    const before = stored();
    for (const { name, file = 'cli/profpulse.ts', parameters } of refusing) {
      const { code, said } = await refused(file, each.settings, parameters);
      expect([name, code]).toEqual([name, 2]);
      expect(said).toMatch(each.says);
      expect(said.trim().split('\n')).toHaveLength(1);
      // A sentence, and no trace of the program's inside.
      expect(said).not.toMatch(/\bat .+:\d+:\d+|Error/);
      expect([name, stored()]).toEqual([name, before]);
    }
    rmSync(keyFile(), { recursive: true, force: true });
    writeFileSync(keyFile(), key, { mode: 0o600 });
  },
);

test('what opens no secret works without the key, and doctor says what is wrong', async () => {
  rmSync(keyFile());
  expect((await product.command(['export'])).code).toBe(0);
  const { output } = await product.command(['doctor']);
  expect(output).toMatch(/✗ The secrets in the database are encrypted with another key/);
  expect(existsSync(keyFile())).toBe(false);
  writeFileSync(keyFile(), key, { mode: 0o600 });
});

test('what sessions are signed with, when it is damaged, ends the start before anything is collected', async () => {
  const secret = readFileSync(secretFile(), 'utf8');
  for (const [damage, says] of [
    [() => writeFileSync(secretFile(), 'short'), /it is damaged/],
    [() => mkdirSync(secretFile()), /it is a directory/],
  ] as const) {
    damage();
    const { code, said } = await refused('server.ts');
    rmSync(secretFile(), { recursive: true });
    expect(code).toBe(2);
    expect(said).toMatch(says);
  }
  writeFileSync(secretFile(), secret);
});

test('with its key the instance starts as before, and a lost one is given up by a command, in the journal', async () => {
  chmodSync(keyFile(), 0o600);
  const { process, origin } = await product.start();
  const anna = visitorOf(origin);
  const login = await anna.send('/login', { email: 'anna@example.ru', password: 'выдра на льдине 1848' });
  expect(login.status).toBe(303);
  await process.stop();
  rmSync(keyFile());
  const { code, output } = await product.command(['secrets', 'rotate', '--lost']);
  expect([code, output]).toEqual([0, expect.stringMatching(/Second steps of logins removed: 0/)]);
  expect((await product.command(['audit', 'verify'])).code).toBe(0);
  expect(readFileSync(keyFile(), 'utf8')).not.toBe(key);
  expect(await (await product.start()).process.stop()).toBe(0);
});

test.each(['sealed', 'committed'])(
  'a change of a key of the environment, killed after "%s", is told by the next start, and the command ends it',
  async (step) => {
    const own = openProduct();
    try {
      const [first, second] = [makeEncryptionKey(), makeEncryptionKey()];
      const before = await own.startClaimed({ ENCRYPTION_KEY: first });
      expect(before.process.output()).not.toContain('secrets rotate');
      const code = await secondStepOf(before.administrator);
      await before.process.stop();
      const changing = { ENCRYPTION_KEY: second, ENCRYPTION_KEY_BEFORE: first };
      const dying = own.launch('tests/helpers/rotate-and-die.ts', changing, [step]);
      expect(await dying.ended).toBeNull();

      // With one of the keys alone it goes on from where it is, or is refused with what to do.
      const isChanged = step === 'committed';
      const [fits, doesNot] = isChanged ? [second, first] : [first, second];
      const refusal = own.launch('server.ts', { ENCRYPTION_KEY: doesNot });
      expect(await refusal.ended).toBe(2);
      expect(refusal.output()).toMatch(
        /if you are changing it, give the former one as ENCRYPTION_KEY_BEFORE/,
      );
      const { process } = await own.start({ ENCRYPTION_KEY: fits });
      await process.stop();

      const both = await own.start(changing);
      const said = /give the command "profpulse secrets rotate", and keep the former key until then/;
      expect(said.test(both.process.output())).toBe(!isChanged);
      expect((await own.command(['secrets', 'rotate'], changing)).code).toBe(0);
      await both.process.stop();

      const after = await own.start({ ENCRYPTION_KEY: second });
      expect(after.process.output()).not.toContain('secrets rotate');
      const anna = visitorOf(after.origin);
      await anna.send('/login', { email: 'anna@example.ru', password: 'выдра на льдине 1848' });
      const answer = await anna.send('/login/code', { code });
      expect([answer.status, answer.headers.get('location')]).toEqual([303, '/']);
      await after.process.stop();
    } finally {
      await own.close();
    }
  },
);
