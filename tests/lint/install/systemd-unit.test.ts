import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exitCodes } from '#cli/failures.ts';
import { root } from '../../steps.ts';
import { readCompose } from './compose.ts';
import { readUnit, unitProblems } from './systemd-unit.ts';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const content = read('docs/systemd/profpulse.service');
const service = readUnit(content)['Service'] ?? {};

describe('docs/systemd/profpulse.service', () => {
  test('keeps the rules', () => {
    expect(unitProblems(content)).toEqual([]);
  });

  test.each([
    ['a misspelt key', 'RestartSec=', 'RestartSeconds=', 'RestartSeconds is not known in [Service]'],
    ['a key in the wrong section', 'StartLimitBurst=', 'RestartSec=', 'RestartSec is not known in [Unit]'],
    ['a line that is nothing', 'Type=exec', 'exec', 'exec is not known in []'],
    ['root', 'User=profpulse', 'User=root', 'it runs as root'],
    [
      'npm between',
      'node_modules/.bin/node --max-semi-space-size=16 server.ts',
      'npm start',
      'ExecStart is not',
    ],
    ['another folder', 'WorkingDirectory=/opt/profpulse', 'WorkingDirectory=/srv', 'ExecStart is not'],
    ['no code from the compiler', 'UMask=', 'MemoryDenyWriteExecute=yes\nUMask=', 'Node does not start so'],
    ['a secret', 'NODE_ENV=production', 'VK_TOKENS=abc', 'VK_TOKENS is a secret'],
    ['a misspelt setting', 'DATA_DIR=', 'DATADIR=', 'DATADIR is no setting'],
    [
      'data elsewhere',
      'StateDirectory=profpulse',
      'StateDirectory=other',
      'DATA_DIR is not the StateDirectory',
    ],
    ['data nowhere', 'Environment=DATA_DIR=/var/lib/profpulse\n', '', 'DATA_DIR is not set'],
    ['settings that must be there', 'EnvironmentFile=-', 'EnvironmentFile=', 'it does not start'],
  ])('%s is refused', (_, from, to, problem) => {
    expect(content).toContain(from);
    expect(unitProblems(content.replace(from, to)).join('\n')).toContain(problem);
  });

  test('starts what there is, gives it the time a container has, and does not repeat a wrong setting', () => {
    expect(existsSync(join(root, 'server.ts'))).toBe(true);
    const grace = readCompose(read('docker-compose.yml')).services['app']?.stop_grace_period;
    expect(service['TimeoutStopSec']).toEqual([grace?.replace(/s$/, '')]);
    expect(service['RestartPreventExitStatus']).toEqual([String(exitCodes.wrongSetup)]);
  });

  test('docs/operations.md installs it where it looks', () => {
    const page = read('docs/operations.md');
    for (const key of ['WorkingDirectory', 'EnvironmentFile']) {
      const path = service[key]?.[0]?.replace(/^-/, '') ?? '';
      expect(page, path).toContain(path);
    }
    expect(page).toContain(`/var/lib/${service['StateDirectory']?.[0]}`);
    expect(page).toContain(`useradd --system --home-dir /var/lib/profpulse`);
  });
});
