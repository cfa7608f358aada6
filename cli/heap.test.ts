import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8');

test('V8 knows what keeps the heap small: it says so of a word that it does not know', async () => {
  const run = async (work: string) => {
    const module = join(import.meta.dirname, 'heap.ts');
    const program = `import { setFlagsFromString } from 'node:v8';
      import { keepHeapSmall } from ${JSON.stringify(module)}; ${work}`;
    const options = ['--input-type=module', '--eval', program];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, options);
    return stdout + stderr;
  };
  expect(await run("setFlagsFromString('--heap-growing-per-cent=50')")).toContain('heap-growing-per-cent');
  expect(await run('keepHeapSmall()')).toBe('');
});

test('whatever starts the server bounds the space of what was just made alike', () => {
  const bound = '--max-semi-space-size=16';
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect([scripts.start, scripts.demo]).toEqual([`node ${bound} server.ts`, `node ${bound} cli/demo.ts`]);
  expect(read('Dockerfile')).toContain(`CMD ["node", "${bound}", "server.ts"]`);
  expect(read('docs/systemd/profpulse.service')).toContain(`node ${bound} server.ts`);
  expect(read('docs/windows.md')).toContain(`node ${bound} server.ts`);
});
