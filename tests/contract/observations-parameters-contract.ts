import { expect, it } from 'vitest';
import type { Observations } from '#schema/observations/connect.ts';

/** What parameters every backend of the observations takes alike. */
export function describeParameters(observations: () => Observations): void {
  it('takes parameters as long as a server does, and refuses longer ones by name', async () => {
    const sum = (ids: number[]) =>
      observations().rows<{ sum: number }>('SELECT sum(arrayJoin({ids: Array(UInt32)})) AS sum', { ids });
    const most = Array.from({ length: 18_000 }, (_, index) => 100_000 + index);
    expect(await sum(most)).toEqual([{ sum: most.reduce((total, id) => total + id, 0) }]);
    await expect(sum([...most, ...most])).rejects.toMatchObject({
      name: 'ParameterRefused',
      message: expect.stringMatching(/^The parameter ids was refused: it is 252002 bytes long/) as string,
    });
    const long = `\r\n--${'я'.repeat(65_000)}'`;
    const back = 'SELECT {text: String} AS text';
    expect(await observations().rows(back, { text: long })).toEqual([{ text: long }]);
    const tabs = observations().rows(back, { text: '\t'.repeat(70_000) });
    await expect(tabs).rejects.toMatchObject({ name: 'ParameterRefused' });
    const wordy = observations().rows(`SELECT 1 /*${'я'.repeat(140_000)}*/`);
    await expect(wordy).rejects.toMatchObject({ name: 'QuestionTooLong' });
  });

  it('takes parameters in statements without an answer', async () => {
    const { subscribers } = observations().tables;
    const page = 77_777;
    const ofPage = 'page_id = {page: UInt32}';
    const counts = async () =>
      await observations().rows(`SELECT count FROM ${subscribers} WHERE ${ofPage} ORDER BY count`, { page });
    await observations().command(
      `INSERT INTO ${subscribers} (page_id, slot, count, version)
         SELECT {page: UInt32}, {at: DateTime64(3, 'UTC')} + number, number, 1 FROM numbers(2) SETTINGS max_threads = 1`,
      { page, at: new Date('2026-01-31T16:00:00.123Z') },
    );
    expect(await counts()).toEqual([{ count: 0 }, { count: 1 }]);
    const removed = `ALTER TABLE ${subscribers} DELETE WHERE ${ofPage} SETTINGS mutations_sync = 2`;
    await observations().command(removed, { page });
    expect(await counts()).toEqual([]);
  });

  it('takes parameters of every type', async () => {
    const text = `it's "a" \\ \t\n Привет 😀 {x: String} \\N`;
    const instant = new Date('2026-01-31T16:00:00.123Z');
    const given = {
      u8: 255,
      u64: Number.MAX_SAFE_INTEGER,
      i64: -5,
      real: 0.1,
      text,
      flag: true,
      no: false,
      day: '2026-01-31',
      instant,
      nothing: null,
      something: '',
      numbers: [1, 2, 3],
      none: [],
      texts: [text, '', 'б'],
      instants: [instant],
      map: { а: 1, "b'": 2 },
      huge: 18446744073709551615n,
    };
    const answer = await observations().rows(
      `SELECT {u8: UInt8} AS u8, {u64: UInt64} AS u64, {i64: Int64} AS i64, {real: Float64} AS real,
           {text: String} AS text, {flag: Bool} AS flag, {no: Bool} AS no, {day: Date32} AS day,
           {instant: DateTime64(3, 'UTC')} AS instant, {nothing: Nullable(UInt32)} AS nothing,
           {something: Nullable(String)} AS something, {numbers: Array(UInt32)} AS numbers, {none: Array(String)} AS none,
           {texts: Array(String)} AS texts, {instants: Array(DateTime64(3, 'UTC'))} AS instants,
           {map: Map(String, UInt32)} AS map, {huge: UInt64} = 18446744073709551615 AS huge`,
      given,
    );
    const written = instant.toISOString();
    expect(answer).toEqual([{ ...given, instant: written, instants: [written], huge: 1 }]);
  });
}
