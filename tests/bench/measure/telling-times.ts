import { randomBytes } from 'node:crypto';
import { visitorOf } from '../../helpers/signed-in.ts';
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

/** Whether the time of an answer tells who has an account and which links work. */
export async function tellingTimes({
  origin,
  store,
  links,
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
  for (const [name, route] of [
    ['invitation', '/invitation/[token]'],
    ['new password', '/password/[token]'],
  ] as const)
    pairs[`link of a ${name}`] = await inTurns(
      () => open(links[route] ?? ''),
      () => open(unknownLink(route)),
    );
  return pairs;
}
