import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { secretTraces, tracesInFiles } from '../helpers/secret-traces.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { openProduct, type Product } from './product.ts';

takesLong('it starts a server and commands');

/** Keys that an instance has made itself, since no setting gives them. */
const files = ['auth-secret', 'encryption-key'];
const secrets = new Map<string, string>();
/** What was printed and answered, by where. */
const outputs = new Map<string, string>();
let product: Product;

const keep = (name: string, text: string): void => void secrets.set(name, text.trim());
const keepKeys = (when: string): void => {
  for (const file of files) keep(`${file}, ${when}`, readFileSync(join(product.directory, file), 'utf8'));
};
const command = async (...parameters: string[]): Promise<void> => {
  const { output } = await product.command(parameters, { LOG_LEVEL: 'trace' });
  outputs.set(`${outputs.size} profpulse ${parameters.join(' ')}`, output);
};

beforeAll(async () => {
  product = openProduct();
  const { process, administrator } = await product.startClaimed({ LOG_LEVEL: 'trace' });
  keepKeys('at first');
  const begun = await administrator.send('/account/second-factor?/begin', {
    current: 'выдра на льдине 1848',
  });
  const [, secret = ''] = /<code[^>]*>([A-Z2-7 ]{40,})<\/code>/.exec(await begun.text()) ?? [];
  keep('a second step', secret.replaceAll(' ', ''));
  for (const path of [
    '/settings/environment',
    '/settings/environment/__data.json',
    '/account',
    '/healthz',
    '/readyz',
  ])
    outputs.set(path, await (await administrator.get(path)).text());
  await command('doctor');
  await command('secrets', 'rotate');
  keepKeys('after a change');
  await command('secrets', 'rotate', '--lost');
  await command('audit', 'verify');
  await process.stop();
  await command('doctor');
  outputs.set('server', process.output());
});
afterAll(async () => product.close());

test('keys that an instance makes itself stand in nothing that it prints or answers', () => {
  for (const [name, secret] of secrets) expect([name, secret.length >= 32]).toEqual([name, true]);
  // The key of sessions stays, the other was changed.
  expect(new Set(secrets.values()).size).toBe(4);
  for (const [name, secret] of secrets) expect(secretTraces(secrets, `…${secret}…`)).toContain(name);
  expect(outputs.size).toBeGreaterThan(9);
  expect(outputs.get('server')).toMatch(/"level":\d+/);
  const found = [...outputs].map(([where, text]) => [where, secretTraces(secrets, text)]);
  expect(found.filter(([, names]) => names?.length)).toEqual([]);
});

test('they lie in their own files alone', () => {
  const { files: all, found } = tracesInFiles(secrets, product.directory, files);
  expect(all).toEqual(expect.arrayContaining(['operations.sqlite', ...files]));
  expect(found).toEqual([]);
});
