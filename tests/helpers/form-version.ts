import { load } from 'cheerio';
import type { EditName } from '#register/edits/registry.ts';
import { growthTargetKey } from '#register/growth-target.ts';
import { namingKey, publicSilentKey } from '#register/openness.ts';
import { senderNamesKey } from '#register/sender-names.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { readVersion, type Subject } from '#schema/operations/row-versions.ts';
import type { Visitor } from './signed-in.ts';

type Fields = Record<string, string | string[]>;

const subjects: Partial<Record<EditName | 'undo', (fields: Fields) => string>> = {
  contacts: ({ person }) => `person:${String(person)}`,
  ...Object.fromEntries(
    ['appoint', 'pause', 'resume'].map((name) => [
      name,
      ({ organisation }: Fields) => `organisation:${String(organisation)}`,
    ]),
  ),
  ...Object.fromEntries(
    ['replace', 'close'].map((name) => [name, ({ page }: Fields) => `page:${String(page)}`]),
  ),
  target: () => `setting:${growthTargetKey}`,
  clear: () => `setting:${growthTargetKey}`,
  naming: () => `setting:${namingKey}`,
  public_silent: () => `setting:${publicSilentKey}`,
  names: () => `setting:${senderNamesKey}`,
};

/** What a form overwrites, as entries of the journal name it; `undefined` when it only adds something. */
export const overwrittenBy = (action: EditName | 'undo', fields: Fields): string | undefined =>
  subjects[action]?.(fields);

/**
 * The fields of a form as a page that was opened just now sends them: with the version of what it overwrites, unless they say
 * one.
 */
export async function asOpenedNow(
  operations: Operations,
  action: EditName | 'undo',
  fields: Fields,
): Promise<Fields> {
  const subject = overwrittenBy(action, fields);
  if (subject === undefined || 'version' in fields) return fields;
  const version = await readVersion(operations, subject as Subject);
  return { ...fields, version: String(version ?? '') };
}

/** The version that a page's form of that action sends. */
export async function versionAt(
  visitor: Pick<Visitor, 'get'>,
  path: string,
  action: string,
): Promise<string> {
  const page = load(await (await visitor.get(path)).text());
  const form = page(`form[action*="?/${action}"], form:has([formaction*="?/${action}"])`);
  return form.find('[name=version]').first().attr('value') ?? '';
}
