import { afterEach, expect, test } from 'vitest';
import { updatePage } from '#schema/operations/pages.ts';
import { compare } from '../helpers/odd-answers.ts';
import type { OddStack } from '../helpers/odd-stack.ts';
import { openOddStack } from '../helpers/odd-stack.ts';
import { oddVk } from '../helpers/odd-vk.ts';
import { seededRandom, wallOf } from '../helpers/odd-walls.ts';

const at = new Date('2026-02-01T03:00:00Z');
let stack: OddStack;

afterEach(async () => {
  await stack.close();
});

test('a past of VK that ends with fewer posts than are counted is read again before it is known', async () => {
  const wall = wallOf(1000, 300, at, seededRandom(300), 5);
  stack = await openOddStack(oddVk, [wall], { at, historyFrom: '2024-01-01' });
  const { collect } = stack;
  // Former runs came so far, by answers that left posts out.
  const { id } = await stack.page(wall);
  const place = wall.posts[199];
  await updatePage(stack.operations, id, {
    historyCursor: place?.id ?? null,
    historyPublished: place?.published ?? null,
    historyOffset: 199,
    historyReached: '2025-06-01',
  });
  await collect();
  expect(await stack.page(wall)).toMatchObject({
    historyReached: '2025-06-01',
    ...{ reachProof: null, historyCursor: null },
  });
  const { outcomes } = stack.observations.tables;
  const [{ cause } = { cause: '' }] = await stack.observations.rows<{ cause: string }>(
    `SELECT cause FROM ${outcomes} FINAL`,
  );
  expect(cause).toMatch(/\(the network counts more posts than were read: 1\d\d\)$/u);
  // Until that would convince the past waits.
  await collect(1);
  expect((await stack.posts()).length).toBeLessThan(250);
  await collect(6);
  expect(await stack.page(wall)).toMatchObject({ historyReached: '2024-01-01', historyDoubt: null });
  expect(await compare(stack, [wall])).toEqual([]);
});
