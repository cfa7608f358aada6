import { visitorOf } from '../../helpers/signed-in.ts';
import type { SweptServer } from '../../security/swept-server.ts';
import { inTurns, taken } from './telling-times.ts';

const page = '/ranking';

/** Medians of a page for everybody and for somebody who has signed in, in ms. */
export async function pageTimes({ origin, login }: SweptServer): Promise<{ public: number; reader: number }> {
  const reader = visitorOf(origin);
  const answer = await reader.send('/login', { ...login });
  if (answer.status !== 303) throw new Error(`The login answered ${answer.status}.`);
  const nobody = visitorOf(origin);
  const { known, unknown } = await inTurns(
    () => taken(() => reader.get(page)),
    () => taken(() => nobody.get(page)),
  );
  return { public: unknown, reader: known };
}
