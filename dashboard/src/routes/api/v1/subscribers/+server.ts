import { answerList } from '#lib/server/api/answer.ts';
import { listSubscribers } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';

export const GET = answerList({
  name: 'subscribers',
  columns: ['network', 'page', 'slot', 'observed', 'count', 'precision'],
  ask: (parameters) => listSubscribers(useServices().analytics, parameters),
});
