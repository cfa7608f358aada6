import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { grammaticalCases, type CasedName, type GrammaticalCase } from '#domain/cased-name.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { setSetting } from '#schema/operations/settings.ts';
import {
  namedParties,
  noSenderNames,
  readSenderNames,
  senderNames,
  senderNamesKey,
  type NamedParty,
  type SenderNames,
} from '../sender-names.ts';
import { defineEdit } from './edit-kind.ts';
import { readText, textField } from './fields.ts';
import { problemsOf, refuseOn, type EditProblem } from './problems.ts';

const { problem, refusal } = problemsOf();
const subject = `setting:${senderNamesKey}` as const;

/** The field of a form that holds one case of a name. */
type NameField = `${NamedParty}_${GrammaticalCase}`;
const fieldOf = (party: NamedParty, each: GrammaticalCase): NameField => `${party}_${each}`;

const fields = Object.fromEntries(
  namedParties.flatMap((party) => grammaticalCases.map((each) => [fieldOf(party, each), textField])),
) as Record<NameField, typeof textField>;

/** A name from its fields; `null` when all of them are empty. Cases are forms of the nominative, which has to be there. */
function readName(
  party: NamedParty,
  input: Record<NameField, string>,
  problems: EditProblem[],
): CasedName | null {
  const forms = grammaticalCases.map((each) => {
    const field = fieldOf(party, each);
    return [each, readText(field, input[field], problems)] as const;
  });
  const name = Object.fromEntries(forms) as CasedName;
  if (forms.every(([, form]) => form === '')) return null;
  if (name.nominative === '') problems.push(problem('missing', fieldOf(party, 'nominative')));
  return name;
}

/** Sets how sentences name the federation and its department; a name whose fields are all empty is the program's own again. */
export const setSenderNames = defineEdit({
  name: 'names',
  what: 'sender_names.set',
  isSetting: true,
  touchesMirror: false,
  fields: z.object(fields),
  problems: [],
  overwrites: () => subject,
  prepare: (input): SenderNames => {
    const problems: EditProblem[] = [];
    const [federation, department] = [
      readName('federation', input, problems),
      readName('department', input, problems),
    ];
    refuseOn(problems);
    return { federation, department };
  },
  apply: async (inside, after) => {
    const before = await readSenderNames(inside);
    if (isDeepStrictEqual(before, after)) throw refusal('nothing_changed');
    await write(inside, after);
    return { subject, before, after };
  },
  entry: z.object({ before: senderNames, after: senderNames }),
  mentions: () => ({}),
  facts: ({ after }) => ({
    federation: after.federation?.nominative ?? null,
    department: after.department?.nominative ?? null,
  }),
  revert: async (inside, { before, after }) => {
    if (!isDeepStrictEqual(await readSenderNames(inside), after)) throw refusal('changed_since');
    await write(inside, before);
  },
});

async function write(inside: Operations, names: SenderNames): Promise<void> {
  const isNothing = isDeepStrictEqual(names, noSenderNames);
  await setSetting(inside, senderNamesKey, isNothing ? undefined : names);
}
