import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { registerColumns } from '#register/columns.ts';
import { takesLong } from '../helpers/takes-long.ts';
import { formulasIn } from '../security/answers.ts';
import { oddForms } from '../security/fields.ts';
import { oddInputs } from '../security/inputs.ts';
import { openSweptServer, type SweptServer } from '../security/swept-server.ts';
import { sweep } from '../security/sweep.ts';
import { turnsOf } from '../security/turns.ts';

takesLong('it sends thousands of odd inputs to a server');

let server: SweptServer;
beforeAll(async () => {
  server = await openSweptServer();
});
afterAll(async () => {
  await server.close();
});

const eachField = 15;

test('there are two hundred odd inputs; each field gets fifteen, each input five fields at least', () => {
  expect(oddInputs.length).toBeGreaterThanOrEqual(200);
  expect(new Set(oddInputs.map(({ kind, encoded }) => `${kind} ${encoded}`)).size).toBe(oddInputs.length);
  const ofFields = new Map<string, Set<string>>();
  const ofInputs = new Map(oddInputs.map(({ name }) => [name, new Set<string>()]));
  for (const [form, turns] of turnsOf(oddForms(server), false))
    for (const turn of turns)
      for (const [field, { name }] of turn) {
        const place = `${form.name} ${field}`;
        ofFields.set(place, (ofFields.get(place) ?? new Set()).add(name));
        ofInputs.get(name)?.add(place);
      }
  expect(ofFields.size).toBeGreaterThan(200);
  expect([...ofFields].filter(([, inputs]) => inputs.size < eachField)).toEqual([]);
  expect([...ofInputs].filter(([, places]) => places.size < 5)).toEqual([]);
});

test('every field that a form of the site shows is among the fields', () => {
  const forms = new Map(oddForms(server).map((form) => [form.name, form.fields]));
  const missing = server.shown.filter(({ form, name }) => !forms.get(form)?.includes(name));
  expect(server.shown.length).toBeGreaterThan(40);
  expect(missing).toEqual([]);
});

test('odd inputs have no effect, in any field', async () => {
  const { effects } = await sweep({ ...server, all: false });
  expect(effects).toEqual([]);
  expect(server.output()).not.toContain('"level":50');
});

describe('the cells of a table', () => {
  test('are imported, or refused in a sentence, and written as no formulas', async () => {
    const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const rows = registerColumns.flatMap((column, place) =>
      Array.from({ length: eachField }, (_, turn) => {
        const input = oddInputs[((place * eachField + turn) * 61) % oddInputs.length];
        return registerColumns.map((each) => {
          if (each === column) return cell(input?.text ?? '');
          return each === 'organisation' ? cell(`Организация ${place}-${turn}`) : '';
        });
      }),
    );
    const table = [registerColumns.join(','), ...rows.map((row) => row.join(','))].join('\n');
    const { code, output } = await server.product.command(['import', server.product.file('odd.csv', table)]);
    expect([0, 1]).toContain(code);
    // A terminal would obey these.
    expect(output).not.toMatch(/[^\P{Cc}\n\t]|\u202e|at .*\.ts:\d+/u);
    const exported = server.product.file('out.csv', '');
    expect((await server.product.command(['export', '--output', exported])).code).toBe(0);
    expect(formulasIn(readFileSync(exported, 'utf8'))).toEqual([]);
  });
});
