import { fail, type RequestEvent } from '@sveltejs/kit';
import type { GrowthTarget } from '../../../../analytics/overview/growth-target.ts';
import { readForm } from './form.ts';
import {
  parseGrowthTarget,
  replaceGrowthTarget,
  TargetChanged,
  targetOf,
  type TargetProblem,
} from './growth-target.ts';
import { today } from './periods.ts';
import { useServices } from './services.ts';

/** What the overview says after a form was sent. */
export interface TargetAnswer {
  done?: 'saved' | 'cleared' | 'undone';
  /** What stood there before, for the form that puts it back. */
  before?: GrowthTarget | null;
  /** What stands there now: whoever puts the other back means this one. */
  after?: GrowthTarget | null;
  /** Nobody may change anything while everybody may read. */
  refused?: true;
  /** What was to be put back could not be understood; nothing was changed. */
  unclear?: true;
  /** Somebody changed the target while the form was open; nothing was changed. */
  changed?: true;
  problems?: TargetProblem[];
  /** What was sent and could not be understood, to be mended. */
  sent?: { subscribers: string; by: string };
}

const textOf = (fields: FormData, name: string): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
};

const sentOf = (fields: FormData) => ({
  subscribers: textOf(fields, 'subscribers'),
  by: textOf(fields, 'by'),
});

const isClosed = (): boolean => useServices().settings.publicDashboard;
const refusal = () => fail(403, { refused: true } satisfies TargetAnswer);

/** Replaces the target that the form was made for, as its field `shown` says. */
async function replace(
  fields: FormData,
  next: (standing: GrowthTarget | null) => GrowthTarget | null,
  done: NonNullable<TargetAnswer['done']>,
) {
  try {
    const shown = parseGrowthTarget(textOf(fields, 'shown'));
    const { operations, analytics } = useServices();
    const by = { who: 'dashboard', now: analytics.clock.now() };
    const replaced = await replaceGrowthTarget(operations, { shown, next }, by);
    return { done, ...replaced } satisfies TargetAnswer;
  } catch (error) {
    if (!(error instanceof TargetChanged)) throw error;
    const kept = done === 'saved' ? { sent: sentOf(fields) } : {};
    return fail(409, { changed: true, ...kept } satisfies TargetAnswer);
  }
}

type Event = Pick<RequestEvent, 'request'>;

/** The forms of the growth target: set, clear, put back what stood there. They work without scripts. */
export const growthTargetActions = {
  target: async ({ request }: Event) => {
    if (isClosed()) return refusal();
    const fields = await readForm(request);
    const sent = sentOf(fields);
    const day = today();
    const { target, problems } = targetOf(sent, { from: day, today: day });
    if (!target) return fail(400, { problems, sent } satisfies TargetAnswer);
    // Another number or day does not begin the line of a running target anew: what was gained since counts.
    const begun = (standing: GrowthTarget | null): GrowthTarget =>
      standing && standing.by >= day ? { ...target, from: standing.from } : target;
    return await replace(fields, begun, 'saved');
  },
  clear: async ({ request }: Event) =>
    isClosed() ? refusal() : await replace(await readForm(request), () => null, 'cleared'),
  undo: async ({ request }: Event) => {
    if (isClosed()) return refusal();
    const fields = await readForm(request);
    const before = parseGrowthTarget(textOf(fields, 'before'));
    return before === undefined
      ? fail(400, { unclear: true } satisfies TargetAnswer)
      : await replace(fields, () => before, 'undone');
  },
};
