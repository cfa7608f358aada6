/**
 * Works tasks off, at most `count` at a time, and yields results as they come. `next` is asked for a task whenever a
 * place is free (so it may give tasks made meanwhile) and says `undefined` when there is none now. `work` must not
 * reject. While the consumer is busy nothing new is started; when it stops early, what runs is waited for.
 */
export async function* mapConcurrently<Task, Result>(
  next: () => Task | undefined,
  work: (task: Task) => Promise<Result>,
  count: number,
): AsyncGenerator<Result> {
  const running = new Map<number, Promise<{ key: number; result: Result }>>();
  let started = 0;
  try {
    for (;;) {
      while (running.size < count) {
        const task = next();
        if (task === undefined) break;
        const key = started;
        started += 1;
        running.set(
          key,
          work(task).then((result) => ({ key, result })),
        );
      }
      if (running.size === 0) return;
      const { key, result } = await Promise.race(running.values());
      running.delete(key);
      yield result;
    }
  } finally {
    await Promise.allSettled(running.values());
  }
}

/** The list in pieces of at most `size`. */
export function chunk<Item>(items: readonly Item[], size: number): Item[][] {
  const chunks: Item[][] = [];
  for (let start = 0; start < items.length; start += size) chunks.push(items.slice(start, start + size));
  return chunks;
}
