/** Where the day's use of a key's methods is kept. Keys (tokens, accounts) appear as fingerprints only. */
export interface QuotaStore {
  used(fingerprint: string, method: string, day: string): Promise<number>;
  add(fingerprint: string, method: string, day: string, calls: number): Promise<void>;
}

/** A book for one process's life, for tests and for looks that are not recorded. */
export function createMemoryQuotaStore(): QuotaStore {
  const calls = new Map<string, number>();
  const key = (...parts: string[]) => parts.join(' ');
  return {
    used: async (fingerprint, method, day) => calls.get(key(fingerprint, method, day)) ?? 0,
    add: async (fingerprint, method, day, count) => {
      const name = key(fingerprint, method, day);
      calls.set(name, (calls.get(name) ?? 0) + count);
    },
  };
}
