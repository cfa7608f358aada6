import { Agent } from 'node:http';
import type { Agent as SecureAgent } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { APIError, ExecuteError, VK } from 'vk-io';
import { createSimulation, type Simulation, type VkServer } from '../index.ts';

const anchor = new Date('2026-03-10T04:00:00Z');
let simulation: Simulation;
let server: VkServer;
let agent: Agent;

beforeAll(async () => {
  simulation = createSimulation({ anchor, seed: 3 });
  simulation.clock.speed = 0;
  server = await simulation.serveVk({
    tokens: [
      { token: 'quick', kind: 'service', requestsPerSecond: 100 },
      { token: 'slow', kind: 'user', requestsPerSecond: 3 },
    ],
  });
  agent = new Agent({ keepAlive: true });
});

afterAll(async () => {
  agent.destroy();
  await server.close();
});

function client(
  token: string,
  options: { apiLimit?: number; apiMode?: 'parallel' | 'sequential'; apiTimeout?: number } = {},
): VK {
  return new VK({
    token,
    apiBaseUrl: server.url,
    agent: agent as unknown as SecureAgent,
    apiLimit: 20,
    apiRetryLimit: 0,
    ...options,
  });
}

const readable = (): number[] =>
  simulation.world.pages
    .filter((page) => simulation.world.stateOf(page, anchor.getTime()) === 'ok')
    .map((page) => page.id);

describe('vk-io against the simulator', () => {
  it('reads a wall to its end, page by page, without loss', async () => {
    const { api } = client('quick');
    const [id = 0] = readable();
    const ids = new Set<number>();
    let offset = 0;
    for (;;) {
      const { count = 0, items = [] } = await api.wall.get({
        owner_id: -id,
        offset,
        count: 100,
        filter: 'owner',
      });
      for (const item of items) {
        ids.add(item.id ?? 0);
      }
      offset += items.length;
      if (items.length === 0) {
        expect(ids.size).toBe(count);
        break;
      }
    }
    const page = simulation.world.page(id);
    const expected = page
      ? simulation.world.wall(page, anchor.getTime()).filter((post) => post.placement !== 'visitor')
      : [];
    expect(ids.size).toBe(expected.length);
  });

  it('asks for communities and names', async () => {
    const { api } = client('quick');
    const answer = await api.groups.getById({ group_ids: readable(), fields: ['members_count'] });
    expect(answer.groups?.every((group) => (group.members_count ?? 0) > 0)).toBe(true);
    const name = answer.groups?.[0]?.screen_name ?? '';
    expect(await api.utils.resolveScreenName({ screen_name: name })).toMatchObject({
      object_id: readable()[0],
    });
  });

  it('packs calls into execute by itself, and pairs errors with their calls', async () => {
    const { api } = client('quick', { apiMode: 'parallel' });
    const closed = simulation.world.pages.find(
      (page) => simulation.world.stateOf(page, anchor.getTime()) === 'private',
    );
    const before = server.calls.count('execute');
    const results = await Promise.allSettled(
      [closed?.id ?? 0, ...readable().slice(0, 20)].map((id) => api.wall.get({ owner_id: -id, count: 5 })),
    );
    expect(server.calls.count('execute')).toBe(before + 1);
    expect(results.map(({ status }) => status)).toEqual(['rejected', ...Array<string>(20).fill('fulfilled')]);
    expect(results[0]).toMatchObject({ reason: { code: 203 } });
    const packed = await api.execute({ code: `return [API.wall.get({"owner_id":-${closed?.id ?? 0}})];` });
    expect(packed.errors[0]).toBeInstanceOf(ExecuteError);
  });

  it('meets the bound of 5 MB with 25 walls of 100 posts, not with 25 of 20', async () => {
    const { api } = client('quick');
    const busy = readable()
      .map((id) => ({ id, page: simulation.world.page(id) }))
      .map(({ id, page }) => ({ id, posts: page ? simulation.world.wall(page, anchor.getTime()).length : 0 }))
      .sort((left, right) => right.posts - left.posts)
      .slice(0, 25);
    const code = (count: number): string =>
      `return [${busy.map(({ id }) => `API.wall.get({"owner_id":-${id},"count":${count}})`).join(',')}];`;
    await expect(api.execute({ code: code(100) })).rejects.toMatchObject({ code: 13 });
    const { response } = await api.execute({ code: code(20) });
    const bytes = Buffer.byteLength(JSON.stringify(response));
    expect(bytes / (25 * 20)).toBeGreaterThan(3_500);
    expect(bytes / (25 * 20)).toBeLessThan(6_000);
  });

  it('waits and tries again when it is too fast', async () => {
    const { api } = client('slow', { apiLimit: 20 });
    const answers = await Promise.all(
      readable()
        .slice(0, 4)
        .map((id) => api.groups.getById({ group_id: id })),
    );
    expect(answers).toHaveLength(4);
    expect(server.calls.latest.some((call) => call.token === 'slow' && call.error === 6)).toBe(true);
  });

  it('meets faults: an error, a page of HTML, half a body, silence', async () => {
    const { api } = client('quick', { apiTimeout: 200 });
    const { faults } = simulation;
    const ask = (): Promise<unknown> => api.wall.get({ owner_id: -(readable()[0] ?? 0), count: 1 });
    faults.add({ kind: 'refuse', code: 10, times: 1 });
    await expect(ask()).rejects.toBeInstanceOf(APIError);
    faults.add({ kind: 'bad-gateway', times: 1 });
    await expect(ask()).rejects.toThrow();
    faults.add({ kind: 'truncated', times: 1 });
    await expect(ask()).rejects.toThrow();
    faults.add({ kind: 'hang', times: 1 });
    await expect(ask()).rejects.toThrow(/aborted/);
    await expect(ask()).resolves.toBeDefined();
    expect(server.unexpected).toEqual([]);
  });
});
