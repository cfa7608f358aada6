import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Names of the secrets of which a text holds a trace: as it is, as an address or JSON writes it, or in base64. */
export function secretTraces(
  secrets: ReadonlyMap<string, string>,
  text: string,
  but: readonly string[] = [],
): string[] {
  return [...secrets]
    .filter(([name]) => !but.includes(name))
    .filter(([, secret]) =>
      [
        secret,
        encodeURIComponent(secret),
        new URLSearchParams({ x: secret }).toString().slice(2),
        Buffer.from(secret).toString('base64url').slice(0, -2),
      ].some((form) => text.includes(form)),
    )
    .map(([name]) => name);
}

/** The files of a folder in which there are traces of secrets, and of which; those in `but` hold what they are for. */
export function tracesInFiles(
  secrets: ReadonlyMap<string, string>,
  directory: string,
  but: readonly string[] = [],
): { files: string[]; found: [file: string, names: string[]][] } {
  const files = readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    statSync(join(directory, name)).isFile(),
  );
  const tracesIn = (name: string): string[] => {
    const file = readFileSync(join(directory, name));
    return ['latin1', 'utf8'].flatMap((encoding) =>
      secretTraces(secrets, file.toString(encoding as BufferEncoding)),
    );
  };
  const found = files
    .filter((name) => !but.includes(name))
    .map((name): [string, string[]] => [name, tracesIn(name)])
    .filter(([, names]) => names.length > 0);
  return { files, found };
}
