import { describe, expect, it } from 'vitest';
import { VkRefusal } from './errors.ts';
import { runScript } from './script.ts';

function run(code: string): { value: unknown; calls: string[] } {
  const calls: string[] = [];
  const value = runScript(code, (method, parameters) => {
    calls.push(`${method} ${JSON.stringify(Object.fromEntries(parameters))}`);
    return {
      items: [
        { id: calls.length, tags: ['a'] },
        { id: 9, tags: ['b'] },
      ],
      count: 2,
    };
  });
  return { value, calls };
}

function refusal(code: string): string {
  try {
    run(code);
    return 'nothing';
  } catch (error) {
    return error instanceof VkRefusal ? `${error.code} ${error.message}` : String(error);
  }
}

describe('the script of execute', () => {
  it('makes the calls of a list in order, with the parameters as texts', () => {
    const { value, calls } = run(
      'return [API.wall.get({"owner_id":-1,"count":20,"extended":true}),API.groups.getById({group_ids:[1,2], fields:\'members_count\'}),];',
    );
    expect(calls).toEqual([
      'wall.get {"owner_id":"-1","count":"20","extended":"1"}',
      'groups.getById {"group_ids":"1,2","fields":"members_count"}',
    ]);
    expect(value).toHaveLength(2);
  });

  it('knows variables, members, lists of members and comments', () => {
    const code = `
      // first the wall
      var wall = API.wall.get({"domain": "club1"});
      var ids = wall.items@.id;
      return {ids: ids, first: wall.items[0].id, "count": wall.count, none: wall.nothing, tags: wall["items"][1].tags[0],
        plain: [1.5, -2, true, false, null, "a\\"b", 'c\\'d']};`;
    expect(run(code).value).toEqual({
      ids: [1, 9],
      first: 1,
      count: 2,
      none: null,
      tags: 'b',
      plain: [1.5, -2, true, false, null, 'a"b', "c'd"],
    });
    expect(run('return API.utils.getServerTime();').calls).toEqual(['utils.getServerTime {}']);
    expect(run('return 5@.id;').value).toBeNull();
    expect(run('return [1].name;').value).toBeNull();
    expect(run('return [];').value).toEqual([]);
    expect(run('return API.wall.get({a: false, b: null, c: {}});').calls).toEqual([
      'wall.get {"a":"","b":"","c":"[object Object]"}',
    ]);
  });

  it('refuses what it cannot read with error 12, naming symbol and line', () => {
    expect(refusal('return API.wall.get({"a": 1})')).toBe(
      "12 Unable to compile code: ';' expected, '' found in line 1",
    );
    expect(refusal('while (true) {}')).toContain(
      "12 Unable to compile code: 'return' expected, 'while' found in line 1",
    );
    expect(refusal('return 1\n+ 2;')).toContain('line 2');
    expect(refusal('return x;')).toContain("unknown name 'x'");
    expect(refusal('return [1 2];')).toContain("']' expected");
    expect(refusal('return {1 2};')).toContain("':' expected");
    expect(refusal('return {a: 1 b: 2};')).toContain("'}' expected");
    expect(refusal('return {[: 1};')).toContain('a key expected');
    expect(refusal('return ;')).toContain('an expression expected');
    expect(refusal('return "\\x";')).toContain('a broken string');
    expect(refusal('return #;')).toContain("unexpected symbol '#'");
  });
});
