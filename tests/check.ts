import { closingLine, runStep, runSteps, sumTallies } from './steps.ts';
import type { Step, Tally } from './steps.ts';

/** What the dashboard’s types rest on: the messages compiled to functions, and the kit’s generated types. */
const preparation: readonly Step[] = [
  {
    name: 'messages of the dashboard compile',
    command: [
      'paraglide-js',
      'compile',
      ...['--project', 'wording/project.inlang', '--outdir', 'wording/paraglide'],
      ...['--strategy', 'custom-profpulse', 'baseLocale', '--no-emit-readme', '--silent'],
    ],
  },
  {
    name: 'types of the dashboard’s routes',
    command: ['svelte-kit', 'sync', '--config', 'dashboard/vite.config.ts'],
  },
];

const rooms = [
  ...[
    'analytics',
    'cli',
    'collector',
    'dashboard/src',
    'domain',
    'register',
    'schema',
    'simulator',
    'accounts',
    'wording',
  ],
  ...['tests', 'server.ts'],
];

const checks: readonly Step[] = [
  { name: 'lint, with the arrows between rooms', command: ['eslint', '--max-warnings', '0', '.'] },
  {
    name: 'types of the dashboard',
    command: [
      'svelte-check',
      '--workspace',
      'dashboard',
      '--tsconfig',
      'tsconfig.json',
      '--fail-on-warnings',
    ],
  },
  { name: 'types', command: ['tsc', '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'formatting', command: ['prettier', '--check', '--log-level', 'warn', '.'] },
  { name: 'dead code and unused dependencies', command: ['knip'] },
  {
    name: 'no circle of imports, in types neither',
    command: ['depcruise', '--config', 'tests/lint/circles.json', '--output-type', 'err', ...rooms],
  },
  {
    name: 'structure.sql equals the migrations',
    command: ['node', 'schema/observations/write-structure.ts', '--check'],
  },
];

/** Formatting, lint, types, dead code and the generated structure of the database. */
export async function check(): Promise<Tally> {
  const tallies: Tally[] = [];
  for (const step of preparation) tallies.push(await runStep(step));
  tallies.push(await runSteps(checks, 2));
  return sumTallies(tallies);
}

if (import.meta.main) {
  console.log('check: formatting, lint, types, dead code, structure.sql');
  const tally = await check();
  console.log(closingLine(tally));
  process.exitCode = tally.failed === 0 ? 0 : 1;
}
