import { readFileSync, readdirSync } from 'node:fs';

/** Parent and resident memory (MB) of a process of Linux; `null` when it has just ended. */
function processOf(id: string): { parent: number; megabytes: number } | null {
  try {
    const status = readFileSync(`/proc/${id}/status`, 'utf8');
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0);
    return { parent: field('PPid'), megabytes: field('VmRSS') / 1024 };
  } catch {
    return null;
  }
}

/** Resident memory of a process and all it has started, in MB. */
export function treeMegabytes(rootId: number): number {
  const processes = new Map<number, { parent: number; megabytes: number }>();
  for (const id of readdirSync('/proc')) {
    const found = /^\d+$/.test(id) ? processOf(id) : null;
    if (found) processes.set(Number(id), found);
  }
  const belongs = (id: number): boolean =>
    id === rootId || (processes.has(id) && id > 1 && belongs(processes.get(id)?.parent ?? 0));
  let sum = 0;
  for (const [id, { megabytes }] of processes) if (belongs(id)) sum += megabytes;
  return sum;
}

/** Watches a process tree four times a second; `peak()` is the most it took, in MB. */
export function watchMemory(rootId: number): { peak(): number; stop(): void } {
  let most = 0;
  const look = () => {
    most = Math.max(most, treeMegabytes(rootId));
  };
  const timer = setInterval(look, 250);
  look();
  return { peak: () => Math.round(most), stop: () => clearInterval(timer) };
}
