import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { keptSaid, listKept, openKept, unpack } from '../data-folders/folders.ts';
import { differingPaths, saidBy } from '../data-folders/said.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it opens kept folders, and counts them anew');

test('there are folders of versions before', () => {
  expect(listKept()).toEqual(expect.arrayContaining(['0007-read-twice', '0008-revisions']));
});

test.each(listKept())(
  'a folder of %s opens, keeps its rankings, outcomes and posts, and counts to the same',
  async (name) => {
    const directory = mkdtempSync(join(tmpdir(), 'profpulse-kept-'));
    try {
      unpack(name, directory);
      const services = await openKept(directory);
      try {
        const kept = keptSaid(name);
        expect(differingPaths(await saidBy(services), kept).join('\n')).toBe('');
        await services.aggregation.rebuild();
        expect(differingPaths(await saidBy(services), kept).join('\n')).toBe('');
      } finally {
        await services.close();
      }
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  },
);
