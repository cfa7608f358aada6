import type { ActionResult } from '$app/forms';
import type { FormProblem } from '#lib/problem-labels.ts';

/** What the answer to a form that could not be sent is taken for: its page stays, with what was entered and why. */
interface Unsent {
  type: 'failure';
  status: 503;
  // No interface: the kit takes an object that can be asked for any name.
  data: { isForbidden: false; problems: FormProblem[]; values: Record<string, string[]> };
  location: string;
}

/**
 * Takes the answer to a form for a refusal where the stores could not be asked (503), or no server answered; `null` for any other:
 * a fault of the server is a page of its own.
 */
export function unsentResult(result: ActionResult, sent: FormData): Unsent | null {
  if (result.type !== 'error') return null;
  const { status, error, location = '' } = result;
  // Without a status the answer was none of ours: of a network, or of a proxy that has its own.
  if (status === undefined ? error.status < 500 : status !== 503) return null;
  const values: Record<string, string[]> = {};
  for (const [name, value] of sent)
    if (typeof value === 'string') values[name] = [...(values[name] ?? []), value];
  const problem: FormProblem = {
    field: null,
    code: status === undefined ? 'no_answer' : 'not_sent',
    found: status === undefined ? '' : error.message,
    detail: '',
  };
  return {
    type: 'failure',
    status: 503,
    data: { isForbidden: false, problems: [problem], values },
    location,
  };
}
