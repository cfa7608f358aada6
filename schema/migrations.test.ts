import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  fillTemplate,
  MigrationRefused,
  pendingMigrations,
  readMigrations,
  splitStatements,
} from './migrations.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profpulse-migrations-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function write(files: Record<string, string>): void {
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
}

describe('readMigrations', () => {
  it('reads numbered files in order, with statements and a checksum that line ends do not change', () => {
    write({ '0001-one.sql': '-- why; not\nCREATE a (\n  b;c\n);\n\nCREATE d;\n', '0002-two.sql': 'DROP a' });
    const [one, two] = readMigrations(folder);
    expect(one).toMatchObject({
      number: 1,
      name: '0001-one.sql',
      statements: ['CREATE a (\n  b;c\n)', 'CREATE d'],
    });
    expect(two).toMatchObject({ number: 2, statements: ['DROP a'] });
    write({ '0001-one.sql': '-- why; not\r\nCREATE a (\r\n  b;c\r\n);\r\n\r\nCREATE d;\r\n' });
    expect(readMigrations(folder)[0]?.checksum).toBe(one?.checksum);
  });

  it.each([
    ['a gap', { '0001-a.sql': '', '0003-c.sql': '' }, '0003-c.sql should be number 2'],
    ['a number twice', { '0001-a.sql': '', '0001-b.sql': '' }, '0001-b.sql should be number 2'],
    ['another name', { '0001-a.sql': '', 'notes.txt': '' }, 'notes.txt should be number 2'],
  ])('refuses %s, naming the file', (_, files, message) => {
    write(files);
    expect(() => readMigrations(folder)).toThrow(MigrationRefused);
    expect(() => readMigrations(folder)).toThrow(message);
  });

  it('reads an empty folder as no migrations', () => {
    mkdirSync(join(folder, 'empty'));
    expect(readMigrations(join(folder, 'empty'))).toEqual([]);
  });
});

describe('splitStatements', () => {
  it('ends a statement at a semicolon that ends its line, and nowhere else', () => {
    expect(splitStatements("a 'x;y'\n;\n-- c;\n b;  \nd")).toEqual(["a 'x;y'", 'b', 'd']);
  });
});

describe('pendingMigrations', () => {
  const file = (number: number, name = `000${number}-m.sql`) => ({
    number,
    name,
    checksum: `sum ${number}`,
    statements: [],
  });

  it('is what the journal does not hold', () => {
    expect(pendingMigrations('It', [file(1), file(2)], [])).toHaveLength(2);
    expect(pendingMigrations('It', [file(1), file(2)], [file(1)]).map((each) => each.number)).toEqual([2]);
    expect(pendingMigrations('It', [file(1)], [file(1)])).toEqual([]);
  });

  it('refuses an edited migration, naming it and what to do', () => {
    const edited = { ...file(1), checksum: 'other' };
    expect(() => pendingMigrations('It', [edited], [file(1)])).toThrow(MigrationRefused);
    expect(() => pendingMigrations('It', [edited], [file(1)])).toThrow(
      /0001-m\.sql was edited.*new migration/s,
    );
  });

  it('refuses a missing migration, naming it and what stands in its place', () => {
    const replaced = [file(1, '0001-other.sql'), file(2)];
    expect(() => pendingMigrations('It', replaced, [file(1), file(2)])).toThrow(
      /0001-m\.sql, but the file is missing \(there is 0001-other\.sql/,
    );
  });

  it('refuses a database newer than the program', () => {
    expect(() => pendingMigrations('It', [file(1)], [file(1), file(2)])).toThrow(
      /0002-m\.sql, which this program does not know: the database is newer/,
    );
  });

  it('refuses a journal with a hole', () => {
    expect(() => pendingMigrations('It', [file(1), file(2)], [file(2)])).toThrow('but not 0001-m.sql');
  });
});

describe('fillTemplate', () => {
  it('fills names of a closed map and refuses others', () => {
    expect(fillTemplate('{{a}}.{{b}} {c: D}', { a: 'x', b: '' })).toBe('x. {c: D}');
    expect(() => fillTemplate('{{toString}}{{no}}', { a: 'x' })).toThrow(MigrationRefused);
  });
});
