import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes that the folders of all tests at once take at most, with some to spare. */
const room = 4 * 1024 ** 3;

/** Where folders of tests go: to a disk in memory when it has room and the machine has as much memory, else where all go. */
export function scratchBase(memoryDisk = '/dev/shm', needed = room): string {
  try {
    const { bavail, bsize } = statfsSync(memoryDisk);
    return Math.min(bavail * bsize, freemem()) >= needed ? memoryDisk : tmpdir();
  } catch {
    // There is no such disk.
    return tmpdir();
  }
}

/**
 * Makes one folder for all that this run of tests writes, which goes with it, and says it in TMPDIR. It lies in memory where
 * that is possible and no TMPDIR was set: the databases wait for the disk at every write. What Node has compiled is kept
 * there too, since the same modules are loaded by hundreds of processes. For the configurations of vitest, whose
 * processes inherit both.
 */
export function useScratch(): void {
  const folder = mkdtempSync(join(process.env['TMPDIR'] ? tmpdir() : scratchBase(), 'profpulse-'));
  process.env['TMPDIR'] = folder;
  process.env['NODE_COMPILE_CACHE'] ??= join(folder, 'compiled');
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
}
