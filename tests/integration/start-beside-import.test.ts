import { expect, test } from 'vitest';
import { syncRegister } from '#register/sync.ts';
import { openTestRegister } from '#register/register-for-tests.ts';
import type { Observations } from '#schema/observations/connect.ts';
import { insertOrganisation } from '#schema/operations/organisations.ts';
import { insertPage } from '#schema/operations/pages.ts';
import { setStrayedAside } from '#schema/strayed-copies.ts';
import { fields } from '../contract/sample-organisation.ts';
import { openTestObservations } from '../helpers/observations.ts';

test('a process that starts while another enters pages takes none of them for strayed', async () => {
  const register = await openTestRegister();
  const observed = await openTestObservations();
  const { operations } = register;
  const { observations } = observed;
  const now = new Date('2026-07-01T04:00:00Z');
  try {
    let entered = 0;
    // Before each question that the starting process asks, another has entered one more page.
    const rows: Observations['rows'] = async (sql, parameters) => {
      entered += 1;
      const { id: organisationId } = await insertOrganisation(operations, fields, now);
      const link = `https://vk.com/club${entered}`;
      await insertPage(operations, { organisationId, network: 'vk', link }, now);
      await syncRegister(operations, observations);
      return await observations.rows(sql, parameters);
    };
    expect(await setStrayedAside(operations, { ...observations, rows })).toEqual({
      organisations: 0,
      pages: 0,
    });
    const shown = await observations.rows<{ n: number }>(
      `SELECT toUInt32(count()) AS n FROM ${observations.tables.pages} FINAL WHERE is_deleted = 0`,
    );
    expect(shown).toEqual([{ n: entered }]);
    expect(entered).toBeGreaterThan(1);
  } finally {
    await observed.close();
    await register.close();
  }
});
