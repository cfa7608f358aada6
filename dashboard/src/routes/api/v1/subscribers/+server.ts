import { answerList } from '#lib/server/api/answer.ts';
import { tableColumns } from '#lib/server/api/columns.ts';
import { listSubscribers } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';

export const GET = answerList({
  name: 'subscribers',
  columns: tableColumns.subscribers,
  ask: (parameters) => listSubscribers(useServices().analytics, parameters),
});
