import { appendFileSync } from 'node:fs';
import { test } from 'vitest';
import { playStory } from '../helpers/odd-answers.ts';
import { oddNetworks } from '../helpers/odd-networks.ts';
const which = process.env.NET ?? 'VK';
const [from, to] = (process.env.SEEDS ?? '10-40').split('-').map(Number) as [number, number];
const net = oddNetworks.find(([n]) => n.startsWith(which))!;
const seeds = Array.from({ length: to - from + 1 }, (_, i) => from + i);
test.each(seeds)('seed %i', async (seed) => {
  const t = Date.now();
  const r = await playStory(net[1], { seed, walls: 6, looks: 10, odd: 0.3 });
  appendFileSync(`/tmp/core-seeds.log`, `${which} ${seed} ${Date.now() - t}ms ${JSON.stringify(r)}\n`);
}, 300_000);
