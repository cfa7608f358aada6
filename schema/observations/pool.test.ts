import { describe, expect, it } from 'vitest';
import type { Connection } from './pool.ts';
import { Pool } from './pool.ts';

function connections(count: number): { connections: Connection[]; closed: number[] } {
  const closed: number[] = [];
  const make = (_: unknown, index: number): Connection => ({
    run: async () => String(index),
    close: async () => {
      closed.push(index);
    },
  });
  return { connections: Array.from({ length: count }, make), closed };
}

describe('Pool', () => {
  it('gives a connection to one at a time, and the others wait in order', async () => {
    const pool = new Pool(connections(2).connections);
    const events: string[] = [];
    const ends: (() => void)[] = [];
    const started = ['a', 'b', 'c', 'd'].map((name) =>
      pool.use(async () => {
        events.push(name);
        await new Promise<void>((resolve) => ends.push(resolve));
      }),
    );
    await new Promise(setImmediate);
    expect(events).toEqual(['a', 'b']);
    ends[0]?.();
    await new Promise(setImmediate);
    expect(events).toEqual(['a', 'b', 'c']);
    ends[1]?.();
    await new Promise(setImmediate);
    expect(events).toEqual(['a', 'b', 'c', 'd']);
    ends.forEach((end) => end());
    await Promise.all(started);
  });

  it('gives the connection back after a failure', async () => {
    const pool = new Pool(connections(1).connections);
    await expect(pool.use(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await pool.use((connection) => connection.run({ sql: '' }))).toBe('0');
  });

  it('closes only when what runs and what waits has ended, and takes nothing more', async () => {
    const made = connections(1);
    const pool = new Pool(made.connections);
    const ends: (() => void)[] = [];
    const wait = () => pool.use(() => new Promise<void>((resolve) => ends.push(resolve)));
    const first = wait();
    const second = wait();
    const closing = pool.close();
    expect(pool.close()).toBe(closing);
    await expect(pool.use(async () => 1)).rejects.toMatchObject({ name: 'ObservationsClosed' });
    await new Promise(setImmediate);
    expect(made.closed).toEqual([]);
    ends[0]?.();
    await first;
    await new Promise(setImmediate);
    expect(made.closed).toEqual([]);
    ends[1]?.();
    await second;
    await closing;
    expect(made.closed).toEqual([0]);
  });
});
