import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../steps.ts';

interface Pattern {
  form: RegExp;
  brings: boolean;
}

function formOf(pattern: string): RegExp {
  const source = pattern
    .replace(/^\/|\/$/g, '')
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('**/', '\0')
    .replaceAll('**', '\u0001')
    .replaceAll('*', '[^/]*')
    .replaceAll('?', '[^/]')
    .replaceAll('\0', '(?:.*/)?')
    .replaceAll('\u0001', '.*');
  // A pattern that matches a directory matches all that is in it.
  return new RegExp(`^${source}(?:/.*)?$`);
}

/**
 * Whether a path gets into a build by the rules of `.dockerignore`: the last pattern that matches it, or a directory above
 * it, decides; `!` brings back.
 */
export function buildContext(ignoreFile: string): (path: string) => boolean {
  const patterns: Pattern[] = ignoreFile
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => ({ form: formOf(line.replace(/^!/, '')), brings: line.startsWith('!') }));
  return (path) => patterns.findLast(({ form }) => form.test(path))?.brings ?? true;
}

/** Files of the working tree that version control knows or would take, as paths from the root. */
export function projectFiles(): string[] {
  const listed = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  return listed.split('\0').filter((path) => path !== '' && existsSync(join(root, path)));
}

/** The files an image is built from. */
export function contextFiles(): string[] {
  return projectFiles().filter(buildContext(readFileSync(join(root, '.dockerignore'), 'utf8')));
}
