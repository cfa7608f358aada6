import { fail, type RequestEvent } from '@sveltejs/kit';
import type { GrowthTarget } from '../../../../analytics/growth-target.ts';
import { readForm } from './form.ts';
import {
  parseGrowthTarget,
  readGrowthTarget,
  targetOf,
  writeGrowthTarget,
  type TargetProblem,
} from './growth-target.ts';
import { today } from './periods.ts';
import { useServices } from './services.ts';

/** What the overview says after a form was sent. */
export interface TargetAnswer {
  done?: 'saved' | 'cleared' | 'undone';
  /** What stood there before, for the form that puts it back. */
  before?: GrowthTarget | null;
  /** Nobody may change anything while everybody may read. */
  refused?: true;
  /** What was to be put back could not be understood; nothing was changed. */
  unclear?: true;
  problems?: TargetProblem[];
  /** What was sent and could not be understood, to be mended. */
  sent?: { subscribers: string; by: string };
}

const textOf = (fields: FormData, name: string): string => {
  const value = fields.get(name);
  return typeof value === 'string' ? value : '';
};

const isClosed = (): boolean => useServices().settings.publicDashboard;
const refusal = () => fail(403, { refused: true } satisfies TargetAnswer);

async function replace(
  target: GrowthTarget | null,
  done: NonNullable<TargetAnswer['done']>,
): Promise<TargetAnswer> {
  const { operations, analytics } = useServices();
  const before = await readGrowthTarget(operations);
  await writeGrowthTarget(operations, target, { who: 'dashboard', now: analytics.clock.now() });
  return { done, before };
}

type Event = Pick<RequestEvent, 'request'>;

/** The forms of the growth target: set, clear, put back what stood there. They work without scripts. */
export const growthTargetActions = {
  target: async ({ request }: Event) => {
    if (isClosed()) return refusal();
    const fields = await readForm(request);
    const sent = { subscribers: textOf(fields, 'subscribers'), by: textOf(fields, 'by') };
    const day = today();
    const standing = await readGrowthTarget(useServices().operations);
    // Another number or day does not begin the line of a running target anew: what was gained since counts.
    const from = standing && standing.by >= day ? standing.from : day;
    const { target, problems } = targetOf(sent, { from, today: day });
    return target ? await replace(target, 'saved') : fail(400, { problems, sent } satisfies TargetAnswer);
  },
  clear: async () => (isClosed() ? refusal() : await replace(null, 'cleared')),
  undo: async ({ request }: Event) => {
    if (isClosed()) return refusal();
    const before = parseGrowthTarget(textOf(await readForm(request), 'before'));
    return before === undefined
      ? fail(400, { unclear: true } satisfies TargetAnswer)
      : await replace(before, 'undone');
  },
};
