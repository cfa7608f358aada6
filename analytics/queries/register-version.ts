import type { Observations } from '#schema/observations/connect.ts';

/** The newest version of the register's copy, deleted things included. */
export async function queryRegisterVersion(
  observations: Observations,
): Promise<{ organisations: string; pages: string }> {
  const { tables } = observations;
  const [versions] = await observations.rows<{ organisations: string; pages: string }>(`
    -- queryRegisterVersion
    SELECT (SELECT toString(max(version)) FROM ${tables.organisations}) AS organisations,
           (SELECT toString(max(version)) FROM ${tables.pages}) AS pages`);
  return versions ?? { organisations: '', pages: '' };
}
