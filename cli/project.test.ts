import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { explainFailure } from './failures.ts';
import { EnvironmentFileUnreadable, readEnvironment } from './project.ts';
import { readText } from './text-file.ts';

let place: string;
let file: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'profpulse-env-'));
  file = join(place, '.env');
});
afterEach(() => {
  rmSync(place, { recursive: true, force: true });
});

const text = 'VK_TOKENS=ключ\r\n# note\nPORT="8080"\nCOLLECT_CRON="0 * * * *"\n';
const utf16 = (mark: string, bytes: Buffer): Buffer => Buffer.concat([Buffer.from(mark, 'hex'), bytes]);

test.each([
  ['UTF-8', Buffer.from(text)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16 as Notepad writes it', utf16('fffe', Buffer.from(text, 'utf16le'))],
  ['UTF-16 of the other order', utf16('feff', Buffer.from(text, 'utf16le').swap16())],
])('settings are read from a file in %s, its first line too, and those outside win', (_, content) => {
  writeFileSync(file, content);
  expect(readEnvironment(file, { PORT: '9090' })).toEqual({
    VK_TOKENS: 'ключ',
    PORT: '9090',
    COLLECT_CRON: '0 * * * *',
    TZ: 'UTC',
  });
});

test('what is set outside wins even when it is empty, and without a file nothing is added', () => {
  writeFileSync(file, 'PORT=8080\n');
  expect(readEnvironment(file, { PORT: '' })).toEqual({ PORT: '', TZ: 'UTC' });
  expect(readEnvironment(join(place, 'none'), {})).toEqual({ TZ: 'UTC' });
});

function failure(): { message: string; exitCode: number } {
  try {
    readEnvironment(file, {});
  } catch (error) {
    expect(error).toBeInstanceOf(EnvironmentFileUnreadable);
    return explainFailure(error, 'en');
  }
  throw new Error('It was read.');
}

test('a directory of that name, a link that leads nowhere, and bytes that are no text are told', () => {
  mkdirSync(file);
  expect(failure()).toEqual({
    message: `The settings in ${file} cannot be read: it is a directory, and a file is wanted. Nothing was started. Mend the file, or take it away.`,
    exitCode: 2,
  });
  rmSync(file, { recursive: true });
  symlinkSync(join(place, 'nothing'), file);
  expect(failure().message).toContain('there is no such file');
  rmSync(file);
  writeFileSync(file, Buffer.from('PORT=1\nMAIL_FROM=\xcf\xf0', 'latin1'));
  expect(failure().message).toContain('it is not in UTF-8: save it as UTF-8');
  writeFileSync(file, Buffer.from('PORT=1', 'utf16le'));
  expect(failure().message).toContain('it has NUL characters in it: save it as UTF-8');
  writeFileSync(file, utf16('fffe', Buffer.from('PORT=1\n0', 'utf16le').subarray(0, -1)));
  expect(failure().message).toContain('it is not in UTF-16LE: save it as UTF-8');
});

test('a text that this user may not read is told', () => {
  // Root may read everything of its own; memory of the kernel it may not.
  expect(() => readText('/proc/self/mem')).toThrow(/.+/);
  expect(() => readText(join(place, 'none', 'deeper'))).toThrow('there is no such file');
});
