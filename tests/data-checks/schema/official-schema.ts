import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv } from 'ajv';

type Json = Record<string, unknown>;

/** The errors of an answer against a definition of one of the schema's files. */
export type SchemaCheck = (file: string, definition: string, answer: unknown) => string[];

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An address for a file of the schema, `/wall/objects.json`. */
const addressOf = (file: string): string => `https://schema.example/${file}`;

/**
 * A part of VK's schema in the form of draft-07: `required: true` inside properties becomes a list of names,
 * references become absolute, and `additionalProperties: false`, which VK writes inside `allOf` and breaks itself,
 * goes. References to files that are not there accept anything, and so do formats nobody defines.
 */
function converted(value: unknown, known: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => converted(item, known));
  }
  if (!isObject(value)) {
    return value;
  }
  if (typeof value.$ref === 'string') {
    const [file = '', pointer = ''] = value.$ref.replace(/^\.\.\//, '').split('#');
    return known.has(`${file}#${pointer}`) ? { $ref: `${addressOf(file)}#${pointer}` } : {};
  }
  const entries = Object.entries(value).filter(
    ([name, part]) =>
      !['format', 'entity', 'enumNames'].includes(name) &&
      !(name === 'required' && typeof part === 'boolean') &&
      !(name === 'additionalProperties' && part === false),
  );
  const result: Json = Object.fromEntries(
    entries.map(([name, part]) => [
      name,
      name === 'properties' && isObject(part)
        ? Object.fromEntries(Object.entries(part).map(([key, schema]) => [key, converted(schema, known)]))
        : converted(part, known),
    ]),
  );
  const required = isObject(value.properties)
    ? Object.entries(value.properties).filter(([, schema]) => isObject(schema) && schema.required === true)
    : [];
  return required.length === 0 ? result : { ...result, required: required.map(([name]) => name) };
}

/** Reads VK's schema from its folder. The check throws for a definition that is not there. */
export async function schemaChecker(folder: string): Promise<SchemaCheck> {
  const names = (await readdir(folder, { recursive: true })).filter((name) =>
    /(?:objects|responses)\.json$/.test(name),
  );
  const files = new Map<string, Json>();
  for (const name of names) {
    files.set(name, JSON.parse(await readFile(path.join(folder, name), 'utf8')) as Json);
  }
  const known = new Set(
    [...files].flatMap(([name, content]) =>
      Object.keys(content.definitions as Json).map((definition) => `${name}#/definitions/${definition}`),
    ),
  );
  const ajv = new Ajv({ strict: false, allErrors: true });
  for (const [name, content] of files) {
    const definitions = Object.entries(content.definitions as Json).map(([definition, schema]) => [
      definition,
      converted(schema, known),
    ]);
    ajv.addSchema({ $id: addressOf(name), definitions: Object.fromEntries(definitions) as Json });
  }
  return (file, definition, answer) => {
    const validate = ajv.getSchema(`${addressOf(file)}#/definitions/${definition}`);
    if (validate === undefined) {
      throw new Error(`There is no ${definition} in ${file} of the schema in ${folder}.`);
    }
    if (validate(answer) === true) {
      return [];
    }
    return (validate.errors ?? []).map(
      (error) => `${error.instancePath || '/'} ${error.message ?? 'is wrong'}`,
    );
  };
}

/** Paths of keys that a real answer has and a simulated one lacks; of lists, the first items are compared. */
export function missingKeys(real: unknown, ours: unknown, except: readonly string[], at = ''): string[] {
  if (Array.isArray(real) && Array.isArray(ours)) {
    return real.length > 0 && ours.length > 0 ? missingKeys(real[0], ours[0], except, `${at}[0]`) : [];
  }
  if (!isObject(real)) {
    return [];
  }
  if (!isObject(ours)) {
    return [`${at || '/'} is missing`];
  }
  return Object.keys(real)
    .filter((name) => !except.includes(name))
    .flatMap((name) =>
      name in ours
        ? missingKeys(real[name], ours[name], except, `${at}.${name}`)
        : [`${at}.${name} is missing`],
    );
}
