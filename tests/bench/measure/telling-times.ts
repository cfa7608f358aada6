import { randomBytes } from 'node:crypto';
import { load } from 'cheerio';
import { visitorOf, type Visitor } from '../../helpers/signed-in.ts';
import type { SweptServer } from '../../security/swept-server.ts';
import { quantile } from './readers.ts';

/** Medians of what takes the one way for what is known and the other for what is not, in ms. */
export interface Pair {
  known: number;
  unknown: number;
}

const tries = 200;
const warmUp = 10;

/** How long something takes, in ms. */
export async function taken(asked: () => Promise<Response>): Promise<number> {
  const began = performance.now();
  await (await asked()).text();
  return performance.now() - began;
}

/** Medians of two things that are done in turns, so that whatever else the machine does is shared between them. */
export async function inTurns(
  known: (turn: number) => Promise<number>,
  unknown: (turn: number) => Promise<number>,
): Promise<Pair> {
  const times: Record<keyof Pair, number[]> = { known: [], unknown: [] };
  for (let turn = -warmUp; turn < tries; turn += 1) {
    // Each is as often the first of the two.
    const pair = { known, unknown };
    const order: (keyof Pair)[] = turn % 2 === 0 ? ['known', 'unknown'] : ['unknown', 'known'];
    for (const which of order) {
      const time = await pair[which](turn);
      if (turn >= 0) times[which].push(time);
    }
  }
  return { known: quantile(times.known, 0.5), unknown: quantile(times.unknown, 0.5) };
}

/** Whether the time of an answer tells who has an account, and which links there once were. */
export async function tellingTimes({
  origin,
  store,
  visitors,
  login,
}: SweptServer): Promise<Record<string, Pair>> {
  const logIn = (email: string): Promise<number> => {
    store.forgetTries();
    const fields = { email, password: 'не тот пароль вовсе' };
    return taken(() => visitorOf(origin).send('/login', fields));
  };
  const open = (path: string): Promise<number> => taken(() => visitorOf(origin).get(path));
  const unknownLink = (route: string): string =>
    route.replace(/\[\w+\]/, randomBytes(32).toString('base64url'));
  const pairs: Record<string, Pair> = {
    login: await inTurns(
      () => logIn(login.email),
      (turn) => logIn(`nobody${turn + warmUp}@example.ru`),
    ),
  };
  // A link that works shows its form, which tells that it does. One that was taken back is refused as one that never was.
  const ended = await endedInvitation(visitors.administrator);
  pairs['link of an invitation'] = await inTurns(
    () => open(ended),
    () => open(unknownLink('/invitation/[token]')),
  );
  return pairs;
}

/** The path of an invitation that was taken back. */
async function endedInvitation(administrator: Visitor): Promise<string> {
  const fields = { name: 'Никто', email: 'taken-back@example.ru', role: 'viewer', organisation: '' };
  const made = await (await administrator.send('/settings/people?/invite', fields)).text();
  const [, path = ''] = /http:[^\s<"]+(\/invitation\/[\w-]+)/.exec(made) ?? [];
  const page = load(await (await administrator.get('/settings/people')).text());
  const invitation = page('li:contains("taken-back@example.ru") [name=invitation]').attr('value') ?? '';
  const { status } = await administrator.send('/settings/people?/revoke', { invitation });
  if (path === '' || status !== 303) throw new Error(`The invitation could not be taken back: ${status}.`);
  return path;
}
