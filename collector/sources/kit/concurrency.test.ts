import { expect, test } from 'vitest';
import { chunk, mapConcurrently } from './concurrency.ts';

/** Work that ends when it is told to, and how much of it runs. */
function heldWork() {
  const ends = new Map<number, () => void>();
  const work = async (task: number): Promise<number> => {
    await new Promise<void>((resolve) => ends.set(task, resolve));
    ends.delete(task);
    return task * 10;
  };
  return { work, running: () => [...ends.keys()], end: (task: number) => ends.get(task)?.() };
}

test('so many tasks run at a time, and results come as they are ready', async () => {
  const { work, running, end } = heldWork();
  const tasks = [1, 2, 3];
  const results = mapConcurrently(() => tasks.shift(), work, 2);
  const first = results.next();
  expect(running()).toEqual([1, 2]);
  end(2);
  expect(await first).toEqual({ value: 20, done: false });
  const second = results.next();
  expect(running()).toEqual([1, 3]);
  end(3);
  expect(await second).toEqual({ value: 30, done: false });
  end(1);
  expect(await results.next()).toEqual({ value: 10, done: false });
  expect(await results.next()).toEqual({ value: undefined, done: true });
});

test('who stops early waits for what runs', async () => {
  const { work, running, end } = heldWork();
  const tasks = [1, 2];
  const results = mapConcurrently(() => tasks.shift(), work, 2);
  const first = results.next();
  end(1);
  await first;
  const stopped = results.return(undefined);
  expect(running()).toEqual([2]);
  end(2);
  await stopped;
  expect(running()).toEqual([]);
});

test('a list is cut into chunks of a size, the last of what is left', () => {
  expect(chunk([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(chunk([], 2)).toEqual([]);
});
