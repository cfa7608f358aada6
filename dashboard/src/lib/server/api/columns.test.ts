import { expect, test } from 'vitest';
import * as z from 'zod';
import { leaderboardColumns } from '../questions.ts';
import { tableColumns } from './columns.ts';
import { rowSchemas } from './rows.ts';

/** The fields of a row as a table has them: of an object by their path, of a list as one. */
function fieldsOf(schema: z.ZodType, path = ''): string[] {
  if (schema instanceof z.ZodNullable) return fieldsOf(schema.unwrap() as z.ZodType, path);
  if (schema instanceof z.ZodRecord) {
    return (schema.keyType as z.ZodEnum).options.map((key) => `${path}.${key}`);
  }
  if (!(schema instanceof z.ZodObject)) return [path];
  return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, field]) =>
    fieldsOf(field, path === '' ? name : `${path}.${name}`),
  );
}

const lists = Object.keys(tableColumns) as (keyof typeof tableColumns)[];

test.each(lists)('the table of %s has every field of its rows', (list) => {
  expect([...tableColumns[list]].toSorted()).toEqual(fieldsOf(rowSchemas[list]).toSorted());
});

test('the table of the ranking has every field but the series and the networks apart', () => {
  const flat = { id: 'organisationId', name: 'organisation', growth: 'componentGrowth' };
  const own = fieldsOf(rowSchemas.leaderboard).filter((field) => !/^(networks|weeks)\b/.test(field));
  const named = own.map((field) => {
    const [outer = '', inner = ''] = field.split('.');
    if (outer === 'organisation' || outer === 'components') return flat[inner as keyof typeof flat] ?? inner;
    return outer;
  });
  expect(named.filter((name) => !(leaderboardColumns as readonly string[]).includes(name))).toEqual([]);
});
