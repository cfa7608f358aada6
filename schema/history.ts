import type { Clock } from '#domain/clock.ts';
import type { Observations } from './observations/connect.ts';
import { selectList, type TableName, type TableWrite } from './observations/table.ts';
import { readHistoryMark, writeHistoryMark, type HistoryMark } from './observations/tables/instance.ts';
import { pageDayStates } from './observations/tables/page-days.ts';
import { postStates } from './observations/tables/post-states.ts';
import { historyOfOrganisations, historyOfPages } from './observations/tables/register-mirror.ts';
import type { Operations } from './operations/connect.ts';
import { commitRevisions, takeRevision } from './operations/revisions.ts';

/** A history and the table of newest states that it is of. */
interface History {
  states: TableWrite<never>;
  current: TableName;
  /** The columns that name what it is a state of. */
  key: string;
  /** What a column is of a newest state, where that has none of that name. */
  made: Readonly<Record<string, string>>;
  /** The month by which both are parted; without, they are small. */
  month?: string;
  /** What is true of a state that says that there is none any more (in its month). */
  isEnd?: string;
}

const histories: readonly History[] = [
  {
    states: postStates as unknown as TableWrite<never>,
    current: 'posts',
    key: 'page_id, post_id',
    made: { observed: 'greatest(last_seen, ifNull(deleted, last_seen))', is_redated: 'false' },
    month: 'toYYYYMM(published)',
    isEnd: 'is_redated',
  },
  {
    states: pageDayStates as unknown as TableWrite<never>,
    current: 'page_days',
    key: 'page_id, day',
    made: {},
    month: 'toYYYYMM(day)',
  },
  {
    states: historyOfOrganisations as unknown as TableWrite<never>,
    current: 'organisations',
    key: 'organisation_id',
    made: {},
    isEnd: 'is_deleted',
  },
  {
    states: historyOfPages as unknown as TableWrite<never>,
    current: 'pages',
    key: 'page_id',
    made: {},
    isEnd: 'is_deleted',
  },
];

/** When a state was observed stands in no table of newest states. */
const notCompared: readonly string[] = ['observed'];

/**
 * Lets history begin, in observations that have none: what is stored becomes the first state of everything, with the version that
 * it has. Killed in between it is done again by the next start, and adds nothing twice. Returns when and with which revision history
 * began: nothing of before can be asked for.
 */
export async function beginHistory(
  operations: Operations,
  observations: Observations,
  clock: Pick<Clock, 'now'>,
): Promise<HistoryMark> {
  const known = await readHistoryMark(observations);
  if (known) return known;
  const about = { stream: 'observations', kind: 'upgrade', summary: 'history begins' } as const;
  const revision = await takeRevision(operations, clock, about);
  for (const history of histories) await copy(observations, history);
  const from = { revision: revision.ids[0] ?? 0, at: revision.started };
  await writeHistoryMark(observations, from, await revision.next());
  await commitRevisions(operations, [...revision.ids], clock.now());
  return from;
}

/** The months of a table, each without what is in the others; one question for a small one. */
async function monthsOf({ rows, tables }: Observations, { current, month }: History): Promise<string[]> {
  if (month === undefined) return ['1'];
  const found = await rows<{ month: number }>(
    `-- historyMonths
       SELECT DISTINCT toUInt32(${month}) AS month FROM ${tables[current]} ORDER BY month`,
  );
  return found.map((row) => `${month} = ${row.month}`);
}

const madeOf = ({ made }: History, name: string): string =>
  name in made ? `${made[name]} AS \`${name}\`` : `\`${name}\``;

async function copy(observations: Observations, history: History): Promise<void> {
  const { states, current } = history;
  const { tables } = observations;
  for (const part of await monthsOf(observations, history)) {
    await observations.command(
      `INSERT INTO ${tables[states.table]} (${selectList(states)}, version)
       SELECT ${states.columns.map(({ name }) => madeOf(history, name)).join(', ')}, version
       FROM ${tables[current]} FINAL WHERE ${part}
       SETTINGS do_not_merge_across_partitions_select_final = 1, max_partitions_per_insert_block = 10000`,
    );
  }
}

/** Something whose newest state in the history is not what is stored of it. */
export interface HistoryDifference {
  table: TableName;
  /** Its key: the number of a page or organisation, with that of a post or a day. */
  key: string;
}

/** Most that are named of one table. */
const mostNamed = 100;

/** Compares the newest states with what is stored; an empty list says that they agree. Writes nothing. */
export async function historyDifferences(observations: Observations): Promise<HistoryDifference[]> {
  const found: HistoryDifference[] = [];
  for (const history of histories) {
    const ofTable: HistoryDifference[] = [];
    for (const part of await monthsOf(observations, history)) {
      if (ofTable.length < mostNamed) ofTable.push(...(await differencesIn(observations, history, part)));
    }
    found.push(...ofTable.slice(0, mostNamed));
  }
  return found;
}

async function differencesIn(
  { rows, tables }: Observations,
  history: History,
  part: string,
): Promise<HistoryDifference[]> {
  const { states, current, key, isEnd = 'false' } = history;
  const compared = states.columns.map(({ name }) => name).filter((name) => !notCompared.includes(name));
  const hash = (columns: readonly string[]): string => `cityHash64(tuple(${columns.join(', ')}))`;
  const stored = compared.map((name) => history.made[name] ?? `\`${name}\``);
  const found = await rows<{ key: string }>(
    `-- historyDifferences
       SELECT concat(${key
         .split(', ')
         .map((name) => `toString(${name})`)
         .join(`, ' ', `)}) AS key FROM (
       SELECT ${key}, ${hash(stored)} AS hash FROM ${tables[current]} FINAL WHERE ${part}
       UNION ALL
       SELECT ${key}, hash FROM (
         SELECT ${key}, ${hash(compared.map((name) => `\`${name}\``))} AS hash, ${isEnd} AS ended
         FROM ${tables[states.table]} WHERE ${part}
         ORDER BY ${key
           .split(', ')
           .map((name) => `${name} DESC`)
           .join(', ')}, version DESC LIMIT 1 BY ${key}
       ) WHERE NOT ended
     ) GROUP BY ${key} HAVING count() != 2 OR min(hash) != max(hash)
     ORDER BY ${key} LIMIT ${mostNamed}`,
  );
  return found.map((row) => ({ table: current, key: row.key }));
}
