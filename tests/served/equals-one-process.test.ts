import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Running } from '../e2e/processes.ts';
import { anchor, everythingOf, openStack, originOf, still, type Stack } from './stack.ts';

const hour = 3_600_000;
/** The instants at which all is collected; slots of the schedule lie between them. */
const instants = [anchor, new Date(anchor.getTime() + 14.5 * hour)];
let stack: Stack;

beforeAll(async () => {
  stack = await openStack();
});
afterAll(async () => {
  await stack.close();
});

const collected = /"msg":"Run finished"/;

/** What one process with embedded databases comes to. */
async function alone(): Promise<{ api: Record<string, string>; register: string }> {
  const settings = stack.embedded('alone');
  for (const [index, instant] of instants.entries()) {
    stack.simulation.clock.set(instant);
    const now = { ...settings, ...still(instant) };
    if (index === 0) expect((await stack.command(['import', stack.register], now)).code).toBe(0);
    const server = stack.start(now);
    await server.says(collected);
    expect(await server.stop()).toBe(0);
  }
  // All is counted when it has ended; it is asked anew.
  const last = { ...settings, ...still(instants.at(-1) as Date) };
  const server = stack.start(last);
  await server.says(collected);
  const api = await everythingOf(await originOf(server));
  expect(await server.stop()).toBe(0);
  return { api, register: (await stack.command(['export'], last)).output };
}

test('a worker, a standby and two web processes come to what one process alone comes to, byte for byte', async () => {
  const settings = await stack.served('undisturbed');
  let webs: Running[] = [];
  for (const [index, instant] of instants.entries()) {
    stack.simulation.clock.set(instant);
    const now = { ...settings, ...still(instant) };
    if (index === 0) expect((await stack.command(['import', stack.register], now)).code).toBe(0);
    const worker = stack.start({ ...now, ROLE: 'worker' });
    await worker.says(/This process collects/);
    const standby = stack.start({ ...now, ROLE: 'worker' });
    await Promise.all(webs.map((web) => web.stop()));
    webs = [1, 2].map(() => stack.start({ ...now, ROLE: 'web' }));
    await standby.says(/stands by/);
    await worker.says(collected);
    expect(await standby.stop()).toBe(0);
    expect(await worker.stop()).toBe(0);
    expect(standby.output()).not.toMatch(/This process collects|"level":50/);
    expect(worker.output()).not.toMatch(/"level":50/);
  }
  const answers = await Promise.all(webs.map(async (web) => await everythingOf(await originOf(web))));
  const last = { ...settings, ...still(instants.at(-1) as Date) };
  const register = (await stack.command(['export'], last)).output;
  for (const web of webs) expect(await web.stop()).toBe(0);

  const expected = await alone();
  expect(Object.keys(expected.api).length).toBeGreaterThan(7);
  expect(JSON.parse(expected.api['posts?limit=1000'] ?? '')).toMatchObject({
    data: { length: expect.any(Number) as number },
  });
  for (const api of answers) expect(api).toEqual(expected.api);
  expect(register).toBe(expected.register);
});
