import type { Operations } from '../../../schema/operations/connect.ts';
import { addUsage, usageOn } from '../../../schema/operations/quotas.ts';
import type { QuotaBook } from './quota.ts';

/** A book in the operations store, so that a restart forgets nothing. Reads each count once. */
export function createQuotaBook(operations: Operations): QuotaBook {
  const counts = new Map<string, number>();
  const key = (...parts: string[]) => parts.join(' ');
  return {
    used: async (fingerprint, method, day) => {
      const name = key(fingerprint, method, day);
      const known = counts.get(name) ?? (await usageOn(operations, fingerprint, method, day));
      counts.set(name, known);
      return known;
    },
    add: async (fingerprint, method, day, calls) => {
      counts.set(key(fingerprint, method, day), await addUsage(operations, fingerprint, method, day, calls));
    },
  };
}
