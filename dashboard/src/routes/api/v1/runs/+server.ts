import { answerList } from '#lib/server/api/answer.ts';
import { tableColumns } from '#lib/server/api/columns.ts';
import { listRuns } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';

export const GET = answerList({
  name: 'runs',
  columns: tableColumns.runs,
  ask: (parameters) => listRuns(useServices().analytics, parameters),
});
