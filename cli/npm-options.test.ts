import { Command } from 'commander';
import { expect, test } from 'vitest';
import { refuseSwallowed } from './npm-options.ts';

const program = new Command('profpulse');
program.command('import').argument('<file>').option('--dry-run').option('--skip-bad');
program.command('export').option('--output <file>');
program.command('telegram').command('login').option('--save-to <file>').option('--force');

const check =
  (words: string[], environment: Record<string, string> = {}) =>
  () =>
    refuseSwallowed(program, words, environment);

test('an option that npm has kept is a refusal, with the line that is right', () => {
  expect(check(['import', 'f.xlsx'], { npm_config_dry_run: 'true' })).toThrow(
    "npm kept --dry-run for itself, and nothing was done. Put two dashes before what is meant for ProfPulse: npm run profpulse -- import f.xlsx --dry-run (or take npm_config_dry_run out of npm's settings).",
  );
  expect(check(['import', 'f'], { npm_config_skip_bad: 'true', npm_config_dry_run: '' })).toThrow(
    /npm kept --dry-run, --skip-bad/,
  );
  expect(check(['telegram', 'login', 'file'], { npm_config_save_to: 'true' })).toThrow(
    /npm kept --save-to .*: npm run profpulse -- telegram login --save-to <file> \(/,
  );
});

test('an option that was given, of another command, or that is npm’s own, is none', () => {
  expect(check(['import', 'f', '--dry-run'], { npm_config_dry_run: 'true' })).not.toThrow();
  expect(check(['export', '--output=f'], { npm_config_output: 'f' })).not.toThrow();
  expect(check(['export'], { npm_config_dry_run: 'true', npm_config_force: 'true' })).not.toThrow();
  expect(check(['import', 'f'], { npm_config_cache: '/tmp', npm_config_loglevel: 'error' })).not.toThrow();
  expect(check([], { npm_config_dry_run: 'true' })).not.toThrow();
  expect(check(['colect'], { npm_config_dry_run: 'true' })).not.toThrow();
});
