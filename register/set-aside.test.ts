import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { SetAside } from '#schema/register-mirror.ts';
import { describeSetAside, setAsideLog } from './set-aside.ts';

const of = { organisationId: 12, pageId: null, name: 'Обком' };
const pause: SetAside = { ...of, kind: 'pause', found: '0026-11-30 – 0026-12-10' };
const all: SetAside[] = [
  pause,
  { ...of, kind: 'members', found: '1500-01-01: 5' },
  { ...of, kind: 'member_count', found: '2026-01-01: 5000000000' },
  { ...of, kind: 'value', found: 'started' },
  { ...of, kind: 'organisation', found: 'parent_id' },
  { ...of, kind: 'page', pageId: 4, name: 'https://vk.com/union', found: 'native_id' },
];

test('what is set aside is named, with what to do', () => {
  expect(describeSetAside(pause, 'ru')).toBe(
    '«Обком»: пауза 0026-11-30 – 0026-12-10 не учитывается, допускаются даты с 01.01.2000 по 31.12.2089. Закончите её: /silent?form=pause-12',
  );
  // Of a count that is too large nothing is said of days.
  expect(describeSetAside({ ...of, kind: 'member_count', found: '2026-01-01: 5000000000' }, 'ru')).toBe(
    '«Обком»: число членов (2026-01-01: 5000000000) не учитывается, допускаются целые числа от 0 до 4294967295. Импортируйте верное число: оно заменит это.',
  );
  for (const each of all) {
    for (const locale of ['ru', 'en'] as const) {
      expect(describeSetAside(each, locale)).toContain(each.name);
      expect(describeSetAside(each, locale)).toContain(each.found);
    }
  }
});

test('the log hears of it once', () => {
  const lines: string[] = [];
  const tell = setAsideLog(pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }));
  tell(all);
  tell(all);
  expect(lines).toHaveLength(6);
  tell([pause, { ...pause, found: '2300-01-01 – 2300-02-01' }]);
  expect(lines).toHaveLength(7);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 40,
    organisation: 12,
    msg: describeSetAside(pause, 'en'),
  });
});
