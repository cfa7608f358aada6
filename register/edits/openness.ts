import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { dayProblem, isAllowedDay } from '#domain/allowed-days.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { getSetting, setSetting } from '#schema/operations/settings.ts';
import { namings, namingKey, namingSetting, publicSilentKey } from '../openness.ts';
import { defineEdit } from './edit-kind.ts';
import { choiceField, readText, textField } from './fields.ts';
import { problemsOf, refuseOn, type EditProblem } from './problems.ts';

const { codes, problem, refusal } = problemsOf('still_to_come');

const shared = { isSetting: true, touchesMirror: false } as const;
const noMentions = () => ({});

/** What stands under a key, as the journal has it; `null` where nothing does, or nothing that can be understood. */
const read = async <Value>(
  inside: Operations,
  key: string,
  shape: z.ZodType<Value>,
): Promise<Value | null> => {
  const stored = shape.safeParse(await getSetting<unknown>(inside, key));
  return stored.success ? stored.data : null;
};

/** Puts a value under a key in place of another. Throws `EditRefused` when something else stands there by now. */
async function putBack<Value>(
  inside: Operations,
  setting: { key: string; shape: z.ZodType<Value> },
  { before, after }: { before: Value | null; after: Value },
): Promise<void> {
  if (!isDeepStrictEqual(await read(inside, setting.key, setting.shape), after))
    throw refusal('changed_since');
  await setSetting(inside, setting.key, before ?? undefined);
}

/** Sets how organisations see the others of their group: as the federation has decided, by number and day. */
export const setNaming = defineEdit({
  ...shared,
  name: 'naming',
  what: 'naming.set',
  fields: z.object({ naming: choiceField(namings), decision: textField, decided: textField }),
  problems: codes,
  overwrites: () => `setting:${namingKey}`,
  prepare: (input, { today }) => {
    const problems: EditProblem[] = [];
    const decision = readText('decision', input.decision, problems, { wanted: true });
    const decided = input.decided.trim();
    if (decided === '') problems.push(problem('missing', 'decided'));
    else if (dayProblem(decided) === 'day_out_of_range')
      problems.push(problem('day_out_of_range', 'decided', decided));
    else if (!isAllowedDay(decided)) problems.push(problem('not_a_day', 'decided', decided));
    else if (decided > today) problems.push(problem('still_to_come', 'decided', decided));
    refuseOn(problems);
    return { naming: input.naming, decision, decided };
  },
  apply: async (inside, after) => {
    const before = await read(inside, namingKey, namingSetting);
    if (isDeepStrictEqual(before, after)) throw refusal('nothing_changed');
    await setSetting(inside, namingKey, after);
    return { subject: `setting:${namingKey}`, before, after };
  },
  entry: z.object({ before: namingSetting.nullable(), after: namingSetting }),
  mentions: noMentions,
  facts: (entry) => entry,
  revert: async (inside, entry) => {
    await putBack(inside, { key: namingKey, shape: namingSetting }, entry);
  },
});

/** Sets whether everybody sees who is not updated, where the dashboard is public. */
export const setPublicSilent = defineEdit({
  ...shared,
  name: 'public_silent',
  what: 'public_silent.set',
  fields: z.object({ shown: choiceField(['yes', 'no']) }),
  problems: [],
  overwrites: () => `setting:${publicSilentKey}`,
  prepare: ({ shown }) => shown === 'yes',
  apply: async (inside, after) => {
    const before = await read(inside, publicSilentKey, z.boolean());
    if (before === after) throw refusal('nothing_changed');
    await setSetting(inside, publicSilentKey, after);
    return { subject: `setting:${publicSilentKey}`, before, after };
  },
  entry: z.object({ before: z.boolean().nullable(), after: z.boolean() }),
  mentions: noMentions,
  facts: (entry) => entry,
  revert: async (inside, entry) => {
    await putBack(inside, { key: publicSilentKey, shape: z.boolean() }, entry);
  },
});
