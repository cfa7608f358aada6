import { appendFileSync, writeFileSync } from 'node:fs';
import { test } from 'vitest';
import * as odd from '../helpers/odd-house.ts';
import { playStory } from '../helpers/odd-answers.ts';
import { oddNetworks } from '../helpers/odd-networks.ts';
const which = process.env.NET ?? 'VK';
const net = oddNetworks.find(([n]) => n.startsWith(which))!;
test('trace', async () => {
  const out = '/tmp/core-trace.log'; writeFileSync(out, '');
  (globalThis as any).traceHouse = async (house: any, walls: any[], hours: number) => {
    for (const w of walls) if (w.name === process.env.WALL) {
      const p: any = await house.page(w); const s = await house.posts(w);
      const wrong = w.posts.filter((x: any) => { const r = s.find((y: any) => y.id === x.id); return r && +new Date(r.published) !== +x.published; });
      const lost = w.gone.filter((g: any) => { const r = s.find((y: any) => y.id === g.id); return r && !r.deleted; }).map((g: any) => `${g.id}@${w.posts.filter((x: any) => x.id > g.id).length}`);
      const oc = await house.observations.rows(`SELECT outcome, cause, dropped FROM ${house.observations.tables.outcomes} FINAL WHERE page_id=${p.id} ORDER BY slot DESC LIMIT 1`);
      const pend = await house.observations.rows(`SELECT count() AS c FROM ${house.observations.tables.posts} FINAL WHERE page_id=${p.id} AND other_published IS NOT NULL`);
      appendFileSync(out, JSON.stringify({ t: house.clock.now(), hours, lost, reviewx: 1, stored: s.length, dup: s.length - new Set(s.map((y: any) => y.id)).size, there: w.posts.length, wrong: wrong.length, wrongIds: wrong.slice(0, 1).concat(wrong.slice(-1)).map((x: any) => x.id), del: s.filter((y: any) => y.deleted).length, pend, oc, reached: p.historyReached, proof: p.reachProof, cur: p.historyCursor, review: p.review, ld: p.lookDoubt, hd: p.historyDoubt }) + '\n');
    }
  };
  const r = await playStory(net[1], { seed: Number(process.env.SEED), walls: 6, looks: 10, odd: 0.3 });
  appendFileSync(out, JSON.stringify(r) + '\n');
}, 600_000);
