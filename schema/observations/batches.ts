// 5-20 thousand rows a batch were fastest; the characters bound what one batch takes of the memory.
const mostRows = 10_000;
const mostCharacters = 4 * 1024 * 1024;

/** Lines joined into batches of at most 10,000 lines and 4 Mi characters; a longer line is a batch of its own. */
export function* batches(
  lines: readonly string[],
  most: { rows: number; characters: number } = { rows: mostRows, characters: mostCharacters },
): Generator<string> {
  let batch: string[] = [];
  let characters = 0;
  for (const line of lines) {
    if (batch.length > 0 && (batch.length === most.rows || characters + line.length > most.characters)) {
      yield batch.join('\n');
      batch = [];
      characters = 0;
    }
    batch.push(line);
    characters += line.length;
  }
  if (batch.length > 0) yield batch.join('\n');
}
