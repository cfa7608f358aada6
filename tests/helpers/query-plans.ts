import type { Observations } from '#schema/observations/connect.ts';
import { queryName } from '#schema/observations/query-log.ts';

/** Granules that a question reads, by table; of those that the table has. */
export type Granules = Record<string, { selected: number; of: number }>;

/** A node of the engine's plan, as far as it says what is read. */
interface PlanNode {
  'Node Type'?: string;
  Description?: string;
  Indexes?: { 'Initial Granules': number; 'Selected Granules': number }[];
  Plans?: PlanNode[];
}

/** What the engine would read for a question: of each table the granules that partitions and keys leave. */
async function granulesRead(
  observations: Observations,
  sql: string,
  parameters: Record<string, unknown> = {},
): Promise<Granules> {
  const lines = await observations.rows<{ explain: string }>(
    `EXPLAIN indexes = 1, json = 1\n${sql.trim()}`,
    parameters,
  );
  const found: Granules = {};
  const walk = (node: PlanNode): void => {
    const [first, last] = [node.Indexes?.at(0), node.Indexes?.at(-1)];
    if (node['Node Type'] === 'ReadFromMergeTree' && first && last) {
      const table = (node.Description ?? '').split('.').at(-1) ?? '';
      const before = found[table] ?? { selected: 0, of: 0 };
      found[table] = {
        selected: before.selected + last['Selected Granules'],
        of: before.of + first['Initial Granules'],
      };
    }
    node.Plans?.forEach(walk);
  };
  for (const { Plan } of JSON.parse(lines.map(({ explain }) => explain).join('\n')) as { Plan: PlanNode }[])
    walk(Plan);
  return found;
}

/** The same observations, which tell what each question would read before it is asked. */
export function watchPlans(
  observations: Observations,
  tell: (query: string, read: Granules) => void,
): Observations {
  return {
    ...observations,
    rows: async (sql, parameters) => {
      tell(queryName(sql), await granulesRead(observations, sql, parameters));
      return await observations.rows(sql, parameters);
    },
  };
}
