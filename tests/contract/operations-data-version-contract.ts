import { describe, expect, it } from 'vitest';
import type { Operations } from '#schema/operations/connect.ts';
import {
  moveDataVersion,
  moveRegisterVersion,
  readDataVersion,
  readRegisterVersion,
} from '#schema/operations/data-version.ts';
import { appendJournal } from '#schema/operations/journal.ts';
import { acquireLease } from '#schema/operations/leases.ts';
import { setSetting } from '#schema/operations/settings.ts';
import { now } from './sample-organisation.ts';

const entry = { at: now, who: 'a', what: 'page.closed', subject: 'page:1', before: null, after: 'ё' };

/** The part of the contract about the version of the data, in a store that is migrated. */
export function describeDataVersion(store: () => Operations): void {
  describe('the version of the data', () => {
    it('moves with each edit, setting and word of other changes, and with nothing else', async () => {
      const seen = [await readDataVersion(store())];
      const changes = [
        () => appendJournal(store(), [entry]),
        () => setSetting(store(), 'sample', 'ё'),
        () => setSetting(store(), 'sample', undefined),
        () => moveDataVersion(store()),
        () => moveDataVersion(store()),
        () => moveRegisterVersion(store()),
      ];
      for (const change of changes) {
        await change();
        seen.push(await readDataVersion(store()));
        await acquireLease(store(), 'sample', 'a', 1000, now);
        expect(await readDataVersion(store())).toBe(seen.at(-1));
      }
      // A setting that is taken back leaves things as they were before it.
      expect(seen[3]).toBe(seen[1]);
      expect(new Set(seen).size).toBe(6);
    });

    it('of the register moves when it is brought over, and with nothing else', async () => {
      await moveRegisterVersion(store());
      const before = await readRegisterVersion(store());
      await moveDataVersion(store());
      await appendJournal(store(), [entry]);
      expect(await readRegisterVersion(store())).toBe(before);
      await moveRegisterVersion(store());
      expect(await readRegisterVersion(store())).not.toBe(before);
    });

    it('does not move with an edit that is taken back before its end', async () => {
      const before = await readDataVersion(store());
      const failed = store().transaction(async (inside) => {
        await appendJournal(inside, [entry]);
        throw new Error('no');
      });
      await expect(failed).rejects.toThrow('no');
      expect(await readDataVersion(store())).toBe(before);
    });
  });
}
