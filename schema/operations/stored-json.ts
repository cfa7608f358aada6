/** What a column of JSON holds; `undefined` when it is damaged, so that one value never stops what reads it. */
export function readStoredJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
