import { z } from 'zod';
import { grammaticalCases, type GrammaticalCase } from '#domain/cased-name.ts';
import type { Operations } from '#schema/operations/connect.ts';
import { getSetting } from '#schema/operations/settings.ts';

/** The setting that holds how the federation and its department are named in sentences. */
export const senderNamesKey = 'names.sender';

/** Whose names sentences take. */
export const namedParties = ['federation', 'department'] as const;
export type NamedParty = (typeof namedParties)[number];

/** A name as it was entered: a case that nobody has said is ''. */
const enteredName = z.object(
  Object.fromEntries(grammaticalCases.map((each) => [each, z.string()])) as Record<
    GrammaticalCase,
    z.ZodString
  >,
);

/** The names as they are stored, and as the journal has them; `null` where the program's own holds. */
export const senderNames = z.object({
  federation: enteredName.nullable(),
  department: enteredName.nullable(),
});
export type SenderNames = z.infer<typeof senderNames>;

/** Nothing was set. */
export const noSenderNames: SenderNames = { federation: null, department: null };

/** The names that were set, as they were entered; none where what is stored cannot be understood. */
export async function readSenderNames(operations: Operations): Promise<SenderNames> {
  const names = senderNames.safeParse(await getSetting<unknown>(operations, senderNamesKey));
  return names.success ? names.data : noSenderNames;
}
