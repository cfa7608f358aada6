import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { environmentOf } from '#tests/e2e/processes.ts';
import { root } from '#tests/steps.ts';

/** What a process says that keeps its compiled modules there and loads some. */
async function keepIn(directory: string): Promise<string> {
  const script = `
    import { keepCompiled } from '${root}cli/compiled.ts';
    keepCompiled(${JSON.stringify(directory)});
    await import('${root}cli/start-arguments.ts');`;
  return await new Promise((resolve) => {
    const env = environmentOf({ NODE_COMPILE_CACHE: undefined });
    const parameters = ['--input-type=module', '--eval', script];
    execFile(process.execPath, parameters, { env }, (error, out, err) =>
      resolve(`${error ? String(error.code) : 0}${out}${err}`),
    );
  });
}

test('what is compiled is kept, and nothing is said where it cannot be', async () => {
  const place = mkdtempSync(join(tmpdir(), 'profpulse-compiled-'));
  const directory = join(place, 'new', 'compiled');
  expect(await keepIn(directory)).toBe('0');
  const kept = readdirSync(directory, { recursive: true, withFileTypes: true });
  expect(kept.filter((entry) => entry.isFile()).length).toBeGreaterThan(2);
  for (const elsewhere of ['/dev/null', '/dev/null/inside']) expect(await keepIn(elsewhere)).toBe('0');
  rmSync(place, { recursive: true });
});
