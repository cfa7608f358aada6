import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { syncRegister } from '#register/sync.ts';
import { openTestRegister, importTime, type TestRegister } from '#register/register-for-tests.ts';
import { listOrganisations } from '#schema/operations/organisations.ts';
import { listPages, updatePage } from '#schema/operations/pages.ts';
import { openTestObservations } from '#tests/helpers/observations.ts';
import type { Services } from '../services.ts';
import { importCommand } from './import.ts';

let register: TestRegister;
let observed: Awaited<ReturnType<typeof openTestObservations>>;
const log: string[] = [];
beforeEach(async () => {
  register = await openTestRegister();
  observed = await openTestObservations();
  log.length = 0;
});
afterEach(async () => {
  await register.close();
  await observed.close();
});

async function run(text: string, locale: 'ru' | 'en' = 'en', dryRun = false) {
  const [out, err]: [string[], string[]] = [[], []];
  const services = {
    operations: register.operations,
    settings: { LOCALE: locale },
    clock: { now: () => importTime },
    log: pino({ level: 'warn' }, { write: (line: string) => void log.push(line) }),
    today: () => '2026-07-01',
    syncRegister: async () => void (await syncRegister(register.operations, observed.observations)),
  } as unknown as Services;
  const code = await importCommand.run(
    {
      services,
      signal: new AbortController().signal,
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
    },
    {
      file: { name: 'register.csv', content: Buffer.from(text).toString('base64') },
      dryRun,
      skipBad: false,
    },
  );
  return { code, out: out.join('\n'), err: err.join('\n') };
}

test('a register that is written and not in the statistics yet is said to be so', async () => {
  await observed.observations.close();
  const english = await run('organisation\nA\n');
  expect(english).toMatchObject({
    code: 1,
    out: 'Done: organisations 1 added, 0 changed, 0 unchanged; pages 0 added, 0 moved.'.replace(/^/, '+ A\n'),
    err: expect.stringMatching(/^The register is written, but .* need not be imported again\.$/) as string,
  });
  expect(await listOrganisations(register.operations)).toMatchObject([{ name: 'A' }]);
  const russian = await run('organisation\nБ\n', 'ru');
  expect(russian.err).toMatch(/^Реестр записан, но .* импортировать файл ещё раз не нужно\.$/);
  expect(russian.out).toContain('Готово: организаций добавлено 1');
  // The cause is for who looks after the program, in the log, and for nobody else.
  expect(log).toHaveLength(2);
  expect(log[0]).toContain('ObservationsClosed');
  expect(english.err + russian.err).not.toContain('closed');
});

test('a day out of range is refused, and nothing is written', async () => {
  const file = 'organisation,members,members_on\nА,5,01.01.1500\nБ,6,0026-11-30\n';
  const { code, out, err } = await run(file, 'ru');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.split('\n')).toEqual([
    'строка 2, столбец «members_on»: дата «1500-01-01» не принимается: допускаются даты с 01.01.2000 по 31.12.2089, проверьте год',
    'строка 3, столбец «members_on»: дата «0026-11-30» не принимается: допускаются даты с 01.01.2000 по 31.12.2089, проверьте год',
    expect.stringContaining('ничего не принято') as string,
  ]);
  expect(await listOrganisations(register.operations)).toEqual([]);
});

test('a page that is no page of publications is pointed out, when looked at and when taken', async () => {
  const file = 'organisation,telegram\nА,t.me/profirk\n';
  expect((await run(file)).code).toBe(0);
  const [page] = await listPages(register.operations);
  await updatePage(register.operations, page?.id ?? 0, { foundAs: 'bot' });
  const english = 'Worth a look: line 2, column "telegram": https://t.me/profirk is a bot';
  expect((await run(file, 'en', true)).out).toContain(english);
  const done = await run(file, 'ru');
  expect(done.out).toContain('Проверьте: строка 2, столбец «telegram»: https://t.me/profirk — это бот');
  expect(done.code).toBe(0);
});

test('pages of networks that are not read are counted, and said to be kept alone', async () => {
  const file = 'организация,вк,сайт\nГорком,club7,ok.ru/gorkom\n';
  expect((await run(file, 'ru', true)).out).toContain(
    'страниц добавлено 2 (из них сайты и другие сети, которые не читаются: 1), перенесено 0',
  );
  expect((await run(file, 'en', true)).out).toContain(
    'pages 2 added (of them websites and other networks, which are not read: 1), 0 moved',
  );
});
