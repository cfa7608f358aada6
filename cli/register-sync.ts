import { serialize } from '#domain/mutex.ts';
import type { Clock } from '#domain/clock.ts';
import { syncRegister } from '#register/sync.ts';
import type { Observations } from '#schema/observations/connect.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { moveRegisterVersion } from '#schema/operations/data-version.ts';
import { endCutShortChange, whileAllOwed } from '#schema/operations/owed-days.ts';
import type { SetAside } from '#schema/register-mirror.ts';
import type { Alone } from './sole-work.ts';

/**
 * Makes what brings the register over to the statistics, and tells whether they differed. One copy is made at a time, in
 * whatever process, so that a slow one never writes what it read before the last edit. Everything is owed to counting from
 * before the first row is written; where nothing differs, nothing is written or owed.
 */
export function createRegisterSync(context: {
  operations: Operations;
  observations: Observations;
  clock: Clock;
  alone: Alone;
  onSetAside: (setAside: readonly SetAside[]) => void;
}): () => Promise<boolean> {
  const { operations, observations, clock, alone, onSetAside } = context;
  const mutex = {};
  const copy = async (confirm: () => Promise<void>): Promise<boolean> => {
    let differed = false;
    const around = async (write: () => Promise<void>): Promise<void> => {
      await confirm();
      differed = await whileAllOwed(operations, clock.now(), async () => {
        await write();
        return true;
      });
    };
    await syncRegister(operations, observations, { onSetAside, around, clock });
    if (differed) await moveRegisterVersion(operations);
    else await endCutShortChange(operations, clock.now());
    return differed;
  };
  return async () => await serialize(mutex, () => alone(copy));
}
