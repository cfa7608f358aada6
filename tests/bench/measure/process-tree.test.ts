import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { treeMegabytes, watchMemory } from './process-tree.ts';

test('the memory of a process counts what it has started', () => {
  expect(treeMegabytes(process.pid)).toBeGreaterThan(20);
  expect(treeMegabytes(2 ** 22 + 1)).toBe(0);
});

test('the peak is kept after a child has ended', async () => {
  const alone = treeMegabytes(process.pid);
  const memory = watchMemory(process.pid);
  const code = 'const held = Buffer.alloc(200e6, 1); setTimeout(() => held.length, 1200)';
  const child = spawn(process.execPath, ['--eval', code]);
  await new Promise((resolve) => child.once('close', resolve));
  memory.stop();
  expect(memory.peak()).toBeGreaterThan(alone + 150);
});
