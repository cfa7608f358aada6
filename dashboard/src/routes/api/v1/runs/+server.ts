import { answerList } from '#lib/server/api/answer.ts';
import { listRuns } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';

export const GET = answerList({
  name: 'runs',
  columns: [
    'slot',
    'started',
    'finished',
    'pages',
    'outcomes.ok',
    'outcomes.empty',
    'outcomes.closed',
    'outcomes.gone',
    'outcomes.rate_limited',
    'outcomes.error',
    'outcomes.missed',
    'outcomes.suspect',
  ],
  ask: (parameters) => listRuns(useServices().analytics, parameters),
});
