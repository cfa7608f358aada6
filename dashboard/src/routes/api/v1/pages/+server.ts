import { answerList } from '#lib/server/api/answer.ts';
import { tableColumns } from '#lib/server/api/columns.ts';
import { listPages } from '#lib/server/questions.ts';
import { useServices } from '#lib/server/services.ts';

export const GET = answerList({
  name: 'pages',
  columns: tableColumns.pages,
  ask: (parameters) => listPages(useServices().analytics, parameters),
});
