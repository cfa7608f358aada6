import { utils, write } from '@e965/xlsx';
import { describe, expect, test } from 'vitest';
import { describeProblem } from './problems.ts';
import { readRegister, type RegisterContent } from './rows.ts';

const today = '2026-07-01';

function readText(text: string): RegisterContent {
  return readRegister({ name: 'register.csv', content: Buffer.from(text) }, today);
}

/** The characters of a text in Windows-1251, as far as the tests need them. */
function windows1251(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => {
    const code = character.charCodeAt(0);
    if (code < 128) return code;
    if (character === 'ё') return 0xb8;
    if (character === '«') return 0xab;
    if (character === '»') return 0xbb;
    return code - 0x0410 + 0xc0;
  });
}

function utf16(text: string, order: 'le' | 'be', mark: boolean): Uint8Array {
  const bytes = Buffer.from((mark ? '\ufeff' : '') + text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

const russian = 'Организация;Членов;На дату\nПрофсоюз «Просвещение»;18 230;01.01.2026\n';

describe('encodings and separators', () => {
  const encodings: [string, Uint8Array][] = [
    ['utf-8', Buffer.from(russian)],
    ['utf-8', Buffer.from(`\ufeff${russian}`)],
    ['utf-16le', utf16(russian, 'le', true)],
    ['utf-16be', utf16(russian, 'be', true)],
    ['utf-16le', utf16(russian, 'le', false)],
    ['utf-16be', utf16(russian, 'be', false)],
    ['windows-1251', windows1251(russian)],
  ];
  test.each(encodings)('%s (%#) is detected', (encoding, content) => {
    const read = readRegister({ name: 'r.csv', content }, today);
    expect(read.problems).toEqual([]);
    expect(read.format).toBe(`CSV, ${encoding}, ;`);
    expect(read.rows).toMatchObject([
      { line: 2, name: 'Профсоюз «Просвещение»', members: { count: 18230, on: '2026-01-01' } },
    ]);
  });

  test.each([
    [',', 'organisation,short\nA,"b, c"\n', 'b, c'],
    [';', 'organisation;short\nA;b\n', 'b'],
    ['tab', 'organisation\tshort\nA\tb, c\n', 'b, c'],
    [';', 'sep=;\r\norganisation;short\r\nA;b\r\n', 'b'],
  ])('the separator %s (%#) is detected', (separator, text, short) => {
    const read = readText(text);
    expect(read.format).toContain(`, ${separator}`);
    expect(read.rows).toMatchObject([{ name: 'A', short }]);
  });

  test('lines are those of the file, over line ends in cells, empty lines and a title above', () => {
    const read = readText('Реестр организаций;;\n\nорганизация;краткое;уровень\n"А\nБ";;\n\nВ;;ой\n');
    expect(read.rows).toMatchObject([{ line: 4, name: 'А Б' }]);
    expect(read.problems).toMatchObject([{ line: 7, column: 'level', code: 'level_unknown', found: 'ой' }]);
  });

  test('quotes inside a name need no doubling', () => {
    expect(readText('organisation;short\nООО "Ромашка" и др;"Роза" и др\n').rows).toMatchObject([
      { name: 'ООО "Ромашка" и др', short: '"Роза" и др' },
    ]);
  });
});

describe('a workbook', () => {
  function workbook(rows: unknown[][]): Uint8Array {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet(rows, { UTC: true } as object), 'Реестр');
    return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
  }

  test('is read with dates, numbers and phones as they are meant, whatever its name says', () => {
    const content = workbook([
      ['Реестр'],
      ['Организация', 'На дату', 'Членов', 'Телефон', 'ВК'],
      ['Обком', new Date(Date.UTC(2026, 0, 1)), 18230, 73952123456, 'vk.com/club5'],
      [],
      ['Горком', '', 'много', '', ''],
    ]);
    const read = readRegister({ name: 'register.csv', content }, today);
    expect(read.format).toBe('XLSX');
    expect(read.rows).toMatchObject([
      {
        line: 3,
        name: 'Обком',
        members: { count: 18230, on: '2026-01-01' },
        responsible: { phone: '73952123456' },
        pages: [{ network: 'vk', nativeId: 5 }],
      },
    ]);
    expect(read.problems).toMatchObject([
      { line: 5, column: 'members', code: 'not_a_number', found: 'много' },
    ]);
  });

  test('that is broken or empty is refused', () => {
    const broken = workbook([['organisation']]).slice(0, 300);
    expect(readRegister({ name: 'r.xlsx', content: broken }, today).problems).toMatchObject([
      { code: 'not_a_table' },
    ]);
    expect(readRegister({ name: 'r.xlsx', content: workbook([]) }, today).problems).toMatchObject([
      { code: 'empty_file' },
    ]);
  });
});

describe('what is in a row', () => {
  test('Russian headings and values are understood', () => {
    const read = readText(
      [
        'Наименование;Краткое;Вышестоящая;Уровень;Отрасль;Муниципалитет;Совет;Членов;На дату;Тип;ВК;Телеграм;Сайт;Председатель;Эл. почта председателя;Телефон председателя;Ответственный;E-mail;Телефон',
        'Горком;ГК;Обком;Территориальная;Образование;Иркутск;Иркутский;1 200 чел.;2026-01-01;Визитка;https://vk.ru/gorkom?utm_source=a club7;@gorkom_news;gorkom.example;Иванова А. Б.;a@b.ru;8 (3952) 12-34-56 доб. 7;Петров;c@d.ru;112233',
      ].join('\n'),
    );
    expect(read.problems).toEqual([]);
    expect(read.rows[0]).toMatchObject({
      name: 'Горком',
      short: 'ГК',
      parent: 'Обком',
      level: 'territorial',
      sector: 'Образование',
      municipality: 'Иркутск',
      council: 'Иркутский',
      members: { count: 1200, on: '2026-01-01' },
      tier: 'card',
      chair: { name: 'Иванова А. Б.', email: 'a@b.ru', phone: '8 (3952) 12-34-56 доб. 7' },
      responsible: { name: 'Петров', email: 'c@d.ru', phone: '112233' },
    });
    expect(read.rows[0]?.pages.map((page) => page.network)).toEqual(['vk', 'vk', 'telegram', 'site']);
  });

  test.each([
    ['членская организация', 'branch'],
    ['Первичная', 'primary'],
    ['Объединённая первичная', 'united_primary'],
    ['Федерация', 'federation'],
    ['united_primary', 'united_primary'],
  ])('the level «%s» is %s', (word, level) => {
    expect(readText(`organisation,level\nA,${word}\n`).rows[0]?.level).toBe(level);
  });

  test('an empty cell, or a dash, says nothing', () => {
    const row = readText('organisation,short,members,members_on,vk,chair\nA,-,,,—,\n').rows[0];
    expect(row).toMatchObject({ name: 'A', pages: [] });
    expect([row?.short, row?.members, row?.chair]).toEqual([undefined, undefined, undefined]);
  });

  test('unknown headings are named and not read', () => {
    expect(readText('organisation,memebrs\nA,5\n').ignoredHeadings).toEqual(['memebrs']);
  });
});

describe('what is wrong is named with line, column and reason', () => {
  const wrong: [string, string, object][] = [
    ['no name', 'organisation,short\n,b\n', { line: 2, column: 'organisation', code: 'name_missing' }],
    [
      'a name too long',
      `organisation\n${'а'.repeat(301)}\n`,
      { line: 2, column: 'organisation', code: 'too_long' },
    ],
    ['an unknown level', 'organisation,level\nA,top\n', { column: 'level', code: 'level_unknown' }],
    ['an unknown tier', 'organisation,tier\nA,top\n', { column: 'tier', code: 'tier_unknown' }],
    ['a negative count', 'organisation,members\nA,-5\n', { column: 'members', code: 'not_a_number' }],
    ['a broken number', 'organisation,members\nA,1.5\n', { column: 'members', code: 'not_a_number' }],
    ['a huge number', 'organisation,members\nA,999999999\n', { column: 'members', code: 'not_a_number' }],
    [
      'no such day',
      'organisation,members,members_on\nA,5,30.02.2026\n',
      { column: 'members_on', code: 'not_a_date' },
    ],
    ['no day', 'organisation,members,members_on\nA,5,soon\n', { column: 'members_on', code: 'not_a_date' }],
    [
      'a day to come',
      'organisation,members_on\nA,02.07.2026\n',
      { column: 'members_on', code: 'date_in_future' },
    ],
    [
      'a day of long ago',
      'organisation,members,members_on\nA,5,01.01.1500\n',
      { column: 'members_on', code: 'day_out_of_range', found: '1500-01-01' },
    ],
    [
      'a year with a digit too many',
      'organisation,members,members_on\nA,5,12026-01-01\n',
      { column: 'members_on', code: 'day_out_of_range', found: '12026-01-01' },
    ],
    [
      'a year with a digit too many, as Russians write it',
      'organisation,members,members_on\nA,5,01.01.20226\n',
      { column: 'members_on', code: 'day_out_of_range', found: '20226-01-01' },
    ],
    [
      'no such day of such a year',
      'organisation,members,members_on\nA,5,12026-02-30\n',
      { column: 'members_on', code: 'not_a_date' },
    ],
    [
      'a year of two digits with zeros',
      'organisation,members,members_on\nA,5,0026-11-30\n',
      { column: 'members_on', code: 'day_out_of_range' },
    ],
    [
      'a day of another century',
      'organisation,members_on\nA,31.12.9999\n',
      { column: 'members_on', code: 'day_out_of_range' },
    ],
    ['no e-mail', 'organisation,email\nA,a@b\n', { column: 'email', code: 'not_an_email' }],
    ['no phone', 'organisation,chair_phone\nA,call me\n', { column: 'chair_phone', code: 'not_a_phone' }],
    [
      'words',
      'organisation,vk\nA,просто слова\n',
      { column: 'vk', code: 'not_a_page', found: 'просто слова' },
    ],
    ['no page', 'organisation,vk\nA,https://vk.com/feed\n', { column: 'vk', code: 'not_a_page' }],
    ['an invitation', 'organisation,telegram\nA,t.me/+AbCdEf\n', { column: 'telegram', code: 'page_invite' }],
    ['a closed channel', 'organisation,telegram\nA,t.me/c/15/2\n', { code: 'page_private' }],
    ['a person', 'organisation,vk\nA,vk.com/id5\n', { column: 'vk', code: 'page_person' }],
    ['a playlist', 'organisation,vk\nA,vkvideo.ru/playlist/-1_2\n', { column: 'vk', code: 'page_playlist' }],
    ['another network', 'organisation,vk\nA,https://t.me/name\n', { column: 'vk', code: 'wrong_network' }],
    ['a page twice', 'organisation,vk\nA,vk.com/club5 club5\n', { column: 'vk', code: 'page_twice' }],
    [
      'too many cells',
      'organisation,short\nA,b,c\n',
      { line: 2, column: null, code: 'too_many_cells', found: 'c' },
    ],
    ['no column', 'name of it,vk\nA,b\n', { line: 1, code: 'no_organisation_column' }],
    ['a column twice', 'organisation,вк,vk\nA,,\n', { line: 1, column: 'vk', code: 'column_twice' }],
    ['nothing', '', { line: 0, code: 'empty_file' }],
    ['headings only', 'organisation,vk\n', { line: 1, code: 'empty_file' }],
    ['an open quote', 'organisation,short\nA,b\nB,"c\nD,e\n', { line: 3, code: 'broken_quotes' }],
    ['a picture', '\x89PNG\0\0\x01\x02\0', { code: 'not_a_table' }],
  ];
  test.each(wrong)('%s', (_, text, problem) => {
    const read = readText(text);
    expect(read.problems).toMatchObject([problem]);
    expect(read.rows).toEqual([]);
  });

  test('a file too large is not read', () => {
    const content = new Uint8Array(33 * 1024 * 1024);
    expect(readRegister({ name: 'r.csv', content }, today).problems).toMatchObject([{ code: 'too_large' }]);
  });

  test('everything wrong with a row is told at once', () => {
    const { problems } = readText('organisation,level,members,vk\nA,top,many,@@\n');
    expect(problems.map((problem) => problem.column)).toEqual(['level', 'members', 'vk']);
  });

  test('what is wrong with a playlist and with a year is said in both languages', () => {
    const { problems, headings } = readText(
      'организация;вк;численность;на дату\nA;vkvideo.ru/playlist/-1_2;5;12026-01-01\n',
    );
    const said = (locale: 'ru' | 'en'): string =>
      problems.map((problem) => describeProblem(problem, headings, locale)).join('\n');
    expect(said('ru')).toContain(
      '«vkvideo.ru/playlist/-1_2» — плейлист, а не сообщество; нужен адрес самого сообщества',
    );
    expect(said('en')).toContain('this is a playlist, not a community');
    expect(said('ru')).toContain(
      'дата «12026-01-01» не принимается: допускаются даты с 01.01.2000 по 31.12.2089, проверьте год',
    );
    expect(said('en')).toContain(
      'got "12026-01-01", wanted a day from 2000-01-01 to 2089-12-31: check the year',
    );
  });

  test('names in marks have marks of another kind within them', () => {
    const { problems, headings } = readText('организация;уровень\nA;обком «Связь»\n');
    const said = problems.map((problem) => describeProblem(problem, headings, 'ru')).join(' ');
    expect(said).toContain('«обком „Связь“»');
    expect(said).not.toMatch(/«[^»]*«/u);
  });

  test('in both languages', () => {
    const { problems, headings } = readText('Организация;Телефон председателя\nA;12\n');
    const [problem] = problems;
    if (!problem) throw new Error('There was no problem.');
    expect(describeProblem(problem, headings, 'ru')).toBe(
      'строка 2, столбец «Телефон председателя»: «12» — не номер телефона',
    );
    expect(describeProblem(problem, headings, 'en')).toBe(
      'line 2, column "Телефон председателя": "12" is not a phone number',
    );
    for (const [, text] of wrong) {
      for (const found of readText(text).problems) {
        expect(describeProblem(found, headings, 'en')).toMatch(/\S/);
        expect(describeProblem(found, headings, 'ru')).toMatch(/[а-я]/);
      }
    }
  });
});
