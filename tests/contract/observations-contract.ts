import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Observations } from '#schema/observations/connect.ts';
import type { TableWrite } from '#schema/observations/table.ts';
import { decodeRow, selectList, tableNames } from '#schema/observations/table.ts';
import { insertPosts, posts } from '#schema/observations/tables/posts.ts';
import type { OrganisationMirrorRow } from '#schema/observations/tables/register-mirror.ts';
import { mirroredOrganisations } from '#schema/observations/tables/register-mirror.ts';
import { describeParameters } from './observations-parameters-contract.ts';
import { fullPost, samples } from './sample-rows.ts';

/** What a backend gives the suite: a store that is empty and not yet migrated, and its end. */
export interface Backend {
  observations: Observations;
  close(): Promise<void>;
}

/** Reads a table's newest rows, decoded. */
async function newest<Row>(observations: Observations, table: TableWrite<Row>, where = '1'): Promise<Row[]> {
  const rows = await observations.rows<Record<string, unknown>>(
    `SELECT ${selectList(table)} FROM ${observations.tables[table.table]} FINAL WHERE ${where}`,
  );
  return rows.map((row) => decodeRow(table, row));
}

/** What every backend of the observations must do alike. There is no difference that is allowed. */
export function describeObservations(name: string, open: () => Promise<Backend>): void {
  describe(`observations, ${name}`, () => {
    let backend: Backend;
    let observations: Observations;

    beforeAll(async () => {
      backend = await open();
      observations = backend.observations;
      await observations.migrate();
    });
    afterAll(async () => {
      await backend.close();
    });

    it('makes every table once, and nothing the second time', async () => {
      await observations.migrate();
      const made = await observations.rows<{ name: string }>(
        'SELECT name FROM system.tables WHERE database = {database: String} ORDER BY name',
        { database: observations.database },
      );
      expect(made.map((table) => table.name)).toEqual([...tableNames].sort());
      const journal = await observations.rows<{ entries: number; different: number }>(
        `SELECT count() AS entries, uniqExact(number) AS different FROM ${observations.tables.migrations}`,
      );
      expect(journal[0]?.entries).toBe(journal[0]?.different);
    });

    describe.each(samples.map((sample) => [sample.table.table, sample] as const))('%s', (_, sample) => {
      it('gives back what was written, a replay changes nothing, and the newest write wins', async () => {
        const { table, row, changes } = sample;
        await observations.insert(table, [row]);
        expect(await newest(observations, table)).toEqual([row]);
        await observations.insert(table, [row]);
        await observations.insert(table, [row]);
        expect(await newest(observations, table)).toEqual([row]);
        const changed = { ...(row as object), ...(changes as object) };
        await observations.insert(table, [changed]);
        expect(await newest(observations, table)).toEqual([changed]);
        await observations.insert(table, [row, changed, row]);
        expect(await newest(observations, table)).toEqual([row]);
        await observations.command(`TRUNCATE TABLE ${observations.tables[table.table]}`);
      });
    });

    it('hides what was deleted from the register, and brings it back', async () => {
      const { row } = samples.find((each) => each.table.table === 'organisations') ?? {};
      const organisation = row as OrganisationMirrorRow;
      await observations.insert(mirroredOrganisations, [
        organisation,
        { ...organisation, organisationId: 4 },
      ]);
      await observations.insert(mirroredOrganisations, [{ ...organisation, isDeleted: true }]);
      const left = await newest(observations, mirroredOrganisations);
      expect(left.map((each) => each.organisationId)).toEqual([4]);
      await observations.insert(mirroredOrganisations, [organisation]);
      expect(await newest(observations, mirroredOrganisations)).toHaveLength(2);
    });

    it.each([
      ['emoji and letters', '👩‍🏭 ёЁ щ «Профсоюз» — №1'],
      ['what SQL and JSON use', `'";\\ /* -- */ {x: String} {"a":[1]} \\N \\t %00 &lt;`],
      ['white space and control characters', '\t\n\r\u0000\u0001\u2028 x '],
      ['nothing', ''],
      ['much', 'Длинный текст. '.repeat(20_000)],
    ])('keeps text: %s', async (_, text) => {
      const postId = 1_000_000 + text.length;
      await insertPosts(observations, [{ ...fullPost, postId, text }]);
      const back = await newest(observations, posts, `post_id = ${postId}`);
      expect(back[0]?.text).toBe(text);
    });

    it('writes half of a broken surrogate pair as U+FFFD', async () => {
      await insertPosts(observations, [{ ...fullPost, postId: 31, text: 'a\ud83d b' }]);
      expect((await newest(observations, posts, 'post_id = 31'))[0]?.text).toBe('a\ufffd b');
    });

    it('keeps whole numbers up to 2^53 - 1 and refuses to round more', async () => {
      const postId = Number.MAX_SAFE_INTEGER;
      await insertPosts(observations, [{ ...fullPost, postId, sourceOwner: -Number.MAX_SAFE_INTEGER }]);
      const [row] = await newest(observations, posts, `post_id = ${postId}`);
      expect(row).toMatchObject({ postId, sourceOwner: -Number.MAX_SAFE_INTEGER });
      await expect(observations.rows('SELECT 18446744073709551615 AS huge')).rejects.toMatchObject({
        name: 'UnsafeInteger',
        message: expect.stringContaining('huge holds 18446744073709551615') as string,
      });
      expect(
        await observations.rows("SELECT '18446744073709551615' AS digits, 0.1234567890123456 AS part"),
      ).toEqual([{ digits: '18446744073709551615', part: 0.1234567890123456 }]);
    });

    it('keeps instants to the millisecond, before 1970 and far ahead', async () => {
      const instants = ['1900-01-01T00:00:00.001Z', '1969-12-31T23:59:59.999Z', '2299-12-31T23:59:59.999Z'];
      const rows = instants.map((text, index) => ({
        ...fullPost,
        postId: 50 + index,
        published: new Date(text),
      }));
      await insertPosts(observations, rows);
      const back = await newest(observations, posts, 'post_id IN (50, 51, 52)');
      expect(back.map((row) => row.published.toISOString()).sort()).toEqual(instants);
    });

    it('tells unknown from zero', async () => {
      const counted = [null, 0, 10].map((likes, index) => ({
        ...fullPost,
        pageId: 60,
        postId: index + 1,
        likes,
      }));
      await insertPosts(observations, counted);
      const measures = await observations.rows(
        `SELECT count() AS posts, count(likes) AS known, sum(likes) AS total, avg(likes) AS mean,
           countIf(likes = 0) AS zeros, sumOrNull(if(post_id = 1, likes, NULL)) AS nothing
         FROM ${observations.tables.posts} FINAL WHERE page_id = 60`,
      );
      expect(measures).toEqual([{ posts: 3, known: 2, total: 10, mean: 5, zeros: 1, nothing: null }]);
    });

    it('writes any number of rows, over any number of months', async () => {
      await observations.insert(posts, []);
      const day = 24 * 60 * 60 * 1000;
      const many = Array.from({ length: 10_001 }, (_, index) => ({
        ...fullPost,
        pageId: 61,
        postId: index + 1,
        published: new Date(Date.UTC(2006, 0, 1) + (index % 3200) * day),
        text: '',
      }));
      await insertPosts(observations, many);
      const counted = await observations.rows(
        `SELECT count() AS posts, uniqExact(toYYYYMM(published)) AS months
         FROM ${observations.tables.posts} FINAL WHERE page_id = 61`,
      );
      expect(counted).toEqual([{ posts: 10_001, months: 106 }]);
    });

    it('writes nothing of a batch in which a value does not fit', async () => {
      const rows = [
        { ...fullPost, pageId: 62, postId: 1 },
        { ...fullPost, pageId: 62, postId: 2, views: -1 },
      ];
      await expect(insertPosts(observations, rows)).rejects.toMatchObject({
        name: 'ValueRefused',
        column: 'views',
      });
      expect(await newest(observations, posts, 'page_id = 62')).toEqual([]);
    });

    it('finds posts by stems', async () => {
      const stems = 'профсоюз провел собран ёж2026';
      await insertPosts(observations, [{ ...fullPost, pageId: 63, postId: 1, stems }]);
      await insertPosts(observations, [{ ...fullPost, pageId: 63, postId: 2, stems: 'профсоюзник' }]);
      const found = await observations.rows(
        `SELECT post_id FROM ${observations.tables.posts} FINAL
         WHERE page_id = 63 AND hasAllTokens(stems, {words: Array(String)})`,
        { words: ['собран', 'профсоюз'] },
      );
      expect(found).toEqual([{ post_id: 1 }]);
    });

    describeParameters(() => observations);

    it('keeps no parameter for the next question', async () => {
      await observations.rows('SELECT {secret: String} AS said', { secret: 'x' });
      const again = Array.from({ length: 8 }, () => observations.rows('SELECT {secret: String} AS said'));
      for (const asked of await Promise.allSettled(again)) {
        expect(asked).toMatchObject({ status: 'rejected', reason: { type: 'UNKNOWN_QUERY_PARAMETER' } });
      }
    });

    it.each([
      ['a broken question', 'SELEC 1', 'SYNTAX_ERROR', '62'],
      ['an unknown column', 'SELECT nonsense', 'UNKNOWN_IDENTIFIER', '47'],
      ['an unknown table', 'SELECT * FROM system.nonsense', 'UNKNOWN_TABLE', '60'],
      ['an unknown setting', 'SELECT 1 SETTINGS nonsense = 1', 'UNKNOWN_SETTING', '115'],
    ])('names the error of %s', async (_, sql, type, code) => {
      await expect(observations.rows(sql)).rejects.toMatchObject({ type, code });
    });

    it('gives the next question its own answer alone, after one that failed half-way', async () => {
      const half = "SELECT throwIf(number = 9, 'late') AS zero FROM numbers(10) SETTINGS max_block_size = 1";
      for (let turn = 0; turn < 8; turn += 1) {
        await expect(observations.rows(half)).rejects.toMatchObject({ code: '395' });
      }
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => observations.rows('SELECT 1 AS one')),
      );
      expect(answers).toEqual(Array.from({ length: 8 }, () => [{ one: 1 }]));
    });

    it('refuses an answer over its bounds with advice', async () => {
      await expect(observations.rows('SELECT number FROM numbers(20000)')).rejects.toMatchObject({
        name: 'ResultTooLarge',
        message: expect.stringContaining('10000 rows') as string,
      });
    });

    it('ends a question that runs too long, in the database', async () => {
      await expect(
        observations.rows('SELECT sleepEachRow(0.02) FROM numbers(1000) SETTINGS max_block_size = 5'),
      ).rejects.toMatchObject({ name: 'QuestionTooSlow' });
    });

    it('answers many questions at once', async () => {
      const asked = Array.from({ length: 25 }, (_, number) =>
        observations.rows('SELECT {number: UInt32} AS number', { number }),
      );
      expect(await Promise.all(asked)).toEqual(asked.map((_, number) => [{ number }]));
    });
  });
}

/** Bounds low enough for the suite to reach them. */
export const contractBounds = { seconds: 1, resultRows: 10_000 };
