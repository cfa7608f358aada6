import { ESLint } from 'eslint';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { importProblem, roomOf } from './arrows.ts';
import { takesLong } from '../helpers/takes-long.ts';

takesLong('it lints whole files');

const root = fileURLToPath(new URL('../..', import.meta.url));

/** What the project’s own lint says of a file that does not exist. */
async function lint(filePath: string, code: string): Promise<string[]> {
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: { languageOptions: { parserOptions: { projectService: false, project: null } } },
    ruleFilter: ({ ruleId }) => !/^@typescript-eslint\/(no-floating|no-misused|await-then)/.test(ruleId),
  });
  const [result] = await eslint.lintText(code, { filePath });
  return (result?.messages ?? []).map((message) => message.message);
}

describe('arrows between rooms', () => {
  test.each([
    ['domain/period.ts', '../schema/operations/connect.ts', 'domain/ may not import schema/'],
    ['collector/run.ts', '../analytics/rollups/rollups.ts', 'collector/ may not import analytics/'],
    [
      'dashboard/src/routes/+page.server.ts',
      '../../../collector/run.ts',
      'dashboard/ may not import collector/',
    ],
    ['simulator/truth.ts', '../domain/measures.ts', 'simulator/ may not import domain/'],
    ['analytics/leaderboard.ts', '#lib/server/services.ts', 'analytics/ may not import dashboard/'],
    ['register/import.ts', '../server.ts', 'register/ may not import cli/'],
    ['analytics/leaderboard.ts', '@clickhouse/client', 'only schema/ may'],
    ['dashboard/src/hooks.server.ts', 'vk-io', 'only collector/ may'],
    ['attic/thing.ts', '../domain/clock.ts', 'no room of this house'],
  ])('%s may not import %s', (file, source, message) => {
    expect(importProblem(file, source)).toContain(message);
  });

  test.each([
    ['collector/run.ts', '#schema/observations/connect.ts'],
    ['collector/sources/vk/client.ts', 'vk-io'],
    ['collector/run.test.ts', '#simulator/index.ts'],
    ['dashboard/src/routes/+page.svelte', '#lib/Chart.svelte'],
    ['server.ts', './collector/run.ts'],
    ['schema/observations/connect.ts', 'chdb/connection'],
    ['domain/period.ts', 'temporal-polyfill'],
    ['cli/version.ts', '../package.json'],
    ['dashboard/src/routes/sample/+server.ts', '../../../../docs/register-sample.csv?raw'],
  ])('%s may import %s', (file, source) => {
    expect(importProblem(file, source)).toBeNull();
  });

  test('of some rooms types alone may be imported, and aliases are rooms', () => {
    const [file, source] = ['wording/letter.ts', '#analytics/ranking/ranking.ts'];
    expect(importProblem(file, source, false)).toContain('only types of analytics/');
    expect(importProblem(file, source, true)).toBeNull();
    expect(importProblem(file, '#schema/observations/connect.ts', true)).toContain('may not import schema/');
    expect(importProblem('simulator/truth.ts', '#domain/measures.ts')).toContain('may not import domain/');
  });

  test('what may be imported from another room goes by its alias', () => {
    const problem = importProblem('collector/run.ts', '../domain/period.ts');
    expect(problem).toBe("Import from another room by its alias: '#domain/period.ts'.");
    expect(importProblem('collector/run.test.ts', '../tests/helpers/looks.ts')).toContain('#tests/helpers');
  });

  test('a file at the root is a composition root', () => {
    expect(roomOf('server.ts')).toBe('cli');
  });

  test('the message says what may be imported, why, and what to do', () => {
    expect(importProblem('analytics/leaderboard.ts', '../collector/run.ts')).toBe(
      'analytics/ may not import collector/ (collector/run.ts). analytics/ asks the databases. It must give the ' +
        'same numbers whoever collected and whoever looks. It may import: domain/, schema/. Move what is shared ' +
        'down to a room both may import, or let the composition root pass it in. See docs/architecture.md.',
    );
  });
});

describe('the project’s lint', () => {
  test('refuses a wrong import in a component, with the explanation', async () => {
    const messages = await lint(
      'dashboard/src/routes/Wrong.svelte',
      '<script lang="ts">\n  import { runCollection } from "../../../collector/run.ts";\n  void runCollection;\n</script>\n',
    );
    expect(messages.join('\n')).toContain('no page view can cause a call to a network');
  });

  test('refuses a wrong type import and a wrong dynamic import', async () => {
    const messages = await lint(
      'domain/wrong.ts',
      "import type { Logger } from '../register/import.ts';\nexport type L = Logger;\nexport const x = import('../cli/compose.ts');\n",
    );
    expect(messages.filter((message) => message.startsWith('domain/ may not import'))).toHaveLength(2);
  });

  test('refuses settings of a call, everywhere', async () => {
    const messages = await lint(
      'schema/observations/wrong.ts',
      'export const options = { clickhouse_settings: { async_insert: 1 } };\n',
    );
    expect(messages.join()).toContain('stay on the embedded connection for good');
  });

  test('refuses a question without a name in its first line', async () => {
    const asking = async (first: string) => {
      const text = `export const ask = (observations: { rows(sql: string): unknown }) => observations.rows(${first});\n`;
      return (await lint('analytics/wrong.ts', text)).join();
    };
    for (const unnamed of ['`SELECT ${1}`', '`\n  SELECT 1\n  -- ask\n`', "'SELECT 1'"])
      expect(await asking(unnamed)).toContain('Name the question in its first line');
    for (const named of ['`\n  -- ask\n  SELECT ${1}`', '`-- ask\nSELECT 1`', "'-- ask\\nSELECT 1'"])
      expect(await asking(named)).not.toContain('Name the question');
  });

  test('refuses the engine imported when a module is read', async () => {
    const messages = await lint(
      'schema/observations/wrong.ts',
      "import { Session } from 'chdb';\nexport { Session };\n",
    );
    expect(messages.join()).toContain('Import chdb lazily');
  });

  test('refuses the machine’s clock, a focused test, printing, raw HTML and being switched off', async () => {
    expect((await lint('collector/wrong.ts', 'export const at = new Date();\n')).join()).toContain('`clock`');
    expect((await lint('domain/wrong.test.ts', "test.only('x', () => {});\n")).join()).toContain(
      'skips itself',
    );
    expect((await lint('domain/wrong.ts', "console.log('x');\n")).join()).toContain('console');
    expect((await lint('dashboard/src/routes/Wrong.svelte', '{@html "<b>x</b>"}\n')).join()).toContain('XSS');
    expect(
      (await lint('domain/wrong.ts', "// eslint-disable-next-line no-console\nconsole.log('x');\n")).join(),
    ).toContain('Unexpected console');
  });
});
