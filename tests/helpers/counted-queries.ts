import type { KyselyPlugin } from 'kysely';
import type { Operations } from '#schema/operations/connect.ts';

/** A store of operations whose queries are counted, those of transactions too (their begin and end are not). */
export interface CountedQueries {
  operations: Operations;
  /** How many queries there were since the last time it was asked. */
  taken(): number;
}

/** The same store, with a count of what it is asked. */
export function countQueries(operations: Operations): CountedQueries {
  let count = 0;
  const plugin: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    // By answers: the parts of a question that are questions of their own are transformed one by one.
    transformResult: ({ result }) => {
      count += 1;
      return Promise.resolve(result);
    },
  };
  const counted = (store: Operations): Operations => ({
    ...store,
    get db() {
      return store.db.withPlugin(plugin);
    },
    transaction: (work) => store.transaction((inside) => work(counted(inside))),
  });
  return {
    operations: counted(operations),
    taken: () => {
      const taken = count;
      count = 0;
      return taken;
    },
  };
}
