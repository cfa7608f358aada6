import { fail, redirect, type ActionFailure, type RequestEvent } from '@sveltejs/kit';
import type { Actor } from '#register/edits/actor.ts';
import { EditRefused, type EditProblem } from '#register/edits/problems.ts';
import { editKind, type EditName, type EditProblemCode } from '#register/edits/registry.ts';
import { editNameOf, revertEdit } from '#register/edits/revert-edit.ts';
import { id } from '../search-parameters.ts';
import { readForm, textsOf } from './form.ts';
import { anyEdit, editPermission, type Permission } from '#accounts/permissions.ts';
import { today } from './periods.ts';
import { actorOf, type Reader } from './reader.ts';
import { useServices } from './services.ts';

/** Why a form did nothing: its reader may not do that, or the edit was refused, with what had been entered. */
export type Refusal =
  | { isForbidden: true }
  | {
      isForbidden: false;
      problems: readonly EditProblem<EditProblemCode>[];
      values: Record<string, string[]>;
    };

/** What a form was sent for, and the entry of the journal that tells what came of it. */
export interface EditMade {
  done?: number;
  undone?: number;
}

type Sent = Record<string, string[]>;

const mayEditAnything = (reader: Reader): boolean => anyEdit.some((each) => reader.may(each));

/** What is done: the entry it left in the journal, and whether the statistics have to be told; `null` when it may not be. */
type Deed = (
  reader: Reader,
  sent: Sent,
  actorFor: (permission: Permission) => Actor,
) => Promise<(EditMade & { touchesMirror: boolean }) | null>;

/**
 * Does what a form was sent for and leads on, where what was done is told; again, beside the form, what is wrong with it.
 * What somebody else has edited meanwhile is a conflict (409): nothing is overwritten.
 */
async function act(
  event: RequestEvent,
  deed: Deed,
  leadTo: (url: URL, made: EditMade) => string,
): Promise<ActionFailure<Refusal>> {
  const { request, url, locals } = event;
  const { reader } = locals;
  if (!mayEditAnything(reader)) return fail(403, { isForbidden: true });
  const { analytics, registerChanged, log } = useServices();
  const sent = textsOf(await readForm(request));
  const address = event.getClientAddress();
  const when = { now: analytics.clock.now(), today: today(), address };
  let made: Awaited<ReturnType<Deed>>;
  try {
    made = await deed(reader, sent, (permission) => actorOf(reader, permission, when));
  } catch (error) {
    if (!(error instanceof EditRefused)) throw error;
    // The kinds of the registry throw no other codes.
    const problems = error.problems as readonly EditProblem<EditProblemCode>[];
    const isConflict = problems.some(({ code }) => code === 'edited_meanwhile');
    return fail(isConflict ? 409 : 400, { isForbidden: false, problems, values: sent });
  }
  if (!made) return fail(403, { isForbidden: true });
  const { touchesMirror, ...entry } = made;
  if (touchesMirror) {
    await registerChanged().catch((error: unknown) => {
      // It is in the register, and is brought over with the next edit.
      log.error(
        { err: error, ...entry },
        'An edit of the register could not be brought over to the statistics',
      );
    });
  }
  redirect(303, leadTo(url, entry));
}

/**
 * What was sent, with a version that nothing has where a form that overwrites something says none: such a form was not opened
 * by a page of ours, and is taken for one that was opened before the last edit.
 */
const withVersion = ({ isOverwriting }: { isOverwriting: boolean }, sent: Sent): Sent =>
  isOverwriting && (sent['version'] ?? []).length === 0 ? { ...sent, version: [''] } : sent;

/** Makes an edit of that kind of what a form has sent. */
const makes =
  (name: EditName): Deed =>
  async (reader, sent, actorFor) => {
    const permission = editPermission(name);
    if (!reader.may(permission)) return null;
    const kind = editKind(name);
    const done = await kind.make(useServices().operations, withVersion(kind, sent), actorFor(permission));
    return { done, touchesMirror: kind.touchesMirror };
  };

/** Undoes the edit whose entry a form names. */
const reverts: Deed = async (reader, sent, actorFor) => {
  const { operations } = useServices();
  const undone = id.read(sent['entry']?.[0] ?? null) ?? 0;
  const name = await editNameOf(operations, undone);
  // Of what is no edit nobody is told more than who may edit.
  const permission = name ? editPermission(name) : 'register.edit';
  if (!reader.may(permission)) return null;
  const { touchesMirror } = await revertEdit(operations, undone, actorFor(permission));
  return { undone, touchesMirror };
};

type Action = (event: RequestEvent) => Promise<ActionFailure<Refusal>>;

/**
 * The form actions of a screen: these kinds of edits by their names, and `undo`. `leadTo` says where one goes from the
 * address that a form was sent to.
 */
export function editActions<Name extends EditName>(
  names: readonly Name[],
  leadTo: (url: URL, made: EditMade) => string,
): Record<Name | 'undo', Action> {
  const action =
    (deed: Deed): Action =>
    (event) =>
      act(event, deed, leadTo);
  const made = Object.fromEntries(names.map((name) => [name, action(makes(name))]));
  return { ...(made as Record<Name, Action>), undo: action(reverts) };
}
