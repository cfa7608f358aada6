import { expect, test } from 'vitest';
import { refuseSwallowed } from './npm-options.ts';
import { makeProgram } from './program.ts';

const nothing = async (): Promise<void> => {
  await Promise.resolve();
};
const deeds = { run: nothing, import: nothing, login: nothing };
const program = makeProgram('en', { name: 'profpulse', version: '1' }, deeds);

const check =
  (words: string[], environment: Record<string, string> = {}) =>
  () =>
    refuseSwallowed(program, words, environment);

/** The line that a refusal says is right. */
function line(words: string[], environment: Record<string, string>): string {
  try {
    refuseSwallowed(program, words, environment);
  } catch (error) {
    return (error as Error).message.split('\n')[1]?.trim() ?? '';
  }
  return 'taken';
}

test('an option that npm has kept is a refusal, with the line that is right', () => {
  expect(check(['import', 'f.xlsx'], { npm_config_dry_run: 'true' })).toThrow(
    'npm kept --dry-run for itself, and nothing was done. Put two dashes before what is meant for ProfPulse:\n' +
      '  npm run profpulse -- import f.xlsx --dry-run\n' +
      '(If npm itself is set so, take npm_config_dry_run out of its settings.)',
  );
  expect(check(['import', 'f'], { npm_config_skip_bad: 'true', npm_config_dry_run: '' })).toThrow(
    /npm kept --dry-run, --skip-bad/,
  );
  expect(line(['import', 'my file.csv'], { npm_config_dry_run: 'true' })).toBe(
    "npm run profpulse -- import 'my file.csv' --dry-run",
  );
});

test.each<[string[], Record<string, string>, string]>([
  // npm takes --to for the beginning of a setting of its own, and loses which word was the value of --from.
  [
    ['leaderboard', '2026-01-01'],
    { npm_config_from: 'true', npm_config_token_description: '2026-01-31' },
    'leaderboard --from 2026-01-01 --to 2026-01-31',
  ],
  // And --format for a switch, which leaves no trace.
  [
    ['leaderboard', '2026-01-01', 'csv', 'x.csv'],
    { npm_config_from: 'true', npm_config_output: 'true', npm_config_token_description: '2026-01-31' },
    'leaderboard --from 2026-01-01 --to 2026-01-31 --format csv --output x.csv',
  ],
  [
    ['leaderboard'],
    { npm_config_from: '2026-01-01', npm_config_to: '2026-01-31' },
    'leaderboard --from 2026-01-01 --to 2026-01-31',
  ],
  [['leaderboard'], { npm_config_from: '2026-01-01' }, 'leaderboard --from 2026-01-01 --to <day>'],
  [
    ['collect', '2026-03-02T09:00', 'https://vk.com/club1'],
    { npm_config_page: 'true', npm_config_slot: 'true' },
    'collect --page https://vk.com/club1 --slot 2026-03-02T09:00',
  ],
  [['export', 'f.csv'], { npm_config_output: 'true' }, 'export --output f.csv'],
  [
    ['telegram', 'login', 'file'],
    { npm_config_save_to: 'true', npm_config_force: 'true' },
    'telegram login --save-to file --force',
  ],
  [['telegram', 'login'], { npm_config_save_to: 'true' }, 'telegram login --save-to <file>'],
])('of %j with %j the whole line is said', (words, environment, right) => {
  expect(line(words, environment)).toBe(`npm run profpulse -- ${right}`);
});

test('an option that was given, of another command, or that is npm’s own, is none', () => {
  expect(check(['import', 'f', '--dry-run'], { npm_config_dry_run: 'true' })).not.toThrow();
  expect(check(['export', '--output=f'], { npm_config_output: 'f' })).not.toThrow();
  expect(check(['export'], { npm_config_dry_run: 'true', npm_config_force: 'true' })).not.toThrow();
  expect(check(['import', 'f'], { npm_config_cache: '/tmp', npm_config_loglevel: 'error' })).not.toThrow();
  expect(check([], { npm_config_dry_run: 'true' })).not.toThrow();
  expect(check(['colect'], { npm_config_dry_run: 'true' })).not.toThrow();
});
