import { answerList } from '#lib/server/api/answer.ts';
import { listPages } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';

export const GET = answerList({
  name: 'pages',
  columns: [
    'network',
    'url',
    'nativeId',
    'name',
    'title',
    'state',
    'status',
    'statusReason',
    'foundAs',
    'organisation.id',
    'organisation.name',
    'lastOutcome',
    'lastSuccess',
    'subscribers',
    'precision',
    'historyReached',
  ],
  ask: (parameters) => listPages(useServices().analytics, parameters),
});
