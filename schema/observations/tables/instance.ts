import { instant, text } from '../codecs.ts';
import type { Observations } from '../connect.ts';
import type { TableWrite } from '../table.ts';
import { column } from '../table.ts';

interface InstanceRow {
  name: string;
  id: string;
  made: Date;
}

const instance: TableWrite<InstanceRow> = {
  table: 'instance',
  recorded: false,
  columns: [column('name', 'name', text), column('id', 'id', text), column('made', 'made', instant)],
};

/** The row of the instance's id: it has one. */
const name = 'profpulse';
/** The row of the newest revision that writes here. */
const revisionName = 'revision';
/** The row that says since when history is kept. */
const historyName = 'history';

/** The id of the instance whose observations these are; `null` while they carry none. */
export async function readInstanceId(observations: Observations): Promise<string | null> {
  const [row] = await observations.rows<{ id: string }>(
    `-- readInstanceId
       SELECT id FROM ${observations.tables.instance} FINAL WHERE name = {name: String}`,
    { name },
  );
  return row?.id ?? null;
}

/** Writes the id of the instance into the observations: once in their life, before anything is numbered. */
export async function writeInstanceId(observations: Observations, id: string, now: Date): Promise<void> {
  await observations.insert(instance, [{ name, id, made: now }], 1);
}

/** Leaves word of a revision that is about to write: its version tells the number when the operations store has lost it. */
export async function writeRevisionMark(
  observations: Observations,
  revision: number,
  started: Date,
  version: number,
): Promise<void> {
  await observations.insert(instance, [{ name: revisionName, id: String(revision), made: started }], version);
}

/** When history began, and the revision of that: the first that can be asked for. */
export interface HistoryMark {
  revision: number;
  at: Date;
}

/** Since when history is kept in these observations; `null` when it is not. */
export async function readHistoryMark(observations: Observations): Promise<HistoryMark | null> {
  const [row] = await observations.rows<{ id: string; made: string }>(
    `-- readHistoryMark
       SELECT id, made FROM ${observations.tables.instance} FINAL WHERE name = {name: String}`,
    { name: historyName },
  );
  return row ? { revision: Number(row.id), at: new Date(row.made) } : null;
}

/** Says that history is kept from here on. */
export async function writeHistoryMark(
  observations: Observations,
  { revision, at }: HistoryMark,
  version: number,
): Promise<void> {
  await observations.insert(instance, [{ name: historyName, id: String(revision), made: at }], version);
}
